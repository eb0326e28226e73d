/** What the list of steps shows, worked out from a run's detail. */
import type { RunDetail, StepRow } from '../../generated/contract';
import { compareOrder } from '../../words/runs';

export type Line =
  { kind: 'step'; key: string; step: StepRow } | { kind: 'gap'; key: string; place: string };

/** Steps in the order given, and each gap at its place among them. */
export function lines(detail: Pick<RunDetail, 'steps' | 'gaps'>): Line[] {
  const all: Line[] = detail.steps.map((step) => ({ kind: 'step', key: step.stepId, step }));
  for (const place of detail.gaps) {
    const after = all.findIndex((line) => compareOrder(placeOf(line) ?? place, place) > 0);
    const byHand = all.findIndex((line) => placeOf(line) === null);
    const end = byHand === -1 ? all.length : byHand;
    all.splice(after === -1 ? end : after, 0, { kind: 'gap', key: `gap ${place}`, place });
  }
  return all;
}

function placeOf(line: Line): string | null {
  return line.kind === 'gap' ? line.place : line.step.order;
}

/** The reason that most steps share for not being restarted from: said once, above the list. */
export function commonReason(steps: StepRow[]): string | null {
  const counts = new Map<string, number>();
  for (const { restart } of steps) {
    if (!restart.allowed && restart.reason) {
      counts.set(restart.reason, (counts.get(restart.reason) ?? 0) + 1);
    }
  }
  let common: string | null = null;
  for (const [reason, times] of counts) {
    if (times > 1 && times > (counts.get(common ?? '') ?? 0)) common = reason;
  }
  return common;
}
