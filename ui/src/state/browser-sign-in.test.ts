import { describe, expect, it, vi } from 'vitest';
import type { AccountView } from '../generated/contract';
import type { Host } from '../host/host';
import { Ask } from './ask.svelte';
import { SignIn } from './sign-in.svelte';
import { form } from './sign-in-testing';
import { account, failure, hostOf } from './testing';

describe('in the browser', () => {
  function inBrowser(over: Partial<Host> = {}) {
    let answer!: (account: AccountView) => void;
    let refuse!: (code: 'stopped' | 'port-taken' | 'forbidden') => void;
    const connect = vi.fn<Host['connect']>(
      () =>
        new Promise((done, failed) => {
          answer = done;
          refuse = (code) => failed(failure(code));
        }),
    );
    const made = form(connect, over);
    made.signIn.choose('browser');
    return {
      ...made,
      connect,
      answer: () => answer(account()),
      refuse: (code: 'stopped' | 'port-taken' | 'forbidden') => refuse(code),
    };
  }

  it('is how a new account signs in unless another way is chosen', () => {
    const signIn = new SignIn(hostOf({}), new Ask(), vi.fn());
    expect(signIn.method).toBe('browser');
  });

  it('waits for the browser, five minutes at most, and then is done', async () => {
    const { signIn, connect, connected, answer } = inBrowser();
    const sent = signIn.connect();
    expect(connect.mock.calls[0]?.[0]).toMatchObject({
      method: 'browser',
      clientId: 'desk',
      clientSecret: 'secret',
      callbackPort: 38417,
    });
    const left = (signIn.wait.ends ?? 0) - Date.now();
    expect(left).toBeGreaterThan(299_000);
    expect(left).toBeLessThanOrEqual(300_000);
    answer();
    await sent;
    expect(signIn.wait.ends).toBeNull();
    expect(connected).toHaveBeenCalledTimes(1);
  });

  it('that was stopped shows the form again, without an error', async () => {
    const cancelSignIn = vi.fn(async () => undefined);
    const { signIn, refuse } = inBrowser({ cancelSignIn });
    const sent = signIn.connect();
    await signIn.cancel();
    expect(cancelSignIn).toHaveBeenCalledTimes(1);
    refuse('stopped');
    await sent;
    expect(signIn.error).toBeNull();
    expect(signIn.wait.ends).toBeNull();
    expect(signIn.busy).toBe(false);
    expect(signIn.spent).toBe(true);
  });

  it('is stopped when the form is left', async () => {
    const cancelSignIn = vi.fn(async () => undefined);
    const { signIn } = inBrowser({ cancelSignIn });
    signIn.left();
    expect(cancelSignIn).not.toHaveBeenCalled();
    signIn.clientSecret = 'secret';
    void signIn.connect();
    signIn.left();
    expect(cancelSignIn).toHaveBeenCalledTimes(1);
  });

  it('that ended badly after its form was left is not told in the next form', async () => {
    const { signIn, refuse } = inBrowser();
    const sent = signIn.connect();
    signIn.blank();
    refuse('forbidden');
    await sent;
    expect(signIn.error).toBeNull();
    expect(signIn.spent).toBe(false);
    expect(signIn.busy).toBe(false);
  });

  it('says what went wrong otherwise, such as a taken port', async () => {
    const { signIn, refuse } = inBrowser();
    const sent = signIn.connect();
    refuse('port-taken');
    await sent;
    expect(signIn.error?.code).toBe('port-taken');
    expect(signIn.wait.ends).toBeNull();
  });

  it('can open its page again and copy its address meanwhile, and only then', async () => {
    const openSignInAgain = vi.fn(async () => undefined);
    const copySignInAddress = vi.fn(() => Promise.reject(failure('internal')));
    const { signIn } = inBrowser({ openSignInAgain, copySignInAddress });
    await signIn.wait.openAgain();
    expect(openSignInAgain).not.toHaveBeenCalled();
    void signIn.connect();
    await signIn.wait.openAgain();
    expect(signIn.wait.said).toMatch(/opened again/);
    await signIn.wait.copyAddress();
    expect(signIn.wait.error?.code).toBe('internal');
    expect(signIn.wait.ends).not.toBeNull();
  });

  it('goes on waiting where no browser could be opened, and says so until one is', async () => {
    const openSignInAgain = vi.fn(async () => undefined);
    const { signIn } = inBrowser({ openSignInAgain });
    signIn.wait.notOpened('too early');
    expect(signIn.wait.error).toBeNull();
    void signIn.connect();
    signIn.wait.notOpened('No web browser could be opened.');
    expect(signIn.wait.ends).not.toBeNull();
    expect(signIn.wait.opened).toBe(false);
    expect(signIn.wait.error?.message).toMatch(/No web browser/);
    await signIn.wait.openAgain();
    expect(signIn.wait.opened).toBe(true);
    expect(signIn.wait.error).toBeNull();
  });

  it('shows the callback URL of the port as typed, and takes no impossible port', async () => {
    const { signIn, connect } = inBrowser();
    expect(signIn.callbackUrl).toBe('http://127.0.0.1:38417/callback');
    signIn.port = ' 40000 ';
    expect(signIn.callbackUrl).toBe('http://127.0.0.1:40000/callback');
    for (const port of ['80', '70000', '40000.5', '4e4', '', 'x']) {
      signIn.port = port;
      signIn.clientSecret = 'secret';
      await signIn.connect();
      expect(signIn.portProblem, port).toBe('Type a port from 1024 to 65535, such as 38417.');
      expect(signIn.error, 'it is said once, beside its field').toBeNull();
    }
    expect(connect).not.toHaveBeenCalled();
  });

  it('alone cares for the port', async () => {
    const connect = vi.fn<Host['connect']>(async () => account());
    const { signIn } = form(connect);
    signIn.port = 'x';
    await signIn.connect();
    expect(connect.mock.calls[0]?.[0].callbackPort).toBeNull();
  });
});
