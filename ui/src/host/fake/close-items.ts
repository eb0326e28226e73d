/** The items of a canned month-end. */
import type { BoardItem } from '../../generated/contract';

export const MINUTE = 60_000;

export const item = (
  over: Partial<BoardItem> & { processId: string; name: string },
): BoardItem => ({
  optional: false,
  start: { kind: 'by-hand' },
  due: null,
  didNotStart: false,
  waitsFor: [],
  state: 'waiting',
  reason: null,
  outcome: null,
  run: null,
  started: null,
  ended: null,
  starts: null,
  ends: null,
  latestStart: null,
  tooLate: false,
  learnedFrom: 6,
  asks: [],
  ...over,
});

/** The items of a close that goes well, as seen at `now`. */
export function itemsOnTrack(now: number): BoardItem[] {
  const at = (minutes: number) => now + minutes * MINUTE;
  const band = (early: number, middle: number, late: number) => ({
    early: at(early),
    middle: at(middle),
    late: at(late),
  });
  const run = (runId: string, name: string, isListed = true) => ({
    runId,
    name,
    by: 'rule' as const,
    isListed,
  });
  return [
    item({
      processId: 'p-114377',
      name: 'Accruals and prepayments',
      state: 'done',
      outcome: 'succeeded',
      run: run('pr-263052', 'Accruals and prepayments : November'),
      started: at(-260),
      ended: at(-253),
    }),
    item({
      processId: 'p-114301',
      name: 'FX revaluation',
      start: { kind: 'after-others' },
      waitsFor: ['p-114377'],
      state: 'done',
      outcome: 'warnings',
      run: run('pr-263060', 'FX revaluation : November'),
      started: at(-171),
      ended: at(-107),
    }),
    item({
      processId: 'p-114322',
      name: 'Intercompany matching',
      waitsFor: ['p-114301'],
      state: 'running',
      run: { ...run('pr-263088', 'Intercompany matching : November'), by: 'start-here' },
      started: at(-11),
      ends: band(2, 4, 8),
      learnedFrom: 10,
    }),
    item({
      processId: 'p-114410',
      name: 'Fixed assets depreciation',
      start: { kind: 'at', at: { day: 1, time: '15:00' }, graceMinutes: 15 },
      due: at(25),
      starts: at(26),
      ends: band(48, 55, 70),
      latestStart: at(64),
      learnedFrom: 5,
    }),
    item({
      processId: 'p-114350',
      name: 'Management pack',
      waitsFor: ['p-114322', 'p-114410'],
      run: run('pr-263101', 'Management pack : November, first draft'),
      starts: at(66),
      ends: band(88, 104, 128),
      latestStart: at(112),
      learnedFrom: 0,
    }),
    item({
      processId: 'p-114402',
      name: 'VAT return',
      optional: true,
      waitsFor: ['p-114322'],
      run: run('pr-262990', 'VAT return : October, corrected', false),
      starts: at(40),
      ends: band(60, 66, 90),
      latestStart: at(160),
      learnedFrom: 3,
    }),
  ];
}
