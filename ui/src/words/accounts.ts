/** What people read about an account: its state, its secret's place, its rights. Pure functions. */
import type {
  AccountState,
  AccountView,
  AppError,
  Colour,
  ErrorCode,
  Keeping,
  SignInMethod,
} from '../generated/contract';
import { host } from './runs';

export const COLOURS: { colour: Colour; word: string }[] = [
  { colour: 'blue', word: 'Blue' },
  { colour: 'teal', word: 'Teal' },
  { colour: 'green', word: 'Green' },
  { colour: 'amber', word: 'Amber' },
  { colour: 'red', word: 'Red' },
  { colour: 'purple', word: 'Purple' },
  { colour: 'grey', word: 'Grey' },
];

/** An account that is gone, or that has no name. */
export const NO_ACCOUNT = { removed: 'Removed account', unnamed: 'Unnamed account' };

/** Where something of an account is, for a question. */
export const environmentWords = (account: AccountView | undefined) =>
  account ? host(account.origin) : 'unknown';

/** The same before something is done there: sample data must not pass for the firm's own. */
export const environmentToActIn = (account: AccountView | undefined) =>
  environmentWords(account) + (account?.isSample ? ' (sample data)' : '');

export const STATES: Record<AccountState, string> = {
  ready: 'Signed in',
  offline: 'Cannot be reached',
  expired: 'Sign-in no longer works',
  locked: 'Keychain is locked',
  'no-keychain': 'Keychain cannot be reached',
  'signed-out': 'Signed out',
  'not-allowed': 'Not allowed by your organisation',
};

const METHODS: Record<SignInMethod, (identity: string) => string> = {
  browser: (identity) => `In the browser, with the application ${identity}`,
  client: (identity) => `Client id ${identity}`,
  token: () => 'Access token',
};

/** How it signs in, and as whom. */
export const methodWords = (account: AccountView) => METHODS[account.method](account.identity);

const KEPT: Record<Keeping, string> = {
  keychain: 'The secret is kept in this computer’s keychain.',
  'session-only': 'The secret is kept for this session only.',
  unread: 'Its secret could not be read from this computer’s keychain.',
  left: 'The secret may still be in this computer’s keychain. Runwatch deletes it as soon as the keychain can be used.',
  deleted: 'Its secret is no longer kept.',
};

/** Where its secret is. */
export const keepingWords = ({ keeping, keepingReason }: AccountView) =>
  keeping === 'session-only' ? (keepingReason ?? KEPT[keeping]) : KEPT[keeping];

/** Whole seconds that a pasted token still works; none where the account renews itself or has no say. */
export function tokenLeft(account: AccountView | null, now: number): number | null {
  if (!account?.tokenExpiresAt) return null;
  if (account.state !== 'ready' && account.state !== 'offline') return null;
  return Math.floor((account.tokenExpiresAt - now) / 1000);
}

const SOON_SECONDS = 120;

/** A pasted token is about to end, and cannot be renewed. */
export const endsSoon = (left: number | null) => left !== null && left > 0 && left < SOON_SECONDS;

/** What stands above the list while an account cannot do all that it should; none while it can. */
export function standing(
  account: AccountView,
  tokenOver: boolean,
  paused = false,
): AppError | null {
  const where = host(account.origin);
  // When it truly ends, SolveXia says; until then its runs are read.
  if (tokenOver) {
    return say(
      'signed-out',
      `The access token may have expired (${where}). Sign in again with a new one to keep watching.`,
    );
  }
  switch (account.state) {
    case 'ready':
      return null;
    case 'offline':
      return say(
        'offline',
        paused
          ? 'What you see is what was last known.'
          : 'What you see is what was last known. Runwatch keeps trying and carries on by itself.',
      );
    case 'locked':
      return say(
        'keychain',
        'This computer’s keychain is locked, so Runwatch cannot sign in. Your list is kept; watching is paused until you unlock the keychain. You will then be told what ended in the meantime.',
      );
    case 'no-keychain':
      return say(
        'keychain',
        'This computer’s keychain cannot be reached at the moment, so Runwatch cannot sign in. Your list is kept; watching is paused. Runwatch tries again by itself; you can also sign in again, which lasts until you quit Runwatch.',
      );
    case 'expired': {
      const what = {
        token: 'The access token has expired',
        client: 'SolveXia no longer accepts the secret',
        browser: 'SolveXia no longer accepts the sign-in',
      }[account.method];
      return say(
        'signed-out',
        `${what} (${where}). The list is kept; watching is paused until you sign in again.`,
      );
    }
    case 'signed-out':
      return say(
        'signed-out',
        `You are signed out of ${where}. The list is kept; watching is paused until you sign in.`,
      );
    case 'not-allowed':
      return say(
        'policy',
        `${notAllowedWords(account)} The list and its history are kept, but nothing is watched.`,
      );
  }
}

/** The organisation’s rule that an account meets; what was so at the start of the app. */
export const notAllowedWords = ({ notAllowed }: AccountView) =>
  notAllowed ?? 'Your organisation’s rules do not allow Runwatch to use this account.';

const WHEN_TOLD: Record<AccountState, string> = {
  ready: '',
  offline: '',
  expired: ' once you sign in again',
  locked: ' once the keychain is unlocked',
  'no-keychain': ' once the keychain can be reached',
  'signed-out': ' once you sign in again',
  'not-allowed': ' once your organisation allows this account',
};

/** That a watched run's end is told, and after what, where its account cannot ask; no full stop. */
export const toldWords = (account: AccountView | undefined) =>
  `You will be told how it ends${account ? WHEN_TOLD[account.state] : ''}`;

export function say(code: ErrorCode, message: string): AppError {
  return { code, message, supportId: null, retryAfterMs: null };
}

export interface Right {
  /** SolveXia's name of the scope. */
  scope: string;
  words: string;
  has: boolean;
}

const KNOWN = new Map([
  ['process', 'Work with processes and create runs'],
  ['file', 'Read and write files (not used by Runwatch)'],
  ['file_read', 'Read files (not used by Runwatch)'],
  ['log_read', 'Read SolveXia’s log (not used by Runwatch)'],
  ['user_read', 'See users (not used by Runwatch)'],
]);

/** What an account may do, what Runwatch needs first; none where SolveXia never said. */
export function rights(account: AccountView): Right[] | null {
  const { scopes } = account;
  if (scopes === null) return null;
  const reads = scopes.includes('process_read') || scopes.includes('process');
  // Whether it may act, the backend has judged: it has heard SolveXia's refusals too.
  const acts = account.readOnly === null;
  const needed = [
    { scope: 'process_read', words: 'See processes, runs and steps', has: reads },
    { scope: 'process_execute', words: 'Start, cancel and restart runs', has: acts },
  ];
  const more = scopes.filter((scope) => needed.every((right) => right.scope !== scope));
  const words = (scope: string) => KNOWN.get(scope) ?? 'Something Runwatch does not know about';
  return [...needed, ...more.map((scope) => ({ scope, words: words(scope), has: true }))];
}
