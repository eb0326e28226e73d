/** Plans and boards for the tests of the close board. */
import type { BoardItem, CloseBoard, CloseRef, CloseRow, PlanRow } from '../generated/contract';
import { item } from '../host/fake/close-items';
import { newPlan } from './plan-draft';

export const HOUR = 3_600_000;
/** 2 December 2026, 15:00 in Sydney. */
export const NOW = Date.UTC(2026, 11, 2, 4, 0);
export const NOVEMBER: CloseRef = { planId: 'plan-1', periodLast: '2026-11-30' };
export const OCTOBER: CloseRef = { planId: 'plan-1', periodLast: '2026-10-31' };

export const boardItem = (over: Partial<BoardItem> = {}) =>
  item({ processId: 'p-1', name: 'Bank reconciliation', ...over });

/** On track: 18:00 in Sydney, with an hour of slack. */
export function board(over: Partial<CloseBoard> = {}): CloseBoard {
  return {
    close: NOVEMBER,
    seq: 1,
    madeAt: NOW,
    seenAt: NOW,
    planName: 'Month-end close',
    accountId: 'a',
    zone: 'Australia/Sydney',
    label: 'November 2026',
    opens: NOW - 100 * HOUR,
    cutOff: NOW + 3 * HOUR,
    archived: false,
    state: 'on-track',
    percent: 80,
    finish: { early: NOW + HOUR, middle: NOW + 1.5 * HOUR, late: NOW + 2 * HOUR },
    slackSeconds: 3600,
    decidedBy: ['p-1'],
    blocked: [],
    cannotTell: null,
    through: null,
    earlierCloses: 6,
    score: { of: 20, held: 16, leftOut: 0 },
    items: [boardItem()],
    notes: [],
    moved: [],
    ...over,
  };
}

export function closeRow(over: Partial<CloseRow> = {}): CloseRow {
  return {
    close: NOVEMBER,
    label: 'November 2026',
    cutOff: NOW + 3 * HOUR,
    state: 'on-track',
    archived: false,
    ...over,
  };
}

export function planRow(closes: CloseRow[] = [closeRow()], planId = 'plan-1'): PlanRow {
  const plan = { ...newPlan('a', 'Australia/Sydney'), planId };
  return { plan, accountIsGone: false, closes };
}
