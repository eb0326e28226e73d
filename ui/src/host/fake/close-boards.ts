/** Canned boards of a month-end, one for each way in which a close can stand. Nothing here is worked out. */
import type { BoardItem, BoardState, CloseBoard, CloseRef } from '../../generated/contract';
import { item, itemsOnTrack, MINUTE } from './close-items';
import type { Has } from './scenario';

export const PLAN_ID = 'plan-1';
export const CLOSE: CloseRef = { planId: PLAN_ID, periodLast: '2026-11-30' };

function boardOnTrack(now: number): CloseBoard {
  const at = (minutes: number) => now + minutes * MINUTE;
  return {
    close: CLOSE,
    seq: 10,
    madeAt: now - 20_000,
    seenAt: now - 20_000,
    planName: 'Month-end close',
    accountId: 'sample',
    zone: new Intl.DateTimeFormat().resolvedOptions().timeZone,
    label: 'November 2026',
    opens: at(-6 * 24 * 60),
    cutOff: at(165),
    archived: false,
    state: 'on-track',
    percent: 80,
    finish: { early: at(88), middle: at(104), late: at(128) },
    slackSeconds: 37 * 60,
    decidedBy: ['p-114350', 'p-114410'],
    blocked: [],
    cannotTell: null,
    through: null,
    earlierCloses: 6,
    score: { of: 20, held: 16, leftOut: 1 },
    items: itemsOnTrack(now),
    notes: [],
    moved: [],
  };
}

/** Nothing is foreseen of these. */
const NOTHING = { percent: null, finish: null, slackSeconds: null, decidedBy: [] };

function changed(
  board: CloseBoard,
  processId: string,
  over: (item: BoardItem) => Partial<BoardItem>,
): CloseBoard {
  const items = board.items.map((one) =>
    one.processId === processId ? { ...one, ...over(one) } : one,
  );
  return { ...board, items };
}

/** Later or earlier by so many minutes, with what follows from it said beforehand. */
function timed(board: CloseBoard, minutes: number, over: Partial<CloseBoard>): CloseBoard {
  const by = minutes * MINUTE;
  const items = board.items.map((one) => ({
    ...one,
    latestStart: one.latestStart === null ? null : one.latestStart + by,
  }));
  return { ...board, items, cutOff: board.cutOff + by, ...over };
}

/** Waits for what is blocked: no end and no start can be foreseen. */
const HELD: Partial<BoardItem> = { state: 'waits-for-blocked', starts: null, ends: null };

export function blockedBoard(now: number): CloseBoard {
  const board: CloseBoard = {
    ...boardOnTrack(now),
    ...NOTHING,
    state: 'blocked',
    blocked: ['p-114273'],
  };
  const bank = item({
    processId: 'p-114273',
    name: 'Bank reconciliation',
    state: 'blocked',
    reason: 'It failed: 1 of 4 listed steps failed. Column “Value date” was not found.',
    outcome: 'failed',
    run: {
      runId: 'pr-263075',
      name: 'Bank reconciliation : 30 November, main account',
      by: 'rule',
      isListed: true,
    },
    started: now - 96 * MINUTE,
    ended: now - 80 * MINUTE,
    latestStart: now + 42 * MINUTE,
  });
  const held = changed(board, 'p-114350', ({ waitsFor }) => ({
    ...HELD,
    waitsFor: [...waitsFor, 'p-114273'],
  }));
  return { ...held, items: [...held.items.slice(0, 2), bank, ...held.items.slice(2)] };
}

function unknownBoard(now: number): CloseBoard {
  const board = changed(boardOnTrack(now), 'p-114410', () => ({
    state: 'unknown',
    reason:
      'SolveXia no longer has this process, or you may no longer see it. Take it out of the plan, or ask its owner.',
    starts: null,
    ends: null,
    latestStart: null,
    learnedFrom: 0,
  }));
  const cannotTell =
    'Nobody can say how “Fixed assets depreciation” stands, so nothing is foreseen.';
  return { ...board, ...NOTHING, state: 'unknown', cannotTell };
}

/** One failed, and another one was run in SolveXia. */
function asksBoard(now: number): CloseBoard {
  const asks = [
    {
      runId: 'pr-263075',
      name: 'Bank reconciliation : 30 November, main account',
      created: now - 300 * MINUTE,
      started: now - 96 * MINUTE,
    },
    {
      runId: 'pr-263244',
      name: 'Bank reconciliation : 30 November, second try',
      created: now - 40 * MINUTE,
      started: null,
    },
  ];
  const asked = changed(blockedBoard(now), 'p-114273', () => ({
    state: 'asks',
    reason: null,
    outcome: null,
    run: null,
    started: null,
    ended: null,
    latestStart: null,
    asks,
  }));
  const board = changed(asked, 'p-114350', () => ({ state: 'waiting' }));
  const cannotTell = 'Two runs of “Bank reconciliation” could be meant. Say which one counts.';
  return { ...board, state: 'unknown', blocked: [], cannotTell };
}

function doneBoard(now: number): CloseBoard {
  const board = boardOnTrack(now);
  const items = board.items
    .filter(({ optional }) => !optional)
    .map((one, n) => ({
      ...one,
      state: 'done' as const,
      outcome: one.outcome ?? ('succeeded' as const),
      started: one.ended === null ? now - (180 - n * 40) * MINUTE : one.started,
      ended: one.ended ?? now - (160 - n * 40) * MINUTE,
      starts: null,
      ends: null,
      latestStart: null,
    }));
  const through = now;
  return { ...board, ...NOTHING, state: 'done', items, through };
}

/** As many as the largest close has, with names as people write them. */
function thirty(board: CloseBoard): CloseBoard {
  const names = [
    'Reconciliation of entity',
    'تسوية البنك للكيان',
    'Consolidation of everything '.repeat(20),
  ];
  const more = Array.from({ length: 30 - board.items.length }, (_, n) => {
    const like = board.items[n % board.items.length] as BoardItem;
    const name = `${names[n % names.length] ?? ''} ${n + 1}`;
    const run = like.run && { ...like.run, name: `${name} : November`, runId: `pr-${400_000 + n}` };
    return { ...like, processId: `p-${800_000 + n}`, name, run };
  });
  return { ...board, items: [...board.items, ...more] };
}

const STATES: Record<BoardState, (now: number) => CloseBoard> = {
  'on-track': boardOnTrack,
  'at-risk': (now) =>
    timed(boardOnTrack(now), -55, { state: 'at-risk', percent: 50, slackSeconds: -18 * 60 }),
  'expected-late': (now) =>
    timed(boardOnTrack(now), -75, { state: 'expected-late', percent: 15, slackSeconds: -38 * 60 }),
  late: (now) =>
    timed(boardOnTrack(now), -190, {
      state: 'late',
      percent: null,
      slackSeconds: -(25 + 128) * 60,
    }),
  blocked: blockedBoard,
  unknown: unknownBoard,
  done: doneBoard,
};

function chosen(has: Has, now: number): CloseBoard {
  for (const state of Object.keys(STATES) as BoardState[]) {
    if (has(`close-${state}`)) return STATES[state](now);
  }
  return has('close-asks') ? asksBoard(now) : boardOnTrack(now);
}

/** The board that the scenarios ask for. */
export function sampleBoard(has: Has, now = Date.now()): CloseBoard {
  let board = chosen(has, now);
  if (has('close-stale')) board = { ...board, seenAt: now - 25 * MINUTE };
  if (has('close-far')) board = { ...board, cutOff: now + 70 * 60 * MINUTE };
  if (has('close-ready')) {
    board = changed(board, 'p-114350', () => ({ state: 'ready', waitsFor: [], starts: now }));
    board = changed(board, 'p-114410', () => ({
      didNotStart: true,
      state: 'ready',
      due: now - 40 * MINUTE,
    }));
  }
  if (has('close-thirty')) board = thirty(board);
  if (has('close-days')) {
    const later = 3 * 24 * 60 * MINUTE;
    board = { ...board, cutOff: board.cutOff + later, slackSeconds: later / 1000 + 37 * 60 };
  }
  if (has('close-zone')) {
    const notes = [
      '“Fixed assets depreciation” is due at 02:30, which the clocks skip that night: it counts at 03:30.',
    ];
    board = { ...board, zone: 'Australia/Sydney', notes };
  }
  if (has('close-moved')) {
    board = { ...board, moved: ['The cut-off moves from Wed 2 Dec 18:00 to Thu 3 Dec 12:00.'] };
  }
  return board;
}
