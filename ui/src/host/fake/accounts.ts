/** Signing in, out, and what else is done to an account of the fake host. */
import type { AccountView, ConnectRequest } from '../../generated/contract';
import { troubleOf } from '../../state/accounts.svelte';
import type { Host } from '../host';
import { error } from './errors';
import { fill, sampleAccount, USUAL_PORT, wait, type Has } from './scenario';
import type { Playback } from './playback';

type Part = Pick<
  Host,
  | 'connect'
  | 'cancelSignIn'
  | 'openSignInAgain'
  | 'copySignInAddress'
  | 'signOut'
  | 'updateAccount'
  | 'removeAccount'
  | 'retryKeychain'
  | 'openSolvexia'
>;

/** How long the pretended user needs in the pretended browser. */
const IN_THE_BROWSER_MS = 6000;

export function accounts(playback: Playback, has: Has): Part {
  let stop: (() => void) | null = null;

  const browser = (port: number | null) =>
    new Promise<void>((done, failed) => {
      if (has('port-taken') && port === USUAL_PORT) {
        return failed(
          error(
            'port-taken',
            `Another program on this computer uses port ${port}. Choose another port here, and write the new callback URL into SolveXia’s API portal as well.`,
          ),
        );
      }
      stop = () => failed(error('stopped', 'You stopped signing in.'));
      if (has('browser-waits')) return;
      const refused = error(
        'forbidden',
        'You, or SolveXia, refused Runwatch access. Nothing was signed in.',
      );
      setTimeout(() => (has('browser-refused') ? failed(refused) : done()), IN_THE_BROWSER_MS);
    });

  return {
    connect: async (request) => {
      await wait(600);
      refuse(request);
      if (request.method === 'browser') await browser(request.callbackPort);
      const account = signedIn(playback, request);
      const isFirst = playback.accounts.length === 0;
      playback.accountChanged(account);
      if (isFirst) fill(playback, has);
      for (const run of playback.runs) playback.changed(run);
      return account;
    },
    cancelSignIn: async () => stop?.(),
    openSignInAgain: async () => undefined,
    copySignInAddress: async () => {
      await navigator.clipboard.writeText('https://sample.solvexia.com/oauth/authorize');
    },
    signOut: async (accountId) => {
      await wait(120);
      const account = playback.account(accountId);
      playback.accountChanged({ ...account, state: 'signed-out', keeping: 'deleted' });
    },
    updateAccount: async (accountId, label, colour) => {
      await wait(300);
      if (label.trim() === '') throw error('bad-id', 'Type a name for the account.');
      const account = { ...playback.account(accountId), label: label.trim(), colour };
      playback.accountChanged(account);
      return account;
    },
    removeAccount: async (accountId, withHistory) => {
      await wait(300);
      if (has('refuses')) {
        throw error(
          'not-now',
          'An action on one of its runs is under way. Wait until its answer is known, then remove the account.',
        );
      }
      playback.accounts = playback.accounts.filter(({ id }) => id !== accountId);
      playback.runs = playback.runs.filter((run) => run.row.accountId !== accountId);
      if (withHistory) {
        playback.inbox = playback.inbox.filter((item) => item.accountId !== accountId);
        playback.activity = playback.activity.filter((row) => row.accountId !== accountId);
      }
      playback.send({ type: 'account-removed', accountId });
    },
    retryKeychain: async () => {
      await wait(800);
      if (has('stays-locked')) return;
      for (const account of playback.accounts.filter((one) => troubleOf(one) === 'keychain')) {
        playback.accountChanged({ ...account, state: 'ready' });
      }
    },
    openSolvexia: async (accountId) => {
      window.open(playback.account(accountId).origin, '_blank', 'noopener');
    },
  };
}

function refuse(request: ConnectRequest): void {
  const secret = request.clientSecret ?? request.accessToken ?? '';
  if (secret === 'wrong') {
    throw error('signed-out', 'SolveXia refused this client id or secret.');
  }
  const strange =
    /^https?:/.test(request.environment) && !/solvexia\.com|127\.0\.0\.1/.test(request.environment);
  if (strange && request.confirmedOrigin !== request.environment) {
    throw error(
      'confirm-origin',
      `${request.environment} is not an address of SolveXia. Whoever runs it receives your secret.`,
    );
  }
}

/** The account that signs in again, the same identity's, or a new one. */
function signedIn(playback: Playback, request: ConnectRequest): AccountView {
  const origin = request.environment.includes('://')
    ? request.environment
    : `https://${request.environment}.solvexia.com`;
  const identity = request.clientId ?? 'access token';
  const known = playback.accounts.find(
    (account) =>
      account.id === request.accountId ||
      (account.origin === origin &&
        account.method === request.method &&
        account.identity === identity),
  );
  const fresh: AccountView = {
    ...sampleAccount(() => false),
    id: `account-${playback.id()}`,
    label: origin.replace(/^https?:\/\//, ''),
    colour: playback.accounts.length === 0 ? 'blue' : 'teal',
    muted: null,
    isSample: false,
  };
  return {
    ...(known ?? fresh),
    origin,
    identity,
    method: request.method,
    callbackPort: request.callbackPort,
    tokenExpiresAt: request.method === 'token' ? Date.now() + 600_000 : null,
    state: 'ready',
    keeping: 'keychain',
  };
}
