/** What people read where processes and their runs are chosen from SolveXia. Pure functions. */
import type { ProcessRunStatus, ProcessStepRow } from '../generated/contract';
import { isolated, nameOf } from './names';
import { count, cut, fullMoment, outcomeStanding, runStanding, type Standing } from './runs';

export const PICKER = {
  title: 'Choose from SolveXia',
  processes: 'Processes',
  searchProcesses: 'Search processes by name',
  readingProcesses: 'Reading the processes…',
  noProcess: 'No process is shared with you.',
  noSuchProcess: 'No process has this in its name.',
  chooseProcess: 'Choose a process',
  chooseProcessWords: 'Its runs and steps are shown here.',
  runs: 'Runs of the process',
  newestFirst: 'Runs, newest first',
  searchRuns: 'Search runs by name or id',
  readingRuns: 'Reading its runs…',
  noRuns: 'This process has no runs yet.',
  noSuchRun: 'No run of this process matches.',
  cutRuns: 'SolveXia lists more runs than these. Add any other by its id.',
  asListed: 'As SolveXia lists them',
  changed: 'changed',
  open: 'In the list – open',
  showStatus: 'Show status',
  statusTitle: 'Ask SolveXia how the newest runs shown here stand',
  addAndWatch: 'Add and watch',
  clear: 'Clear selection',
  newRun: 'Name of a new run',
  newRunHint: 'Optional',
  startAfter: 'Start it once it is created (asks first)',
  startAfterTitle: 'Once it has been created, you are asked whether to start it',
  create: 'Create run',
  createAnother: 'Create another run…',
  created: 'SolveXia adds a number to the name. The run is added to the list and not started.',
  createdAndAsked:
    'SolveXia adds a number to the name. You are asked again before the run is started.',
  looking: 'Before another run can be created, its runs are read again.',
};

export const LOST = {
  answer: 'SolveXia’s answer was lost.',
  title: 'The run may or may not have been created',
  newSince: 'New since then:',
  none: 'SolveXia shows no new run of this process so far.',
  reading: 'Reading the runs again…',
  again: 'Look again',
};

/** Where the processes are from. */
export const fromWords = (host: string) => `Processes of ${host} and their runs`;

export const cutProcesses = (listed: number) =>
  `Only the first ${listed.toLocaleString()} are listed. Search by name to find any other.`;

/** The steps of a process, as far as a line or two have room. */
export function stepsWords(steps: ProcessStepRow[]): string {
  const named = steps
    .slice(0, 12)
    .map(({ order, name, stepId }) =>
      `${order ?? ''} ${isolated(cut(nameOf(name, stepId), 60))}`.trim(),
    );
  const more = steps.length > named.length ? ', …' : '';
  return `${count(steps.length, 'listed step')}: ${named.join(', ')}${more}`;
}

export const addSeveral = (n: number) => `Add ${count(n, 'run')}`;
export const selectedWords = (n: number) => `${count(n, 'run')} selected`;
export const selectWords = (name: string) => `Select ${isolated(name)}`;
export const addingWords = (done: number, all: number) =>
  `Adding ${(done + 1).toLocaleString()} of ${all.toLocaleString()}…`;

/** What came of adding several; whether they are watched too is said. */
export function addedWords(added: number, watched: boolean, asked: number): string {
  const what = watched ? 'added and watched' : 'added';
  const said = added === asked ? count(added, 'run') : `${added} of ${count(asked, 'run')}`;
  return `${said} ${what}.`;
}

/** How a run stands whose steps were not read: that it finished says nothing of how. */
export function listedStanding(run: ProcessRunStatus): Standing {
  const { status, ended } = run;
  if (status === 'TimedOut') return outcomeStanding('timed-out');
  if (status === 'Cancelled') return outcomeStanding('cancelled');
  if (ended) return { word: 'Ended', icon: 'unverified', tone: 'neutral' };
  return runStanding({ status, ended, outcome: null, gone: false });
}

/** The rest of it, for a hover. */
export function listedTitle({ ended, status, started, finished }: ProcessRunStatus): string {
  const told = ended && status !== 'TimedOut' && status !== 'Cancelled';
  const words = told ? ['Add it to see how it ended: that depends on its steps.'] : [];
  if (started !== null) words.push(`Started ${fullMoment(started)}.`);
  if (finished !== null) words.push(`Ended ${fullMoment(finished)}.`);
  return words.join(' ');
}
