/** What people read in the command palette. Pure functions. */
import { BULK } from './bulk';
import { TERMS } from './common';
import { VIEWS } from './list-views';
import { OPEN_RUN, RUN_ACTIONS } from './open-run';

export const PALETTE = {
  title: 'Commands',
  label: 'Find a run, a process, a view or an action',
};

/** What the offers of a kind are called together, by `OfferKind`. */
export const KIND_WORDS = {
  selection: BULK.label,
  'run-action': OPEN_RUN.label,
  view: VIEWS.label,
  action: 'Actions',
  process: 'Processes',
  run: TERMS.runs,
};

export const foundWords = (count: number, most: number) => {
  if (count === 0) return 'Nothing was found';
  return count < most ? `${count} found` : `The first ${most}. Type more to see others.`;
};

/** Of the list and its views. */
export const VIEW_OFFERS = {
  saved: 'saved view',
  asTable: 'Show the list as a table',
  asTimeline: 'Show today as a timeline',
  ungroup: 'Do not group by process',
  hideArchived: 'Hide archived runs',
  showArchived: 'Show archived runs',
  clear: 'Clear the search and the filters',
  /** Beside a process. */
  only: (processId: string) => `${processId} · its runs alone`,
};

export const LIST_OFFERS = {
  pick: 'Choose or create a run in SolveXia…',
  openInbox: 'Open the Inbox',
  closeInbox: 'Close the Inbox',
  openActivity: 'Open Activity',
  closeActivity: 'Close Activity',
  exportActivity: 'Export Activity as CSV…',
  askNow: 'Ask SolveXia about all runs now',
  resume: 'Resume watching',
  pause: 'Pause watching',
  pauseHint: 'no run is checked and no notification shown until you resume',
};

export const APP_OFFERS = {
  settings: 'Settings…',
  section: (title: string) => `Settings: ${title}`,
  goToAccount: (account: string) => `Go to the account ${account}`,
  signIn: 'Sign in…',
};

/** Of the open run, beside what its buttons say. */
export const RUN_OFFERS = {
  unmute: 'Show its notifications again',
  snoozeHour: 'Snooze its notifications for 1 hour',
  snoozeUntil: (when: string) => `Snooze its notifications until ${when}`,
  mute: 'Mute its notifications',
  beingRead: `${RUN_ACTIONS.beingRead}.`,
  bringBack: 'Bring back from the archive',
};
