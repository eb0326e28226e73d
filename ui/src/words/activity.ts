/** What people read in Activity: what was done from here. Pure functions. */
import {
  actionResultWords,
  type ActionName,
  type ActionResult,
  type ActivityRow,
} from '../generated/contract';
import { isolated, nameOf } from './names';
import { cut, type Standing } from './runs';

export const ACTIVITY = {
  empty: 'Nothing done yet',
  emptyWords:
    'Runs that you create, start, cancel, restart or mark as dealt with are listed here, with who did it and what SolveXia answered.',
  export: 'Export CSV…',
  nothingToExport: 'Nothing has been done from here yet.',
  exporting: 'Exporting…',
  exportTitle: 'Save everything that was done from here as a table, for Excel or LibreOffice',
  why: 'Why:',
};

/** The words of results are the backend's: its export says the same. */
const RESULTS: Record<ActionResult, Omit<Standing, 'word'>> = {
  pending: { icon: 'running', tone: 'busy' },
  ok: { icon: 'succeeded', tone: 'good' },
  refused: { icon: 'cancelled', tone: 'bad' },
  unknown: { icon: 'unknown', tone: 'warn' },
};

export const resultStanding = (result: ActionResult): Standing => ({
  word: actionResultWords[result],
  ...RESULTS[result],
});

const ACTIONS: Record<ActionName, (row: ActivityRow) => string> = {
  start: ({ deprecated }) => (deprecated ? 'Start (older call)' : 'Start'),
  cancel: ({ deprecated }) => (deprecated ? 'Cancel (older call)' : 'Cancel'),
  restart: ({ stepName, stepId }) =>
    `Restart from ${isolated(cut(nameOf(stepName ?? '', stepId ?? 'a step'), 80))}`,
  create: () => 'Create',
  'dealt-with': () => 'Mark as dealt with',
  'not-dealt-with': () => 'Undo “dealt with”',
};

/** What was done, in a few words. */
export const actionWords = (row: ActivityRow) => ACTIONS[row.action](row);

/** Who did it: a mark is this computer's alone, all else is done as somebody in SolveXia. */
export function byWords({ action, osUser, identity }: ActivityRow): string {
  const who = isolated(osUser);
  const isMark = action === 'dealt-with' || action === 'not-dealt-with';
  return isMark ? `by ${who}` : `by ${who} as ${isolated(identity)}`;
}

export const attemptWords = (attempt: number) => `attempt ${attempt.toLocaleString()}`;

/** Where the table of Activity is now. */
export const exportedWords = (place: string) => `Activity is saved as “${isolated(place)}”.`;
