/** What people read around the board of a close, and do from it. Pure functions. */
import { BUTTONS } from './common';
import { isolated } from './names';

export const BOARD = {
  archived: 'archived',
  workedOut: 'Worked out',
  notUpToDate: 'Not up to date. Last seen in SolveXia:',
  notSeenYet: 'Not up to date: it has not been seen in SolveXia since Runwatch was started.',
  chance: 'Chance of making it',
  chanceWords: (percent: number) => `${percent}% – if nothing fails`,
  doneAt: 'Done at',
  slack: 'Slack',
  slackTitle: 'Between the late end of the finish and the cut-off',
  dependsOn: 'Depends most on',
  moved: 'The plan has changed since this close was opened. It keeps its times until you say so.',
  takeTimes: 'Take the new times…',
  /** Of a whole board, for screen readers. */
  label: (close: string) => `${close}, how it stands`,
  reading: 'Reading the close…',
  noneOpen: 'No close is open',
  noneOpenWords: (plan: string) =>
    `“${isolated(plan)}” says what is to be done. Open a close of it to see how this month’s stands.`,
};

export const BOARD_TABLE = {
  label: 'Processes of this close',
  what: 'Process and run',
  state: 'State',
  ends: 'Ends',
  latestStart: 'Latest start',
  tools: 'What can be done',
  when: 'When',
  now: 'Now',
  optional: 'optional',
  noRun: 'No run yet',
  openAgain: (runId: string) => `${runId}: put into the list and open`,
  /** Before a latest start that is over. */
  was: 'was',
  tooLate: 'Too late',
};

export const ITEM_TOOLS = {
  startLabel: (name: string) => `Start ${name}…`,
  startTitle: 'Start its run, after a question',
  choose: 'Run…',
  chooseLabel: (name: string) => `Choose or create a run of ${name}…`,
  chooseTitle: 'Choose or create its run…',
  ask: 'Choose…',
  askLabel: (name: string) => `Say which run of ${name} counts…`,
  askTitle: 'Say which run counts…',
  notNow: (runId: string, reason: string | null) =>
    `${runId} cannot be started now. ${reason ?? ''} Nothing was sent.`,
};

export const CLOSE_BAR = {
  label: 'Plan and close',
  open: 'Open a close…',
  export: 'Export evidence…',
  exportTitle: 'Write what an auditor asks for into a folder',
  newPlan: 'New plan…',
  fromHistory: 'Make a plan from last month…',
  change: 'Change this plan…',
  more: 'More for this plan',
  archive: (close: string) => `Archive ${close}`,
  archiveHint: 'There are no more notifications about it. It can be brought back.',
  bringBack: (close: string) => `Bring back ${close}`,
  bringBackHint: 'There are notifications about it again.',
  delete: 'Delete this plan…',
  deleteHint: 'With its closes. Runs are not touched.',
};

export const NO_PLAN = {
  title: 'Will this month-end make its cut-off?',
  words:
    'Say once which processes a month-end consists of, and by when all must be done. Runwatch then says all day whether that will be made, which run to look at, and by when it must start.',
  fromHistory: 'Make a plan from last month',
};

export const OPEN_CLOSE = {
  title: 'Open a close',
  hint: (plan: string) =>
    `Of “${isolated(plan)}”. Its cut-off, its times and its holidays are fixed when it is opened; nothing is started by that.`,
  reading: 'Reading the periods…',
  none: 'No period can be opened now.',
  open: 'Open',
  openLabel: (close: string) => `Open ${close}`,
  opening: 'Opening…',
  dismiss: 'Not now',
};

/** Which run stands for an item of a close. */
export const ITEM_RUN = {
  title: 'Which run counts?',
  question: (name: string, close: string) =>
    `Which run of “${isolated(name)}” counts for ${close}?`,
  now: 'Now it is',
  doesNotCount: 'It does not count',
  asked: 'Runs that could be meant',
  other: 'Or another run',
  only: 'Its run',
  placeholder: 'Id or address, such as pr-114278',
  hint: 'It counts for this close alone. Nothing is started by that.',
  pick: 'Look in SolveXia…',
  confirm: 'This run counts',
  created: (time: string) => `created ${time}`,
  started: (time: string) => `started ${time}`,
  notStarted: 'not started',
};

/** What is being done with a close, and what was done. `close` names it with its plan. */
export const CLOSE_DONE = {
  workingOut: 'Working it out…',
  moving: 'Moving it…',
  saving: BUTTONS.saving,
  writing: 'Writing the evidence…',
  written: 'The evidence was written.',
  copyPlace: 'Copy where it is',
  opened: (close: string) => `${close} is open.`,
  archived: (close: string) => `${close} archived.`,
  unbound: (run: string, close: string) => `${run} no longer counts in ${close}.`,
  changed: (close: string, standing: string) => `${close}: ${standing}.`,
};

export const MOVE_CLOSE = {
  title: 'Take the plan’s new times into this close?',
  explanation:
    'What was told of this close stays in the Inbox. Its forecasts go on with the new times.',
  confirm: 'Take the new times',
  dismiss: 'Keep the old ones',
};

export const DELETE_PLAN = {
  title: 'Delete this plan?',
  warning:
    'Its closes go with it, with their forecasts and what was said of them. This cannot be undone.',
  explanation:
    'Runs are not touched, neither here nor in SolveXia; nor is what was kept of how they ended.',
  confirm: 'Delete plan',
  dismiss: BUTTONS.keepIt,
};
