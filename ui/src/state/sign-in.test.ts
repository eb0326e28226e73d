import { describe, expect, it, vi } from 'vitest';
import type { Host } from '../host/host';
import { Ask } from './ask.svelte';
import { SignIn } from './sign-in.svelte';
import { account, failure, hostOf, settle } from './testing';

function form(connect: Host['connect']) {
  const ask = new Ask();
  const connected = vi.fn();
  const signIn = new SignIn(hostOf({ connect }), ask, connected);
  signIn.environment = ' app ';
  signIn.clientId = 'desk';
  signIn.clientSecret = 'secret';
  return { ask, connected, signIn };
}

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
      environment: 'app',
      method: 'token',
      clientId: null,
      clientSecret: null,
      accessToken: 'token',
      confirmedOrigin: null,
    });
    expect(signIn.clientSecret).toBe('');
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
