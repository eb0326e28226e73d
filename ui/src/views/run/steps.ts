/** What the list of steps shows, worked out from a run's detail. */
import type { RunDetail, StepRow } from '../../generated/contract';
import { compareOrder } from '../../words/runs';

export type Line =
  { kind: 'step'; key: string; step: StepRow } | { kind: 'gap'; key: string; place: string };

/** Steps in the order given, and each gap at its place among them; steps without a place come last. */
export function lines({ steps, gaps }: Pick<RunDetail, 'steps' | 'gaps'>): Line[] {
  const waiting = [...gaps].sort((a, b) => compareOrder(b, a));
  const all: Line[] = [];
  const gapsBefore = (order: string | null) => {
    for (let place = waiting.at(-1); place !== undefined; place = waiting.at(-1)) {
      if (order !== null && compareOrder(order, place) <= 0) return;
      all.push({ kind: 'gap', key: `gap ${place}`, place });
      waiting.pop();
    }
  };
  for (const step of steps) {
    gapsBefore(step.order);
    all.push({ kind: 'step', key: step.stepId, step });
  }
  gapsBefore(null);
  return all;
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
