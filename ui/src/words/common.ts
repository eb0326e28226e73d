/** What is called the same everywhere: one word for one thing (docs/GLOSSARY.md). */
import { count } from './runs';

/** The things that people work with. */
export const TERMS = {
  runwatch: 'Runwatch',
  run: 'Run',
  runs: 'Runs',
  runId: 'Run id',
  process: 'Process',
  processId: 'Process id',
  step: 'Step',
  status: 'Status',
  outcome: 'Outcome',
  duration: 'Duration',
  account: 'Account',
  environment: 'Environment',
  inbox: 'Inbox',
  activity: 'Activity',
  plan: 'Plan',
  close: 'Close',
  cutOff: 'Cut-off',
  name: 'Name',
  settings: 'Settings',
};

/** What buttons do. */
export const BUTTONS = {
  add: 'Add',
  adding: 'Adding…',
  back: 'Back',
  cancel: 'Cancel',
  checkConnection: 'Check connection',
  clearSearch: 'Clear the search',
  close: 'Close',
  copied: 'Copied',
  copy: 'Copy',
  dismiss: 'Dismiss this message',
  goOnEditing: 'Go on editing',
  keepIt: 'Keep it',
  refresh: 'Refresh',
  save: 'Save',
  saving: 'Saving…',
  signInAgain: 'Sign in again',
  stop: 'Stop',
  tryAgain: 'Try again',
};

/** While something is being read or done. */
export const READING = 'Reading…';

/** What is left until something ends: `7:12 left`. */
export const timeLeft = (countdown: string) => `${countdown} left`;

/** Said once something is on the clipboard. */
export const COPIED = 'Copied.';

export const countRuns = (n: number) => count(n, 'run');

/** `12 runs`, or `3 of 12 runs` where a search leaves some out. */
export const shownOf = (shown: number, all: number) =>
  shown === all ? countRuns(all) : `${shown.toLocaleString()} of ${countRuns(all)}`;
