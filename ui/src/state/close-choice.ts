/** Which close is in sight, and which board of two counts. Pure functions. */
import type { CloseBoard, CloseRow, PlanRow } from '../generated/contract';

/** A plan, and one of its closes if it has any. */
export interface Shown {
  planId: string;
  periodLast: string | null;
}

export const closeKey = ({ planId, periodLast }: Shown) => `${planId}/${periodLast ?? ''}`;

/** The board that was worked out later. */
export function newerOf(known: CloseBoard | undefined, board: CloseBoard): CloseBoard {
  return known && known.seq >= board.seq ? known : board;
}

/**
 * What somebody most likely wants to see: the close whose cut-off is nearest, before or after now, else the
 * latest one, else a plan.
 */
export function bestClose(plans: PlanRow[], now: number): Shown | null {
  const all = plans.flatMap(({ closes }) => closes);
  const going = all.filter(({ archived, state }) => !archived && state !== 'done');
  const distance = ({ cutOff }: CloseRow) => Math.abs(cutOff - now);
  const nearest = by(going, (a, b) => distance(a) - distance(b));
  const latest = by(all, (a, b) => Number(a.archived) - Number(b.archived) || b.cutOff - a.cutOff);
  const best = nearest ?? latest;
  if (best) return best.close;
  const planId = plans[0]?.plan.planId ?? null;
  return planId === null ? null : { planId, periodLast: null };
}

const by = (rows: CloseRow[], order: (a: CloseRow, b: CloseRow) => number) =>
  [...rows].sort(order)[0];
