/** What people read above the list: what is wrong, and what they should know. Pure functions. */
import type { AccountState } from '../generated/contract';
import { BUTTONS } from './common';

export const BANNERS = {
  more: (n: number) => `+${n} more`,
  whole: 'Show more',
  less: 'Show less',
};

export const PAUSED = {
  title: 'Watching is paused.',
  words:
    'No run is checked and no notification is shown. What ends meanwhile is reported once you resume.',
  resume: 'Resume',
};

export const NO_DESKTOP = {
  title: 'This computer does not let Runwatch show notifications.',
  words: (reason: string) =>
    `Everything is in the Inbox. What the desktop refused is tried again every few minutes. The reason given: “${reason}”`,
};

export const SESSION_ONLY = 'Signed in for this session only';

export const CLOCK_OFF =
  'Durations and expected ends here are not affected. Times of day go by this computer’s clock, so they differ from those in SolveXia until the clock is set right.';

export const READ_ONLY = 'This account can look, but not act.';

/** Whether Runwatch is started with the computer, asked once. */
export const LAUNCH_QUESTION = {
  title: 'Start Runwatch with the computer, so that you are notified after a restart, too?',
  words: 'It stays out of sight until you open it.',
  yes: 'Start with the computer',
  no: 'No',
};

export const HISTORY = {
  damaged: 'The history is damaged',
  file: (path: string) => `The file is ${path}`,
  startNew: 'Start a new history…',
};

/** What is offered where an account cannot reach SolveXia, or not read its keychain. */
export const TROUBLE = {
  account: 'Account:',
  lastHeard: 'Last heard from SolveXia:',
  tryNow: 'Try now',
  trying: 'Trying…',
};

/** What is said and offered where the keychain cannot be read. */
export const KEYCHAINS: Partial<
  Record<AccountState, { title: string; still: string; signIn: string }>
> = {
  locked: {
    title: 'The keychain is locked',
    still: 'It is still locked. Unlock it in this computer’s settings, then try again.',
    signIn: 'Sign in another way',
  },
  'no-keychain': {
    title: 'The keychain cannot be reached',
    still: 'It still cannot be reached. Ask your IT department whether it should be running.',
    signIn: BUTTONS.signInAgain,
  },
};
