/** A small SolveXia in the page: enough behaviour to see every state of the window. */
import type {
  Ability,
  AccountView,
  ActivityRow,
  InboxItem,
  Outcome,
  RunDetail,
  RunRow,
  StepRow,
  Update,
} from '../../generated/contract';
import { places, type SampleRun, type SampleStep } from './sample';

export interface FakeRun {
  row: RunRow;
  description: string | null;
  steps: StepRow[];
  gaps: string[];
  stepsReadAt: number | null;
}

const yes = (warning: string | null = null): Ability => ({ allowed: true, reason: null, warning });
const no = (reason: string): Ability => ({ allowed: false, reason, warning: null });

const ENDED = ['Finished', 'Cancelled', 'TimedOut'];
const GOING = ['Running', 'Scheduled'];

export class World {
  runs: FakeRun[] = [];
  inbox: InboxItem[] = [];
  activity: ActivityRow[] = [];
  send: (update: Update) => void = () => undefined;
  private seq = 100;
  private nextId = 1000;

  constructor(public account: AccountView) {}

  id(): number {
    return (this.nextId += 1);
  }

  add(sample: SampleRun): FakeRun {
    const now = Date.now();
    const started = sample.started === null ? null : now - sample.started * 60_000;
    const ended = ENDED.includes(sample.status);
    const run: FakeRun = {
      row: {
        accountId: this.account.id,
        runId: sample.id,
        name: sample.name,
        processId: sample.process,
        watched: sample.watched,
        status: sample.status,
        ended,
        outcome: null,
        summary: '',
        started,
        finished:
          ended && started !== null && sample.seconds !== null
            ? started + sample.seconds * 1000
            : null,
        durationSeconds: sample.seconds,
        seenAt: now - 2000,
        attempt: 1,
        problem: null,
        busy: false,
        seq: (this.seq += 1),
      },
      description: sample.description,
      steps: steps(sample.steps, places(sample.steps.length, sample.gaps), started),
      gaps: sample.gaps ?? [],
      stepsReadAt: now - 3000,
    };
    if (ended) run.row.outcome = outcomeOf(run);
    run.row.summary = summaryOf(run);
    this.runs.push(run);
    return run;
  }

  find(runId: string): FakeRun | undefined {
    return this.runs.find((run) => run.row.runId === runId);
  }

  detail(run: FakeRun): RunDetail {
    return {
      row: { ...run.row },
      description: run.description,
      lastModifiedBy: null,
      dateCreated: (run.row.started ?? Date.now()) - 3_600_000,
      dateModified: null,
      steps: run.steps.map((step) => ({ ...step, restart: restart(run, step) })),
      gaps: [...run.gaps],
      stepsReadAt: run.stepsReadAt,
      stepsProblem: null,
      start: start(run),
      cancel: cancel(run),
    };
  }

  /** Tells the page that a run changed. */
  changed(run: FakeRun): void {
    run.row = { ...run.row, seq: (this.seq += 1), seenAt: Date.now(), summary: summaryOf(run) };
    run.stepsReadAt = Date.now();
    this.send({ type: 'run', row: run.row });
  }

  begin(run: FakeRun, from = 0): void {
    run.steps = run.steps.map((step, i) =>
      i < from
        ? step
        : {
            ...step,
            status: 'NotStarted',
            started: null,
            finished: null,
            durationSeconds: null,
            message: '',
          },
    );
    Object.assign(run.row, {
      status: 'Scheduled',
      ended: false,
      outcome: null,
      started: null,
      finished: null,
      durationSeconds: null,
      watched: true,
      attempt: run.row.attempt + 1,
    });
    this.changed(run);
  }

  stop(run: FakeRun): void {
    run.steps = run.steps.map((step) =>
      step.status === 'Running' ? { ...step, status: 'Cancelled', finished: Date.now() } : step,
    );
    this.finish(run, 'Cancelled');
  }

  /** Moves everything that is going one step on. */
  tick(): void {
    for (const run of this.runs) {
      if (run.row.status === 'Scheduled') {
        Object.assign(run.row, { status: 'Running', started: Date.now() });
        this.advance(run);
      } else if (run.row.status === 'Running') this.advance(run);
      else if (run.row.ended && run.row.outcome === null) {
        run.row.outcome = outcomeOf(run);
        this.changed(run);
        if (run.row.watched) this.tell(run, run.row.outcome);
      }
    }
  }

  tell(run: FakeRun, outcome: Outcome, at = Date.now(), read = false): void {
    const failed = run.steps.find((step) => step.status === 'Failed');
    const item: InboxItem = {
      id: this.id(),
      kind: 'ended',
      accountId: run.row.accountId,
      runId: run.row.runId,
      outcome,
      title: `${TITLES[outcome]}: ${run.row.name}`,
      body: [summaryOf(run), failed ? `${failed.order} ${failed.name}: ${failed.message}` : '']
        .filter(Boolean)
        .join(' '),
      at,
      read,
    };
    this.inbox.unshift(item);
    this.send({ type: 'inbox', item });
  }

  private advance(run: FakeRun): void {
    const now = Date.now();
    const current = run.steps.findIndex((step) => step.status === 'Running');
    const next = run.steps.findIndex(
      (step, i) => i > current && step.enabled && step.status === 'NotStarted',
    );
    run.steps = run.steps.map((step, i) => {
      if (i === current)
        return { ...step, status: 'Success', finished: now, message: 'step completed' };
      if (i === next) {
        return { ...step, status: 'Running', started: now, message: 'step is currently running' };
      }
      return step;
    });
    if (next === -1) this.finish(run, 'Finished');
    else this.changed(run);
  }

  private finish(run: FakeRun, status: string): void {
    Object.assign(run.row, { status, ended: true, finished: Date.now() });
    this.changed(run);
  }
}

function steps(samples: SampleStep[], orders: string[], began: number | null): StepRow[] {
  let at = began ?? 0;
  return samples.map((sample, i) => {
    const started = sample.status === 'NotStarted' || sample.status === 'Skipped' ? null : at;
    at += (sample.seconds ?? 0) * 1000;
    return {
      stepId: `ds-${2068200 + i}`,
      name: sample.name,
      order: orders[i] ?? null,
      enabled: sample.enabled ?? true,
      byHand: false,
      status: sample.enabled === false ? '' : sample.status,
      started,
      finished: sample.seconds === undefined || started === null ? null : at,
      durationSeconds: sample.seconds ?? null,
      message: sample.message ?? '',
      problem: null,
      restart: yes(),
    };
  });
}

const TITLES: Record<Outcome, string> = {
  succeeded: 'Succeeded',
  warnings: 'Succeeded with warnings',
  failed: 'Failed',
  cancelled: 'Cancelled',
  'timed-out': 'Timed out',
  unverified: 'Ended, could not be verified',
};

function outcomeOf(run: FakeRun): Outcome {
  if (run.row.status === 'Cancelled') return 'cancelled';
  if (run.row.status === 'TimedOut') return 'timed-out';
  const words = run.steps.filter((step) => step.enabled).map((step) => step.status);
  if (words.includes('Failed') || words.includes('Cancelled')) return 'failed';
  if (words.length === 0) return 'unverified';
  return words.includes('Warning') ? 'warnings' : 'succeeded';
}

function summaryOf(run: FakeRun): string {
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
      return `${of('Failed')} of ${listed.length} listed steps failed or was cancelled.`;
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

function start(run: FakeRun): Ability {
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

function cancel(run: FakeRun): Ability {
  if (run.row.ended) return no('It has ended.');
  return run.row.status === 'NotStarted' ? no('It has not started.') : yes();
}

function restart(run: FakeRun, step: StepRow): Ability {
  if (!step.enabled) return no('This step is switched off in SolveXia.');
  if (run.row.status === 'NotStarted') return no('The run has not started yet.');
  if (GOING.includes(run.row.status)) return no('The run is going.');
  return known(run) ? yes() : no('The run may be going.');
}
