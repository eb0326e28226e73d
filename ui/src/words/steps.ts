/** What people read on the steps of the open run. Pure functions. */
import { count } from './runs';

export const STEPS = {
  title: 'Steps',
  /** `off` of them are switched off: no outcome counts these. */
  listed: (n: number, off: number) =>
    off === 0
      ? `${count(n, 'step')} listed, read`
      : `${count(n, 'step')} listed, ${off.toLocaleString()} of them switched off, read`,
  /** Before what adds it. */
  gap: (place: string) =>
    `${place.includes(' ') ? `Steps ${place} are` : `Step ${place} is`} not listed by SolveXia –`,
  addGap: (place: string) => (place.includes(' ') ? 'add their ids' : 'add its id'),
  none: 'SolveXia lists no steps for this run. If you know the id of one, add it below.',
  reading: 'Reading the steps from SolveXia…',
  notRead: 'The steps have not been read yet.',
};

export const STEP = {
  byHand: 'Added by you',
  off: 'Switched off',
  remove: 'Remove this step from the list',
  removeLabel: (name: string) => `Remove step ${name} from this list`,
  read: 'Read this step again',
  readLabel: (place: string) => `Read step ${place} again`,
  restart: 'Restart from here…',
  restartLabel: (place: string, name: string) => `Restart from here: ${place} ${name}`,
  problem: (message: string) => `Could not be read: ${message}`,
};

export const ADD_STEP = {
  label: 'Add a step by its id',
  placeholder: 'Step id, such as as-20682',
  add: 'Add step',
  hint: 'SolveXia lists data steps alone. Add an action step by its id to see it here and count it in the outcome.',
};

export const TIMELINE = {
  title: 'Timeline',
  waiting: 'waiting',
  running: 'running',
  usual: 'usual length',
  when: 'When it ran',
};
