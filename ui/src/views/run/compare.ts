/** An earlier run of the same process beside the open one, and what its steps usually take. Pure functions. */
import type { Forecast, Outcome, RunDetail, RunRow, StepRow } from '../../generated/contract';
import { elapsed } from '../../words/runs';
import { wentWell } from './stage';

/** A run of the same process that ended before the open one began. */
export interface Earlier {
  runId: string;
  /** Its row, while it is in the list. */
  row: RunRow | null;
  ended: number;
  seconds: number | null;
  /** None where only its duration is kept: then it succeeded. */
  outcome: Outcome | null;
}

/** How many earlier runs say what a step usually takes. */
export const ENOUGH = 5;

/** Newest first: those in the list, and those of which only the duration is kept. */
export function earlierRuns(
  row: RunRow,
  rows: Iterable<RunRow>,
  latest: Forecast['latest'],
  now: number,
): Earlier[] {
  const began = row.started ?? row.finished ?? now;
  const found = new Map<string, Earlier>();
  for (const { runId, ended, seconds } of latest) {
    found.set(runId, { runId, row: null, ended, seconds, outcome: null });
  }
  for (const other of rows) {
    const isOfProcess =
      other.accountId === row.accountId && other.processId === row.processId && !!row.processId;
    if (!isOfProcess || other.outcome === null || other.finished === null) continue;
    const { runId, finished: ended, outcome } = other;
    found.set(runId, { runId, row: other, ended, seconds: elapsed(other, false, 0), outcome });
  }
  found.delete(row.runId);
  const before = [...found.values()].filter(({ ended }) => ended <= began);
  return before.sort((a, b) => b.ended - a.ended);
}

/** The run that the open one is compared with, and whether it is last month’s. */
export interface Compared {
  run: Earlier;
  isMonthBefore: boolean;
}

const DAY = 86_400_000;
const MONTH = 30.4 * DAY;
/** A month’s close is run some days earlier or later than the last one’s, on both sides of a month’s end. */
const APART = 15 * DAY;

/** The one nearest to a month before, else the newest of all; in both, those that went well come first. */
export function comparedWith(row: RunRow, earlier: Earlier[], now: number): Compared | null {
  const aMonthBefore = (row.started ?? row.finished ?? now) - MONTH;
  const far = ({ ended }: Earlier) => Math.abs(ended - aMonthBefore);
  const near = earlier.filter((run) => far(run) <= APART).sort((a, b) => far(a) - far(b));
  const [monthBefore, before] = [bestOf(near), bestOf(earlier)];
  const run = monthBefore ?? before;
  return run ? { run, isMonthBefore: monthBefore !== undefined } : null;
}

function bestOf(runs: Earlier[]): Earlier | undefined {
  const isGood = ({ outcome }: Earlier) => outcome === null || wentWell(outcome);
  return runs.find(isGood) ?? runs[0];
}

/** How much longer this took; none where one of both is unknown, or did only a part of the work. */
export function wholeDifference(row: RunRow, { run }: Compared): number | null {
  const isWhole = row.ended && row.attempt === 1 && (run.row?.attempt ?? 1) === 1;
  const seconds = isWhole ? elapsed(row, false, 0) : null;
  return seconds === null || run.seconds === null ? null : seconds - run.seconds;
}

/** What a step took that is over. */
export const stepSeconds = (step: StepRow): number | null =>
  ['Success', 'Warning', 'Failed'].includes(step.status) ? elapsed(step, false, 0) : null;

/** The same step in another run: by its id, else by its name, which its place tells from others like it. */
export function sameStep(step: StepRow, others: StepRow[]): StepRow | null {
  const byId = others.find(({ stepId }) => stepId === step.stepId);
  if (byId) return byId;
  const named = others.filter(({ name }) => name === step.name);
  if (named.length === 1) return named[0] ?? null;
  return named.find(({ order }) => order === step.order) ?? null;
}

export interface ComparedStep {
  step: StepRow;
  seconds: number | null;
  before: number | null;
  difference: number | null;
}

/** Each step beside what it took then. */
export function compareSteps(steps: StepRow[], before: StepRow[]): ComparedStep[] {
  return steps.map((step) => {
    const then = sameStep(step, before);
    const [now, earlier] = [stepSeconds(step), then && stepSeconds(then)];
    const difference = now === null || earlier === null ? null : now - earlier;
    return { step, seconds: now, before: earlier, difference };
  });
}

/** The middle of what a step took in earlier runs where it did all of its work; none where none is known. */
export function usualStepSeconds(step: StepRow, earlier: RunDetail[]): number | null {
  const took = earlier
    .map(({ steps }) => sameStep(step, steps))
    .filter((then) => then !== null && ['Success', 'Warning'].includes(then.status))
    .flatMap((then) => (then && stepSeconds(then)) ?? [])
    .sort((a, b) => a - b);
  const [low, high] = [took[Math.floor((took.length - 1) / 2)], took[Math.floor(took.length / 2)]];
  return low === undefined || high === undefined ? null : (low + high) / 2;
}
