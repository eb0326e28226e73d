/** What the sample data's earlier runs say: most processes have some, one has none. */
import type { Forecast, RunRow } from '../../generated/contract';
import type { FakeRun } from './world';

const LATEST = [731, 694, 802, 655, 760, 1088, 720, 548, 707, 733];
const USUAL = 720;

export function forecastOf({ row, steps }: FakeRun): Forecast {
  const now = Date.now();
  const known = Number(row.runId.replace(/\D/g, '')) % 4 !== 1 && row.attempt === 1;
  const going = row.status === 'Running' && row.started !== null;
  const elapsed = going ? (now - (row.started ?? now)) / 1000 : 0;
  const isLate = known && elapsed > 1080;
  const left = Math.max(USUAL - elapsed, USUAL / 10);
  const counted = steps.filter((step) => step.enabled);
  const over = counted.filter((step) => !['NotStarted', 'Running'].includes(step.status)).length;
  const bySteps = going && counted.length > 0 ? over / counted.length : null;
  const soon = (share: number) => Math.round(now + left * share * 1000);
  return {
    learnedFrom: known ? LATEST.length : 0,
    usualSeconds: known ? USUAL : null,
    bandSeconds: known ? [540, 1080] : null,
    ends: known && going && !isLate ? soon(1) : null,
    endsBetween: known && going && !isLate ? [soon(0.7), soon(1.6)] : null,
    progress: known && going ? Math.min(0.99, elapsed / (elapsed + left)) : bySteps,
    stepsOver: going ? over : null,
    stepsCounted: going ? counted.length : null,
    isLate,
    isLong: known && elapsed > 1.5 * USUAL,
    latest: known
      ? LATEST.map((seconds, i) => ({
          runId: `pr-${261000 - i * 411}`,
          ended: now - (i + 1) * 86_400_000,
          seconds,
        }))
      : [],
  };
}

/** What of it stands in the row. */
export function ofRow({ ends, isLong }: Forecast): Pick<RunRow, 'ends' | 'isLong'> {
  return { ends, isLong };
}
