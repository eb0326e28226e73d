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
