/** At which stage the open run is: what is said of it first, and what is offered first. Pure functions. */
import type { Outcome, RunDetail, RunRow, StepRow } from '../../generated/contract';
import { NOT_NOW, NOT_READ_YET } from '../../words/open-run';

/**
 * `stopped`: it ended, and somebody has to see to it or knows why; `checking`: it ended, and its steps are
 * still being read.
 */
export type Stage = 'to-start' | 'going' | 'checking' | 'stopped' | 'done';

/** An outcome that is missing here does not compile. */
const STAGES: Record<Outcome, Stage> = {
  succeeded: 'done',
  warnings: 'done',
  failed: 'stopped',
  cancelled: 'stopped',
  'timed-out': 'stopped',
  unverified: 'stopped',
};

/** It ended as it should, or with a warning. */
export const wentWell = (outcome: Outcome) => STAGES[outcome] === 'done';

export function stageOf({ status, ended, outcome, gone }: RunRow): Stage {
  if (outcome !== null) return STAGES[outcome];
  if (ended) return 'checking';
  if (gone) return 'going';
  // An ended word without an end: a start was asked for here, and SolveXia shows the old state.
  const waits = ['', 'NotStarted', 'Finished', 'Cancelled', 'TimedOut'].includes(status);
  return waits ? 'to-start' : 'going';
}

/** Whether a step is part of the run: one that is switched off is not. */
export const counts = (step: StepRow) => step.enabled || step.byHand;

const PASSED = ['Success', 'Warning', 'Skipped'];

/** Whether nothing more is to come of a step, and nothing went wrong with it. */
export const isPassed = (step: StepRow) => !counts(step) || PASSED.includes(step.status);

/** The step at which a run stopped: what failed comes before what was cancelled because of it. */
export function stoppedAt(steps: StepRow[]): StepRow | null {
  const counted = steps.filter(counts);
  const having = (word: string) => counted.find(({ status }) => status === word);
  return having('Failed') ?? having('Cancelled') ?? counted.find((step) => !isPassed(step)) ?? null;
}

/** How many more steps failed than the first of them. */
export function moreFailed(steps: StepRow[]): number {
  const failed = steps.filter((step) => counts(step) && step.status === 'Failed');
  return Math.max(0, failed.length - 1);
}

/** Why each action cannot be used now; none where it can. */
export interface Reasons {
  start: string | null;
  cancel: string | null;
  restart: (step: StepRow) => string | null;
}

/** `sending` is what is being sent for the run at the moment, in words. */
export function reasonsOf(detail: RunDetail | null, sending: string | null): Reasons {
  const of = (ability: RunDetail['start'] | undefined): string | null => {
    if (sending !== null) return sending;
    if (!ability) return NOT_READ_YET;
    return ability.allowed ? null : (ability.reason ?? NOT_NOW);
  };
  return {
    start: of(detail?.start),
    cancel: of(detail?.cancel),
    restart: (step) => of(step.restart),
  };
}

/** The reason that is in sight without a hover: why what matters first at this stage cannot be done. */
export function reasonInSight(
  { start, cancel, restart }: Reasons,
  stage: Stage,
  step: StepRow | null,
): string | null {
  if (stage === 'stopped' && step) return restart(step);
  return stage === 'going' ? cancel : start;
}

/** Each reason once: buttons that share one name the same text. */
export function distinctReasons(reasons: Reasons, steps: StepRow[]): string[] {
  const all = [reasons.start, reasons.cancel, ...steps.map(reasons.restart)];
  return [...new Set(all)].filter((reason) => reason !== null);
}
