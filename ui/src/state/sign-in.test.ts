import { describe, expect, it, vi } from 'vitest';
import type { AccountView } from '../generated/contract';
import type { Host } from '../host/host';
import { Ask } from './ask.svelte';
import { SignIn } from './sign-in.svelte';
import { form } from './sign-in-testing';
import { account, failure, hostOf, NO_POLICY, opened, settle } from './testing';

describe('rule 19: a secret leaves its field and is gone', () => {
  it('is cleared as soon as it is sent, before any answer', () => {
    const connect = vi.fn(() => new Promise<never>(() => undefined));
    const { signIn } = form(connect);
    void signIn.connect();
    expect(connect).toHaveBeenCalledTimes(1);
    expect(signIn.clientSecret).toBe('');
    expect(signIn.accessToken).toBe('');
  });

  it('is cleared also when it was refused; environment and client id stay', async () => {
    const { signIn } = form(() => Promise.reject(failure('signed-out')));
    await signIn.connect();
    expect(signIn.clientSecret).toBe('');
    expect(signIn.clientId).toBe('desk');
    expect(signIn.environment).toBe(' app ');
    expect(signIn.error?.code).toBe('signed-out');
  });

  it('sends the secret of the chosen way alone', async () => {
    const connect = vi.fn<Host['connect']>(async () => account());
    const { signIn } = form(connect);
    signIn.accessToken = 'token';
    signIn.choose('token');
    await signIn.connect();
    expect(connect.mock.calls[0]?.[0]).toEqual({
      accountId: null,
      environment: 'app',
      method: 'token',
      clientId: null,
      clientSecret: null,
      callbackPort: null,
      accessToken: 'token',
      confirmedOrigin: null,
    });
    expect(signIn.clientSecret).toBe('');
  });

  it('is asked for again, in words, where it did not sign in', async () => {
    const { signIn } = form(() => Promise.reject(failure('offline')));
    expect(signIn.spent).toBe(false);
    await signIn.connect();
    expect(signIn.spent).toBe(true);
    signIn.blank();
    expect(signIn.spent).toBe(false);
  });

  it('does not outlive the form', () => {
    const { signIn } = form(async () => account());
    signIn.left();
    expect(signIn.clientSecret).toBe('');
  });
});

it.each(['browser', 'client', 'token'] as const)(
  'by %s can be stopped while it goes on',
  async (method) => {
    let refuse!: () => void;
    const connect = vi.fn<Host['connect']>(
      () => new Promise((_, failed) => (refuse = () => failed(failure('stopped')))),
    );
    const cancelSignIn = vi.fn(async () => refuse());
    const { signIn } = form(connect, { cancelSignIn });
    signIn.choose(method);
    signIn.accessToken = 'token';
    await signIn.cancel();
    expect(cancelSignIn).not.toHaveBeenCalled();
    const sent = signIn.connect();
    await signIn.cancel();
    await sent;
    expect(cancelSignIn).toHaveBeenCalledTimes(1);
    expect([signIn.busy, signIn.error, signIn.spent]).toEqual([false, null, true]);
  },
);

describe('signing in again', () => {
  const known = account({ method: 'browser', identity: 'desk', callbackPort: 40001 });

  function again(over: Partial<AccountView> = {}) {
    const connect = vi.fn<Host['connect']>(async () => account());
    const made = form(connect);
    made.signIn.prefill({ ...known, ...over });
    const sent = async () => {
      made.signIn.clientSecret = 'secret';
      made.signIn.accessToken = 'token';
      await made.signIn.connect();
      return connect.mock.calls.at(-1)?.[0];
    };
    return { ...made, sent };
  }

  it('names the account, with its environment, way, client id and port', async () => {
    const { signIn, sent } = again();
    expect(signIn.callbackUrl).toBe('http://127.0.0.1:40001/callback');
    expect(await sent()).toMatchObject({
      accountId: 'a',
      environment: 'https://app.solvexia.com',
      method: 'browser',
      clientId: 'desk',
      callbackPort: 40001,
    });
  });

  it('is the same account however its environment is written', async () => {
    const { signIn, sent } = again();
    for (const text of ['app', ' APP ', 'app.solvexia.com', 'https://app.solvexia.com/home']) {
      signIn.environment = text;
      expect((await sent())?.accountId, text).toBe('a');
    }
  });

  it('is the same account by another way into it, and keeps its list', async () => {
    const { signIn, sent } = again();
    signIn.choose('client');
    expect((await sent())?.accountId).toBe('a');
    signIn.choose('token');
    expect((await sent())?.accountId).toBe('a');
  });

  it('with another environment or client id is a new account', async () => {
    const { signIn, sent } = again();
    signIn.clientId = 'other';
    expect(signIn.becomesNew).toBe(true);
    expect((await sent())?.accountId).toBeNull();
    signIn.clientId = 'desk';
    expect(signIn.becomesNew).toBe(false);
    signIn.environment = 'sandbox';
    expect((await sent())?.accountId).toBeNull();
  });

  it('of an account that had a pasted token takes a client id as its first', async () => {
    const { signIn, sent } = again({ method: 'token', identity: 'access token' });
    expect(signIn.clientId).toBe('');
    signIn.choose('client');
    signIn.clientId = 'desk';
    expect((await sent())?.accountId).toBe('a');
  });

  it('does not linger in a form for a new account', async () => {
    const { signIn, sent } = again();
    signIn.blank();
    signIn.environment = 'app';
    signIn.clientId = 'desk';
    expect((await sent())?.accountId).toBeNull();
    expect(signIn.port).toBe('38417');
  });
});

describe('an address that is not SolveXia’s (rule 20)', () => {
  const strange = () =>
    vi
      .fn<Host['connect']>()
      .mockRejectedValueOnce(failure('confirm-origin', 'https://x.example is not SolveXia’s.'))
      .mockResolvedValue(account());

  it('is asked about by name before anything goes there', async () => {
    const connect = strange();
    const { ask, signIn, connected } = form(connect);
    signIn.environment = 'https://x.example';
    await signIn.connect();
    expect(ask.question?.facts[0]?.value).toBe('https://x.example');
    expect(connect).toHaveBeenCalledTimes(1);
    void ask.confirm();
    await settle();
    expect(connect.mock.calls[1]?.[0]).toMatchObject({
      clientSecret: 'secret',
      confirmedOrigin: 'https://x.example',
    });
    expect(connected).toHaveBeenCalledTimes(1);
  });

  it('gets nothing when that is dismissed', async () => {
    const connect = strange();
    const { ask, signIn } = form(connect);
    await signIn.connect();
    ask.dismiss();
    await settle();
    expect(connect).toHaveBeenCalledTimes(1);
    expect(signIn.error?.code).toBe('confirm-origin');
    expect(ask.question).toBeNull();
  });
});

it('says what is missing without asking anybody', async () => {
  const connect = vi.fn<Host['connect']>(async () => account());
  const { signIn } = form(connect);
  signIn.clientSecret = '  ';
  await signIn.connect();
  signIn.environment = '';
  await signIn.connect();
  expect(connect).not.toHaveBeenCalled();
  expect(signIn.error?.code).toBe('bad-id');
});

it('sends once while it is under way', async () => {
  const connect = vi.fn(() => new Promise<never>(() => undefined));
  const { signIn } = form(connect);
  void signIn.connect();
  signIn.clientSecret = 'again';
  void signIn.connect();
  expect(connect).toHaveBeenCalledTimes(1);
});

it('fills in what is known of an account that signs in again, and no secret', () => {
  const { signIn } = form(async () => account());
  signIn.clearSecrets();
  signIn.prefill(account({ origin: 'https://eu.solvexia.com', identity: 'other' }));
  expect(signIn.environment).toBe('https://eu.solvexia.com');
  expect(signIn.clientId).toBe('other');
  expect(signIn.clientSecret).toBe('');
});

describe('what the organisation’s IT has set', () => {
  const set = { ...NO_POLICY, environment: 'https://firm.solvexia.com', noPastedTokens: true };

  it('fills the form in, which is blank all the same, and leaves what was typed', () => {
    const signIn = new SignIn(hostOf({}), new Ask(), vi.fn());
    signIn.setPolicy(set);
    expect(signIn.environment).toBe('https://firm.solvexia.com');
    expect(signIn.isBlank).toBe(true);
    signIn.environment = 'sandbox';
    signIn.setPolicy(set);
    expect(signIn.environment).toBe('sandbox');
    expect(signIn.isBlank).toBe(false);
    signIn.blank();
    expect(signIn.environment).toBe('https://firm.solvexia.com');
  });

  it('lets nobody choose a pasted token, nor an account that had one', () => {
    const signIn = new SignIn(hostOf({}), new Ask(), vi.fn());
    signIn.setPolicy(set);
    signIn.choose('token');
    expect(signIn.method).toBe('browser');
    signIn.prefill(account({ method: 'token', state: 'expired' }));
    expect(signIn.method).toBe('browser');
  });
});

it('the first field that lacks something is named, until the form is sent or left', async () => {
  const { app } = await opened();
  const form = app.signIn;
  app.entrance.addAccount();
  await form.connect();
  expect(form.lacking).toBe('environment');
  form.environment = 'app';
  form.choose('token');
  expect(form.lacking).toBeNull();
  await form.connect();
  expect(form.lacking).toBe('access-token');
  app.entrance.addAccount();
  expect(form.lacking).toBeNull();
});
