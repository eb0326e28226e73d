/** What people read where something is done with several runs at once. Pure functions. */
import { RUN_ACTIONS } from './open-run';
import { count } from './runs';

export const BULK = {
  label: 'Selected runs',
  start: (n: number) => (n === 0 ? RUN_ACTIONS.start : `Start ${count(n, 'run')}…`),
  noneToStart: 'None of them is still to be started.',
  noneToDealWith: 'None of them needs to be dealt with.',
  nothingToDealWith: 'This run does not need to be dealt with.',
  allMuted: 'They are all muted.',
  allWatched: 'They are all watched.',
  busy: 'The last action is still under way.',
  removeTitle: 'Remove them from the list. Nothing changes in SolveXia.',
  clear: 'Clear the selection',
  clearTitle: 'Clear the selection (Esc)',
  handle: 'Dealt with',
  mute: 'Mute',
  remove: 'Remove',
};

/** What is said about several runs that are started together. */
export const BULK_START = {
  confirm: (n: number) => `Start ${count(n, 'run')}`,
  notSent: 'The rest was not sent.',
  barred: (reason: string) => `Will not be started: ${reason}`,
  explanation: (n: number, isPaused: boolean) =>
    `${n === 1 ? 'Runwatch watches it' : 'They are started one after the other. Runwatch watches each of them'} and tells you how it ends${isPaused ? ', once you resume watching' : ''}.`,
  done: (started: number, all: number, stopped: string | null) => {
    const words = `${started.toLocaleString()} of ${count(all, 'run')} started.`;
    return stopped === null ? words : `${words} ${stopped}`;
  },
};

interface Starts {
  phase: 'asked' | 'sending' | 'done';
  startable: unknown[];
  starts: { result: string }[];
}

/** What came of a start among several. */
export const RESULT_WORDS = {
  waits: 'Waiting',
  pending: 'Being sent',
  ok: 'Started',
  refused: 'Not started',
  unknown: 'Not known whether it started',
  left: 'Not started',
};

/** Before, while and after they are started. */
export function startTitle({ phase, startable, starts }: Starts): string {
  const runs = count(startable.length, 'run');
  if (phase === 'asked') return `Start ${runs}?`;
  if (phase === 'sending') return `Starting ${runs}…`;
  const started = starts.filter(({ result }) => result === 'ok').length;
  return `${started.toLocaleString()} of ${runs} started`;
}
