/** What people read in and around the list of runs. Pure functions. */
import {
  outcomeWords,
  type ListSince,
  type ListTab,
  type Outcome,
  type RunRow,
} from '../generated/contract';
import { isolated, nameOf, quoted } from './names';
import { RUN_ACTIONS } from './open-run';
import {
  count,
  duration,
  elapsed,
  fullMoment,
  isGoing,
  moment,
  roughly,
  runStanding,
  shortMoment,
  timeOfDay,
  WIDEST_MOMENTS,
} from './runs';

export const TAB_WORDS: Record<ListTab, string> = {
  attention: 'Attention',
  running: 'Running',
  'to-start': 'To start',
  done: 'Done',
  all: 'All',
};

/** What an empty tab says. */
export const EMPTY_WORDS: Record<ListTab, { title: string; words: string }> = {
  attention: {
    title: 'Nothing needs you',
    words:
      'Runs that failed, timed out, could not be verified or are late appear here until you mark them as dealt with.',
  },
  running: { title: 'Nothing is running', words: 'Runs appear here while SolveXia works on them.' },
  'to-start': { title: 'Nothing to start', words: 'Runs that have not been started appear here.' },
  done: { title: 'Nothing done yet', words: 'Runs appear here once they have ended.' },
  all: {
    title: 'No runs yet',
    words:
      'Paste the id or the address of a run above, or choose one from SolveXia. Then watch it to be told how it ends.',
  },
};

/** What the list says where its filters or its search leave nothing, or all runs are archived. */
export const NO_MATCH = {
  title: 'No run matches',
  allArchived: 'All runs are archived',
  clearFilters: 'Clear the filters',
  search: (text: string) => `No run here matches “${isolated(text)}”.`,
  filters: (n: number, tab: string) => `The filters hide all ${count(n, 'run')} in “${tab}”.`,
  inAll: (n: number) => `Show ${count(n, 'match', 'matches')} in All`,
  archived: (n: number) => `Show ${count(n, 'archived run')}`,
};

export const NOTE = {
  title: RUN_ACTIONS.handle,
  label: (runs: string) => `What was done about ${runs}`,
  hint: 'Optional. The note is kept on this computer with your name and the time. SolveXia does not get it.',
};

export const SAVE_VIEW = {
  title: 'Save this view',
  name: 'Name',
  hint: (tab: string) =>
    `Adds a tab that shows “${tab}” with the current filters, order and grouping.`,
  isTab: 'A tab has this name already. Choose another one.',
  replaces: 'It replaces the view of this name.',
};

export const countEnded = (n: number) => count(n, 'ended run');

/** The menu of the list. */
export const LIST_MENU = {
  label: 'List',
  button: 'More for this list',
  archive: (n: number) => (n === 0 ? 'Archive ended runs' : `Archive ${countEnded(n)}`),
  archiveHint: (n: number) =>
    n === 0
      ? 'There are none to archive.'
      : 'They leave the list, but not SolveXia or this computer.',
  group: 'Group by process',
  archived: 'Show archived',
  removeView: (name: string) => `Remove the view “${isolated(name)}”`,
  viewRemoved: (name: string) => `The view “${isolated(name)}” was removed.`,
};

const ENDED_STATUSES: Partial<Record<string, string>> = {
  Finished: 'Finished',
  Cancelled: 'Cancelled',
  TimedOut: 'Timed out',
};

/** SolveXia's status in words. What it says of an end is not how the run ended. */
export function statusWord(status: string): string {
  const going = { status, ended: false, outcome: null, gone: false };
  return ENDED_STATUSES[status] ?? runStanding(going).word;
}

export const SINCE_WORDS: Record<ListSince, string> = {
  today: 'Since today',
  yesterday: 'Since yesterday',
  week: 'In the last 7 days',
  month: 'In the last 30 days',
};

/** All outcomes, what wants a look first. */
export const OUTCOMES = Object.keys(outcomeWords) as Outcome[];

/** A process as it is shown; its id until its name was read. */
export function processName({ processName: name, processId: id }: RunRow): string {
  if (name !== null) return nameOf(name, id ?? name);
  return id ?? 'No process';
}

/** A process beside its run's name; nothing where that begins with it. */
export function processBeside(row: RunRow): string | null {
  const { processName: name } = row;
  if (name === null || row.name.toLowerCase().startsWith(name.trim().toLowerCase())) return null;
  return nameOf(name, row.processId ?? name);
}

/** The step in `3 of 5 · Match`: where a run stands; one that only warned kept it from nothing. */
export function stepShown({ atStep, outcome }: RunRow): { place: string; name: string } | null {
  if (atStep === null || outcome === 'warnings') return null;
  return { place: `${atStep.place} of ${atStep.of} · `, name: nameOf(atStep.name, 'unnamed step') };
}

const about = (moment: string) => `≈ ${moment}`;

/** What a column of ends has room for. */
export const WIDEST_ENDS = [...WIDEST_MOMENTS.near.map(about), ...WIDEST_MOMENTS.far];

/**
 * When it ended, or is expected to; for the row, and all of it for a hover. In an unknown zone the date of an end
 * is no moment: it may lie hours ahead.
 */
export function endCell(
  row: RunRow,
  now: number,
  isZoneKnown = true,
): { words: string; title: string } | null {
  if (row.ended) {
    if (row.finished === null) return null;
    return isZoneKnown
      ? { words: shortMoment(row.finished, now), title: fullMoment(row.finished) }
      : { words: '–', title: ZONE_OF_END };
  }
  if (row.gone) return null;
  if (row.isLate || row.isLong) {
    return { words: 'Late', title: `It takes longer than nine of ten runs do${usually(row)}.` };
  }
  if (row.ends === null) return null;
  const band = row.endsBetween && bandWords(row.endsBetween, now);
  const title = `Expected to end about ${timeOfDay(row.ends, now)}${band ? `, between ${band.join(' and ')}` : ''}${usually(row)}.`;
  return { words: about(shortMoment(row.ends, now)), title };
}

const ZONE_OF_END =
  'SolveXia does not say in which time zone its end is, and Runwatch has not learned it yet. The open run shows the date as it came.';

const usually = ({ usualSeconds }: RunRow) =>
  usualSeconds === null ? '' : `; it usually takes ${roughly(usualSeconds)}`;

function bandWords([early, late]: [number, number], now: number): [string, string] {
  return [timeOfDay(early, now), timeOfDay(late, now)];
}

/** How much longer or shorter it took than usual; nothing where that is not worth a word. */
export function difference(row: RunRow): { words: string; isLonger: boolean } | null {
  const took = row.ended ? elapsed(row, false, 0) : null;
  if (took === null || row.usualSeconds === null) return null;
  const seconds = took - row.usualSeconds;
  if (Math.abs(seconds) < Math.max(10, row.usualSeconds * 0.05)) return null;
  const words = short(Math.abs(seconds));
  return { words: `${seconds > 0 ? '+' : '−'}${words}`, isLonger: seconds > 0 };
}

/** What a column of durations has room for; a longer one is cut. */
export const WIDEST_TOOK = [duration(59 * 60 + 59), duration(99 * 3600)];
export const WIDEST_DIFFERENCE = `−${short(59 * 60)}`;

/** One unit is enough for a difference: `40 s`, `3 min`, `1.5 h`. */
function short(seconds: number): string {
  if (seconds < 60) return `${Math.round(seconds)} s`;
  if (seconds < 5400) return `${Math.round(seconds / 60)} min`;
  return `${(seconds / 3600).toFixed(1)} h`;
}

/** Took and usual, for a hover and a screen reader. */
export function tookTitle(row: RunRow, now: number): string {
  const took = elapsed(row, isGoing(row), now);
  const words = took === null ? [] : [`${isGoing(row) ? 'Running for' : 'Took'} ${duration(took)}`];
  if (row.usualSeconds !== null) words.push(`usually ${roughly(row.usualSeconds)}`);
  return words.join('; ');
}

/** `Tax provision ≈ 18:40 (17:55–19:30)`: which of these runs ends last. */
export interface LastEnd {
  row: RunRow;
  time: string;
  band: string | null;
  /** How many more run for nobody knows how long. */
  unknown: number;
}

export function lastEnd(rows: RunRow[], now: number): LastEnd | null {
  const going = rows.filter((row) => isGoing(row));
  let last: RunRow | null = null;
  for (const row of going) if (row.ends !== null && row.ends > (last?.ends ?? 0)) last = row;
  if (!last || last.ends === null) return null;
  const band = last.endsBetween && bandWords(last.endsBetween, now).join('–');
  const unknown = going.filter(({ ends }) => ends === null).length;
  return { row: last, time: timeOfDay(last.ends, now), band, unknown };
}

/** Short enough to be never cut; its title says it whole. */
export const unknownEnds = (n: number) => `+ ${n.toLocaleString()} unknown`;
export const unknownEndsTitle = (n: number) =>
  `${n.toLocaleString()} more, with no forecast of their end`;

/** Several runs, named as far as a sentence allows. */
export function runsNamed(rows: RunRow[]): string {
  const [first] = rows;
  return rows.length === 1 && first ? quoted(first.name, first.runId) : count(rows.length, 'run');
}

/** Who dealt with it, and when. */
export function handledWords(handled: NonNullable<RunRow['handled']>, now: number): string {
  const note = handled.note === '' ? '' : `: ${isolated(handled.note)}`;
  return `Dealt with by ${isolated(handled.who)}, ${moment(handled.at, now)}${note}`;
}

/** What a bar of the timeline says to those who do not see it. */
export function barWords(row: RunRow, now: number): string {
  if (row.started === null) return 'Not started';
  const began = `Started ${timeOfDay(row.started, now)}`;
  if (row.finished !== null) return `${began}, ended ${timeOfDay(row.finished, now)}`;
  const end = endCell(row, now);
  return end ? `${began}. ${end.title}` : `${began}. No expected end yet`;
}
