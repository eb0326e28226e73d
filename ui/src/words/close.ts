/** What people read on the board of a close. Pure functions. */
import type {
  BoardItem,
  BoardItemState,
  BoardState,
  BoundBy,
  CloseBoard,
  ErrorCode,
  PlanRow,
} from '../generated/contract';
import { away, span, timesIn } from './close-times';
import { isolated, nameOf } from './names';
import { count, cut, outcomeStanding, type Standing } from './runs';

/** The state in a word or two, for a list of closes. */
export const STATE_WORDS: Record<BoardState, string> = {
  'on-track': 'On track',
  'at-risk': 'At risk',
  'expected-late': 'Expected late',
  late: 'Late',
  blocked: 'Blocked',
  unknown: 'No forecast',
  done: 'Done',
};

/** “On track” is no success yet: only what is done has its icon. */
const STATE_LOOKS: Record<BoardState, Omit<Standing, 'word'>> = {
  'on-track': { icon: 'scheduled', tone: 'good' },
  'at-risk': { icon: 'warnings', tone: 'warn' },
  'expected-late': { icon: 'timed-out', tone: 'bad' },
  late: { icon: 'timed-out', tone: 'bad' },
  blocked: { icon: 'failed', tone: 'bad' },
  unknown: { icon: 'unknown', tone: 'warn' },
  done: { icon: 'succeeded', tone: 'good' },
};

/** How the close stands, in a sentence. */
export function boardStanding(board: CloseBoard, now: number): Standing {
  const at = timesIn(board.zone).time(board.cutOff, now);
  const words: Record<BoardState, string> = {
    'on-track': `On track for ${at}`,
    'at-risk': `At risk: ${at} may be missed`,
    'expected-late': `Expected late: ${at} is unlikely to be made`,
    late: `Late: the cut-off was ${at}`,
    blocked: `Blocked – the cut-off is ${at}`,
    unknown: `No forecast – the cut-off is ${at}`,
    done: doneWords(board, now),
  };
  const isLate = board.through !== null && board.through > board.cutOff;
  const look = STATE_LOOKS[board.state];
  const tone = board.state === 'done' && isLate ? 'warn' : look.tone;
  return { ...look, tone, word: words[board.state] };
}

function doneWords({ through, cutOff, zone }: CloseBoard, now: number): string {
  if (through === null) return 'Done';
  const minutes = Math.round(Math.abs(cutOff - through) / 60_000);
  const side = through > cutOff ? 'after' : 'before';
  const beside = minutes === 0 ? 'at' : `${span(minutes)} ${side}`;
  return `Done at ${timesIn(zone).time(through, now)}, ${beside} the cut-off`;
}

/** Names by process, as sentences use them. */
export function namesOf(items: { processId: string; name: string }[]): (id: string) => string {
  const names = new Map(items.map(({ processId, name }) => [processId, nameOf(name, processId)]));
  return (id) => isolated(cut(names.get(id) ?? id, 60));
}

/** `A`, `A and B`, `A, B and 3 more`. */
export function listed(names: string[], most = 3): string {
  const [first = '', second] = names;
  if (names.length <= 1) return first;
  if (names.length === 2 && second !== undefined) return `${first} and ${second}`;
  if (names.length <= most) return `${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}`;
  return `${names.slice(0, most - 1).join(', ')} and ${names.length - most + 1} more`;
}

/** Nothing is foreseen where something is blocked or unknown, or all is done. */
const isForeseen = ({ state }: CloseBoard) => !['blocked', 'unknown', 'done'].includes(state);

/** `80%`. */
export const chanceOf = (board: CloseBoard) => (isForeseen(board) ? board.percent : null);

/** What a close's finish is, as far as one is foreseen. */
const finishOf = (board: CloseBoard) => (isForeseen(board) ? board.finish : null);

/** `≈ 17:10, between 16:40 and 17:45`. */
export function finishWords(board: CloseBoard, now: number): string | null {
  const finish = finishOf(board);
  if (finish === null) return null;
  const times = timesIn(board.zone);
  const middle = times.time(finish.middle, now);
  const [early, late] = times.band(finish.early, finish.late, finish.middle, now);
  return early === late ? `≈ ${middle}` : `≈ ${middle}, between ${early} and ${late}`;
}

/** What is left between the late end of the finish and the cut-off; its middle may lie before that all the same. */
export function slackWords(board: CloseBoard): string | null {
  if (board.slackSeconds === null || finishOf(board) === null) return null;
  const minutes = Math.round(board.slackSeconds / 60);
  return minutes >= 0 ? span(minutes) : `none – the late end is ${span(-minutes)} past the cut-off`;
}

/** What keeps the board from saying when it is done, and what can be done; nothing where it can. */
export function hindrance(board: CloseBoard, now: number): string[] {
  if (board.state === 'done') return [];
  const blocked = board.items.filter(({ processId }) => board.blocked.includes(processId));
  if (board.blocked.length === 0) return board.cannotTell === null ? [] : [board.cannotTell];
  const name = namesOf(board.items);
  const did = board.blocked.map(name);
  const are = did.length === 1 ? 'is' : 'are';
  const first = `${listed(did)} ${are} blocked, so there is no forecast.`;
  return [first, ...blocked.flatMap((item) => restartWords(item, board, now) ?? [])];
}

/** By when a blocked item must be restarted. */
function restartWords(item: BoardItem, board: CloseBoard, now: number): string | null {
  const at = item.latestStart;
  const name = namesOf(board.items)(item.processId);
  if (item.tooLate || (at !== null && at <= now))
    return `${name}: even if it is restarted now, the cut-off is unlikely to be made.`;
  if (at === null) return null;
  const time = timesIn(board.zone).time(at, now);
  return `${name}: if it is restarted by ${time} (${away(at, now)}), the cut-off is still likely to be made.`;
}

/** What the forecast rests on. */
export const restsOn = ({ earlierCloses }: CloseBoard) =>
  earlierCloses === 0
    ? 'No earlier close yet: it rests on single runs and your estimates.'
    : `Rests on ${count(earlierCloses, 'earlier close', 'earlier closes')}.`;

/** How right the last forecasts were. */
export function scoreWords({ score: { of, held, leftOut } }: CloseBoard): string {
  const out =
    leftOut === 0
      ? ''
      : ` ${count(leftOut, 'close was', 'closes were')} left out, as something failed in ${leftOut === 1 ? 'it' : 'them'}.`;
  if (of === 0) return `No forecast can be checked yet.${out}`;
  return `Of the last ${count(of, 'forecast')}, ${held.toLocaleString()} held.${out}`;
}

const ITEM_LOOKS: Record<BoardItemState, Standing> = {
  waiting: { word: 'Waits', icon: 'unread', tone: 'neutral' },
  'waits-for-blocked': { word: 'Held up', icon: 'unread', tone: 'warn' },
  ready: { word: 'Can start', icon: 'not-started', tone: 'busy' },
  starting: { word: 'Starting', icon: 'scheduled', tone: 'busy' },
  running: { word: 'Running', icon: 'running', tone: 'busy' },
  ending: { word: 'Ended – being checked', icon: 'checking', tone: 'busy' },
  done: { word: 'Done', icon: 'succeeded', tone: 'good' },
  blocked: { word: 'Blocked', icon: 'failed', tone: 'bad' },
  asks: { word: 'Which run?', icon: 'unverified', tone: 'warn' },
  unknown: { word: 'Not known', icon: 'unknown', tone: 'warn' },
};

/** How an item stands. */
export function itemStanding(item: BoardItem): Standing {
  if (item.didNotStart) return { word: 'Did not start', icon: 'timed-out', tone: 'bad' };
  if (item.state === 'done' && item.outcome) return outcomeStanding(item.outcome);
  return ITEM_LOOKS[item.state];
}

/** What to know beside how it stands. */
export function itemDetail(item: BoardItem, board: CloseBoard, now: number): string {
  const times = timesIn(board.zone);
  const time = (at: number) => times.time(at, now);
  const { due, started, ended, state } = item;
  if (item.didNotStart && due !== null) return `Was due ${time(due)}`;
  if (item.reason !== null) return cut(item.reason, 400);
  if (state === 'asks') return `${count(item.asks.length, 'run')} could be meant`;
  if (state === 'running') return started === null ? '' : `Since ${time(started)}`;
  if (state === 'done' && started !== null && ended !== null) {
    return `${time(started)} – ${time(ended)}`;
  }
  if (state === 'ready') return READY_WORDS[item.start.kind];
  if (state !== 'waiting' && state !== 'waits-for-blocked') return '';
  const undone = board.items.filter(
    (other) => item.waitsFor.includes(other.processId) && other.state !== 'done' && !other.optional,
  );
  const name = namesOf(board.items);
  const others = listed(undone.map(({ processId }) => name(processId)));
  if (others !== '') return `Waits for ${others}`;
  return due === null ? '' : `Starts at ${time(due)}`;
}

const READY_WORDS: Record<BoardItem['start']['kind'], string> = {
  'by-hand': 'Start it by hand',
  'after-others': 'SolveXia starts it next',
  at: 'SolveXia starts it',
};

/** When it ends: the figure, its band, and both in a sentence. */
export function itemEnds(item: BoardItem, board: CloseBoard, now: number) {
  const times = timesIn(board.zone);
  const time = (at: number) => times.time(at, now);
  if (item.ended !== null) {
    return { words: time(item.ended), band: '', said: `Ended ${time(item.ended)}` };
  }
  if (item.ends === null) return null;
  const middle = time(item.ends.middle);
  const [early, late] = times.band(item.ends.early, item.ends.late, item.ends.middle, now);
  const { early: from, late: to, middle: about } = item.ends;
  const band = early === late ? '' : times.range(from, to, about, now);
  const between = early === late ? '' : `, between ${early} and ${late}`;
  return {
    words: `≈ ${middle}`,
    band,
    said: `Expected to end about ${middle}${between}. ${lengthWords(item)}`,
  };
}

const lengthWords = ({ learnedFrom }: BoardItem) =>
  learnedFrom === 0
    ? 'Its length is an estimate.'
    : `Its length rests on ${count(learnedFrom, 'earlier run')}.`;

/** What a bar says to those who do not see it. */
export function itemBarWords(item: BoardItem, board: CloseBoard, now: number): string {
  const times = timesIn(board.zone);
  const time = (at: number) => times.time(at, now);
  const began =
    item.started !== null
      ? `Started ${time(item.started)}`
      : item.starts !== null
        ? `Expected to start about ${time(item.starts)}`
        : 'Not started';
  const ends = itemEnds(item, board, now);
  return ends ? `${began}. ${ends.said}` : `${began}.`;
}

export const BOUND_WORDS: Record<BoundBy, string> = {
  'start-here': 'It was started from here.',
  rule: 'It was found by its process and its dates.',
  hand: 'You chose it.',
};

/** A close in the list of closes: a narrow one cuts the end, and how it stands must not be that. */
export function closeLabel(label: string, state: BoardState | null, archived: boolean): string {
  if (archived) return `Archived – ${label}`;
  return state === null ? label : `${STATE_WORDS[state]} – ${label}`;
}

export const NONE_OPEN = 'No close is open yet';

/** What is deleted with a plan. */
export function deletedWith({ closes }: PlanRow): string {
  const which =
    closes.length === 0
      ? 'It has no closes.'
      : `${count(closes.length, 'close', 'closes')}: ${listed(closes.map(({ label }) => label))}`;
  return which;
}

export const ACCOUNT_GONE =
  'The account of this plan was removed, so its runs cannot be seen any more. The plan and what is known of its closes are kept. Add the account again with the same environment and client id to go on, or delete the plan.';

/** What a kind of trouble is called here, where it is not SolveXia that was asked. */
export const CLOSE_ERRORS: Partial<Record<ErrorCode, string>> = {
  'bad-id': 'That does not fit',
  'not-found': 'Not found here',
  store: 'The history could not be used',
};
