/** What people read in the open run beside what the list says of it. Pure functions. */
import type { Forecast, StepRow } from '../generated/contract';
import { isolated, nameOf } from './names';
import { count, cut, duration, roughly } from './runs';

export const OPEN_RUN = {
  label: 'Open run',
  standing: 'How it stands',
  notListed: 'This run is not in the list',
  wasRemoved: (runId: string) => `${runId} was removed from it.`,
  addAgain: 'Add it again',
  opening: (runId: string) => `Opening ${runId}…`,
  none: 'No run is open',
  noneWords:
    'Choose a run from the list to see its steps, start or cancel it, and be notified when it ends.',
  copyId: 'Copy the run id',
  showProcess: (processId: string) => `Show the runs of this process in the list (${processId})`,
  attemptTitle: 'Counted since Runwatch first saw this run',
  unsure: 'It may or may not have happened',
  copyMessage: 'Copy the message',
  progress: 'Progress',
  longer: 'Longer than usual',
};

/** What can be done with a run, on its buttons, in its menu and in the palette. */
export const RUN_ACTIONS = {
  start: 'Start…',
  startAgain: 'Start again…',
  startAgainHint: 'Runs all its steps again.',
  cancel: 'Cancel run…',
  cancelLabel: 'Cancel run',
  restartFrom: (step: string) => `Restart from ${step}…`,
  handle: 'Mark as dealt with',
  handleOf: (name: string) => `Mark ${name} as dealt with`,
  handleWithNote: 'Mark as dealt with, with a note…',
  changeNote: 'Change the note…',
  noteHint: 'The note is kept here and in what is exported.',
  unhandle: 'Needs attention again',
  watch: 'Watch',
  watchTitle: 'Be told how it ends',
  watching: 'Watching',
  stopWatching: 'Stop watching',
  refreshTitle: 'Ask SolveXia now',
  beingRead: 'It is being read',
  menu: 'This run',
  more: 'More for this run',
  archive: 'Archive',
  archiveHint: 'Out of sight; the search still finds it.',
  bringBack: 'Bring back',
  bringBackHint: 'Shows it in the list again.',
  remove: 'Remove from the list',
  removeWatched: 'Remove from the list…',
  removeHint: 'Nothing changes in SolveXia.',
};

export const RUN_FACTS = {
  started: 'Started',
  finished: 'Finished',
  notYet: 'Not yet',
  notGiven: 'Not given',
  lastSeen: 'Last seen',
};

export const ABOUT_RUN = {
  title: 'About this run',
  created: 'Created',
  changed: 'Last changed',
  by: 'by',
};

export const ATTEMPTS = 'Earlier attempts';

export const DURATIONS = {
  title: 'Durations of earlier runs',
  asChart: 'Show as chart',
  asTable: 'Show as table',
  ended: 'Ended',
  thisRun: (runId: string) => `${runId} (this run)`,
};

export const COMPARE = {
  what: 'What',
  thisRun: 'This run',
  difference: 'Difference',
  wholeRun: 'Whole run',
  soFar: (took: string) => `${took} so far`,
};

/** While nothing is known of what can be done. */
export const NOT_READ_YET = 'Its status is being read.';
export const NOT_NOW = 'Not possible now.';

/** How a step is called in a sentence or on a button: `1.3`, or its name where it has no place. */
export function stepPlace(step: StepRow): string {
  return step.order ?? isolated(cut(nameOf(step.name, step.stepId), 30));
}

/** That the step at which a run stopped is not the only one that failed. */
export function moreFailedWords(more: number): string | null {
  if (more === 0) return null;
  return more === 1 ? '1 more step failed.' : `${more.toLocaleString()} more steps failed.`;
}

/** What is left of a run that goes: its time, its steps. */
export function leftWords({ ends, stepsOver, stepsCounted }: Forecast, now: number): string | null {
  const words: string[] = [];
  if (ends !== null) {
    const seconds = (ends - now) / 1000;
    words.push(
      seconds < 60
        ? 'Less than a minute left'
        : `About ${duration(Math.round(seconds / 60) * 60)} left`,
    );
  }
  if (stepsOver !== null && stepsCounted !== null && stepsCounted > stepsOver) {
    words.push(`${count(stepsCounted - stepsOver, 'step')} to go`);
  }
  return words.length > 0 ? words.join(', ') : null;
}

/** How much longer or shorter something took than something else. */
export function differenceWords(seconds: number): string {
  if (Math.abs(seconds) < 1) return 'the same';
  return `${seconds > 0 ? '+' : '−'}${duration(Math.abs(seconds))}`;
}

/** What a run took beside what is usual: `3 min 32 s longer than usual`. */
export function thanUsualWords(seconds: number, usual: number): string {
  const difference = seconds - usual;
  if (Math.abs(difference) < Math.max(10, usual * 0.05)) return 'as usual';
  return `${roughly(Math.abs(difference))} ${difference > 0 ? 'longer' : 'shorter'} than usual`;
}

export const comparedTitle = (isMonthBefore: boolean) =>
  isMonthBefore ? 'Compared with last month’s run' : 'Compared with the run before';

/** Why it is not last month’s; nothing where it is. */
export const NOT_OF_MONTH_BEFORE = 'No run of the month before is known here.';

/** Why the whole runs are not compared, where a part of the work was done. */
export const PART_OF_THE_WORK =
  'One of the two was restarted and did only a part of the work, so the whole runs are not compared.';

export const NO_STEPS_KEPT = 'Only the duration of that run is kept here, not its steps.';

/** What the attempt before the present one is called. */
export const attemptWords = (attempt: number) => `Attempt ${attempt.toLocaleString()}`;

/** Steps that are folded away, and how to see them. */
export function foldWords(passed: number, isFolded: boolean): string {
  return `${isFolded ? 'Show' : 'Hide'} ${passed.toLocaleString()} finished`;
}

/** That not every step is shown. */
export const notShownWords = (n: number) => `${count(n, 'more step')} not shown.`;

/** A step by its place and name: `1.3 Match transactions`. */
export function stopTitle(step: StepRow): string {
  const name = nameOf(step.name, step.stepId);
  return step.order === null ? name : `${step.order} ${name}`;
}

/** What stands in the place of a message that there is not. */
export const NO_MESSAGE = 'SolveXia gave no message for this step.';
