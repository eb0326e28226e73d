/** What people read on the fields of the editor of a plan, and what it says. Pure functions. */
import { count } from './runs';

export const EDITOR = {
  newPlan: 'New plan',
  change: 'Change the plan',
  notSaved: 'Not saved yet. Nothing is started by a plan.',
  save: 'Save plan',
  saved: (plan: string) => `The plan ${plan} was saved.`,
  lacking: 'Something is missing: see the fields that are marked.',
  lost: 'What you changed since it was last saved is lost.',
};

export const PLAN_FACTS = {
  otherAccount: 'Its processes belong to this account.',
  cutOff: 'Cut-off: all must be done by',
  zone: 'Time zone',
  periods: 'What is closed',
  months: 'Each calendar month',
  listed: 'Periods of my own, such as 4-4-5 weeks',
  begin: 'First day of the first one',
  ends: 'Last day of each, one per line',
  endsPlaceholder: '2026-07-28',
  workingDay: (of: string) => `${of}, working day`,
  timeOfDay: (of: string) => `${of}, time of day`,
};

/** What a new plan is called at first. */
export const NEW_PLAN_NAME = 'Month-end close';

export const CALENDAR = {
  label: 'Working days',
  take: 'Take holidays from…',
  none: 'No holidays',
  file: 'A calendar file (.ics)…',
  paste: 'Days that I paste…',
  presets: 'Came with Runwatch',
  preset: (name: string, until: string) => `${name} (until ${until})`,
  pasteLabel: 'Days off, one per line, such as 2026-12-25 Christmas Day',
  takeDays: 'Take these days',
  show: 'Show the days off',
};

export const PLAN_ITEMS = {
  title: 'Processes, in their order',
  propose: 'Propose from last month',
  proposing: 'Looking at what was watched…',
  none: 'No process yet. Add each one that must be done by the cut-off.',
  add: 'Add a process…',
  noOther: 'No other process has this in its name.',
  more: 'There are more. Search by name to find them.',
};

/** `name` is its process's. */
export const PLAN_ITEM = {
  up: 'Move up',
  upLabel: (name: string) => `Move ${name} up`,
  down: 'Move down',
  downLabel: (name: string) => `Move ${name} down`,
  remove: 'Remove',
  removeLabel: (name: string) => `Remove ${name}`,
  startLabel: (name: string) => `What starts ${name}`,
  takesAbout: 'takes about',
  lateAfter: 'late after',
  minutes: 'min',
  estimate: 'Your estimate; used while too little is known',
  estimateLabel: (name: string) =>
    `Your estimate for ${name}, in minutes; used while too little is known`,
  warnings: 'Warnings are fine',
  optional: 'Optional',
  at: (name: string) => `Start of ${name}`,
  graceLabel: (name: string) => `How many minutes after its time ${name} counts as late`,
  waitsLabel: (name: string) => `What ${name} waits for`,
};

/** What is said of the processes of a plan once they have changed. */
export const EDITED = {
  added: (name: string) => `${name} was added.`,
  removed: (name: string) => `${name} was removed.`,
  moved: (name: string, place: number, of: number) => `${name} is ${place} of ${of} now.`,
};

export const countProcesses = (n: number) => count(n, 'process', 'processes');

export const REPLACE_PROCESSES = {
  title: 'Replace the processes of this plan?',
  explanation: 'They are replaced by what the last month shows. Nothing is kept until you save.',
  confirm: 'Replace them',
  dismiss: 'Leave them',
};

export const PROPOSAL = {
  notTaken: 'You changed the processes meanwhile, so the proposal was not taken.',
  none: 'Nothing was watched that a plan could be made from. Add the processes below.',
  done: (n: number, from: string) =>
    `${countProcesses(n)} proposed from ${from}. Look at the order and at what waits for what, then save.`,
};

/** How many days off a calendar had, and how many of its events are no whole days. */
export function daysTaken(days: number, leftOut: number): string {
  const out =
    leftOut === 0
      ? ''
      : ` ${count(leftOut, 'event was', 'events were')} left out: they take only a part of a day.`;
  return `${count(days, 'day')} off taken.${out}`;
}

/** What a field of a plan lacks. */
export const LACKS = {
  name: 'Give the plan a name.',
  zone: 'Choose a time zone from the list, such as Australia/Sydney.',
  cutOff: 'Type a time of day, such as 18:00.',
  begin: 'Type a day, such as 2026-07-01.',
  ends: 'Type the last day of each period, one per line.',
  badDay: (text: string) => `“${text}” is not a day. Type it like 2026-07-28.`,
  list: 'Add at least one process that is not optional.',
  waitsFor: 'Say what it waits for, or start it by hand.',
  start: 'Type a time of day, such as 09:00.',
  grace: 'Type after how many minutes it is late: one or more.',
  estimate: 'Type an estimate above zero, or leave it empty.',
};
