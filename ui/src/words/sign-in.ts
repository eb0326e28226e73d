/** What people read where they sign in. Pure functions. */
import type { AccountView, ErrorCode, SignInMethod } from '../generated/contract';
import { notAllowedWords } from './accounts';
import { BUTTONS } from './common';
import { isolated } from './names';
import { count, cut, host } from './runs';

export const SIGN_IN = {
  title: 'Sign in to SolveXia',
  titleAgain: BUTTONS.signInAgain,
  lead: 'Runwatch watches your process runs and tells you how they ended. It needs the name of your SolveXia environment and a way to sign in.',
  toList: 'Look at the list without signing in',
  toRuns: 'Back to the runs',
  connection: 'Proxy and connection…',
  done: (account: string) => `Signed in to ${cut(account, 80)}.`,
};

/** What became of an account that is to sign in again, and of its list of so many runs. */
export function againWords(account: AccountView, runs: number): string {
  const where = host(account.origin);
  const list = runs > 0 ? `your list of ${count(runs, 'run')}` : 'your list';
  const goesOn = `Watching is paused; ${list} is kept and goes on when you sign in.`;
  switch (account.state) {
    case 'signed-out':
      return `You are signed out of ${where}. ${goesOn}`;
    case 'expired':
      return `Your sign-in at ${where} no longer works. ${goesOn}`;
    case 'locked':
      return `This computer’s keychain is locked, so the secret for ${where} cannot be read. ${goesOn}`;
    case 'no-keychain':
      return `This computer’s keychain cannot be reached now, so the secret for ${where} cannot be read. ${goesOn}`;
    case 'not-allowed':
      return notAllowedWords(account);
    default:
      return `You are signed in at ${where}. Signing in again puts a new secret in place of the old one.`;
  }
}

export const METHOD = {
  label: 'How to sign in',
  browser: { title: 'Browser', words: 'as yourself, renews by itself' },
  client: { title: 'Client id and secret', words: 'as the application, renews by itself' },
  token: { title: 'Access token', words: 'for ten minutes' },
};

export const SIGN_IN_FORM = {
  environmentPlaceholder: 'app',
  environmentHint: '“app” for app.solvexia.com, or the whole address.',
  accessToken: METHOD.token.title,
  clientId: 'Client id',
  clientSecret: 'Client secret',
  becomesNew: (account: string) =>
    `This is another account, so it gets a list of its own. The list of “${isolated(cut(account, 60))}” is kept.`,
  signingIn: 'Signing in…',
  openBrowser: 'Open the browser and sign in',
  signIn: 'Sign in',
  pasteAgain: 'Paste a token again.',
  typeAgain: 'Type the secret again.',
  notKept: 'What was sent is not kept in this window.',
};

/** What kinds of trouble are called here. */
export const SIGN_IN_TITLES: Partial<Record<ErrorCode, string>> = {
  'signed-out': 'SolveXia did not sign you in',
  forbidden: 'SolveXia did not sign you in',
  'bad-id': 'Something is missing or wrong',
};

const FROM_THE_PORTAL =
  'Both come from SolveXia’s API portal. The secret goes into this computer’s keychain. If there is none, Runwatch says so and remembers it until you quit.';

/** Below the secret. */
export const SECRET_HINTS: Record<SignInMethod, string> = {
  browser: FROM_THE_PORTAL,
  client: FROM_THE_PORTAL,
  token:
    'It lasts about ten minutes and cannot be renewed. To keep watching for longer, sign in another way.',
};

/** What is said where it was not typed. */
export const MISSING = {
  environment: 'Type the name of your SolveXia environment, such as “app”, or its whole address.',
  'access-token': 'Paste an access token.',
  'client-id': 'Type the client id of your SolveXia application.',
  'client-secret': 'Type the client secret that belongs to it.',
};

export const CALLBACK = {
  label: 'Callback URL',
  copy: 'Copy the callback URL',
  port: 'Port',
  changePort: 'Change port',
  hint: 'SolveXia’s API portal needs exactly this. The browser brings its answer there, to this computer alone.',
  badPort: (least: number, most: number, usual: number) =>
    `Type a port from ${least} to ${most}, such as ${usual}.`,
};

/** While the browser is waited for. */
export const BROWSER = {
  title: 'Go on in your browser',
  opened: 'Your browser has opened SolveXia’s sign-in page. Come back here when you are done.',
  notOpened: 'SolveXia’s sign-in page is waiting to be opened. Come back here when you are done.',
  notOpenedTitle: 'No browser was opened',
  openAgain: 'Open the page again',
  openedAgain: 'The page was opened again.',
  copyAddress: 'Copy the address',
  copiedAddress: 'The address was copied. Paste it into your browser.',
};

/** Before a secret goes to an address that is not SolveXia's own. */
export const CONFIRM_ORIGIN = {
  title: 'Send your secret to this address?',
  confirm: 'Yes, sign in there',
  dismiss: 'Do not send it',
};

export const ORIGIN_NOT_CONFIRMED =
  'Nothing was sent. Check the address, then type the secret again.';
