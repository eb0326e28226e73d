/** What the fake host says of a run: how it ended, and which actions make sense now. */
import type { Availability, Outcome, StepRow } from '../../generated/contract';
import type { FakeRun } from './world';

export const ENDED = ['Finished', 'Cancelled', 'TimedOut'];
const GOING = ['Running', 'Scheduled'];

export const yes = (warning: string | null = null): Availability => ({
  allowed: true,
  reason: null,
  warning,
});
const no = (reason: string): Availability => ({ allowed: false, reason, warning: null });

export const TITLES: Record<Outcome, string> = {
  succeeded: 'Succeeded',
  warnings: 'Succeeded with warnings',
  failed: 'Failed',
  cancelled: 'Cancelled',
  'timed-out': 'Timed out',
  unverified: 'Ended, could not be verified',
};

export function outcomeOf(run: FakeRun): Outcome {
  if (run.row.status === 'Cancelled') return 'cancelled';
  if (run.row.status === 'TimedOut') return 'timed-out';
  const words = run.steps.filter((step) => step.enabled).map((step) => step.status);
  if (words.includes('Failed') || words.includes('Cancelled')) return 'failed';
  if (words.length === 0) return 'unverified';
  return words.includes('Warning') ? 'warnings' : 'succeeded';
}

export function summaryOf(run: FakeRun): string {
  const listed = run.steps.filter((step) => step.enabled);
  const of = (word: string) => listed.filter((step) => step.status === word).length;
  switch (run.row.outcome) {
    case 'succeeded': {
      const skipped = of('Skipped');
      return skipped
        ? `${of('Success')} of ${listed.length} listed steps succeeded, ${skipped} skipped.`
        : `All ${listed.length} listed steps succeeded.`;
    }
    case 'warnings':
      return `${of('Warning')} of ${listed.length} listed steps ended with a warning.`;
    case 'failed':
      return `${of('Failed')} of ${listed.length} listed steps failed.`;
    case 'cancelled':
      return 'It was cancelled.';
    case 'timed-out':
      return 'SolveXia stopped it because it took too long.';
    case 'unverified':
      return 'SolveXia lists no step that could prove how it ended.';
    case null:
      break;
  }
  if (run.row.ended) return 'It has ended. Its steps are being read to see how.';
  if (run.row.status === 'NotStarted') return 'It has not been started.';
  if (run.row.status === 'Scheduled') return 'It is scheduled and starts soon.';
  if (run.row.status === 'Running') return 'It is running.';
  return `SolveXia says “${run.row.status}”, a word that Runwatch does not know.`;
}

const known = (run: FakeRun) => ['NotStarted', ...GOING, ...ENDED].includes(run.row.status);

export function start(run: FakeRun, readOnly: string | null): Availability {
  if (readOnly) return no(readOnly);
  if (run.row.status === 'Running') return no('It is running.');
  if (run.row.status === 'Scheduled') return no('It is scheduled and about to run.');
  if (!known(run)) {
    return no(
      `SolveXia says “${run.row.status}”, which Runwatch does not know, so it cannot tell whether a start is safe.`,
    );
  }
  return run.row.ended
    ? yes('It has run before. Starting it again runs all its steps again.')
    : yes();
}

export function cancel(run: FakeRun, readOnly: string | null): Availability {
  if (readOnly) return no(readOnly);
  if (run.row.ended) return no('It has ended.');
  return run.row.status === 'NotStarted' ? no('It has not started.') : yes();
}

export function restart(run: FakeRun, step: StepRow, readOnly: string | null): Availability {
  if (readOnly) return no(readOnly);
  if (!step.enabled) return no('This step is switched off in SolveXia.');
  if (run.row.status === 'NotStarted') return no('The run has not started yet.');
  if (GOING.includes(run.row.status)) return no('The run is going.');
  return known(run) ? yes() : no('The run may be going.');
}
