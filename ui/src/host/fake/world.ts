/** A small SolveXia in the page: enough behaviour to see every state of the window. */
import type {
  AccountView,
  ActivityRow,
  InboxItem,
  Outcome,
  RunDetail,
  RunRow,
  StepRow,
  Update,
} from '../../generated/contract';
import { cancel, ENDED, outcomeOf, restart, start, summaryOf, TITLES, yes } from './judge';
import { forecastOf, ofRow } from './forecast';
import { places, type SampleRun, type SampleStep } from './sample';
import { error } from './scenario';

export interface FakeRun {
  row: RunRow;
  description: string | null;
  steps: StepRow[];
  gaps: string[];
  stepsReadAt: number | null;
}

export class World {
  runs: FakeRun[] = [];
  inbox: InboxItem[] = [];
  activity: ActivityRow[] = [];
  send: (update: Update) => void = () => undefined;
  private seq = 100;
  private nextId = 1000;

  constructor(public accounts: AccountView[]) {}

  id(): number {
    return (this.nextId += 1);
  }

  account(id: string): AccountView {
    const found = this.accounts.find((account) => account.id === id);
    if (!found) throw error('internal', `There is no account ${id}.`);
    return found;
  }

  /** Tells the page that an account came or changed. */
  accountChanged(account: AccountView): void {
    this.accounts = this.accounts.some(({ id }) => id === account.id)
      ? this.accounts.map((known) => (known.id === account.id ? account : known))
      : [...this.accounts, account];
    this.send({ type: 'account', account });
  }

  add(sample: SampleRun, accountId = this.accounts[0]?.id ?? ''): FakeRun {
    const now = Date.now();
    const started = sample.started === null ? null : now - sample.started * 60_000;
    const ended = ENDED.includes(sample.status);
    const run: FakeRun = {
      row: {
        accountId,
        runId: sample.id,
        name: sample.name,
        processId: sample.process,
        watched: sample.watched,
        muted: null,
        status: sample.status,
        ended,
        gone: false,
        outcome: null,
        summary: '',
        started,
        finished:
          ended && started !== null && sample.seconds !== null
            ? started + sample.seconds * 1000
            : null,
        durationSeconds: sample.seconds,
        ends: null,
        isLong: false,
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
    run.row = { ...run.row, ...ofRow(forecastOf(run)) };
    this.runs.push(run);
    return run;
  }

  find(runId: string): FakeRun | undefined {
    return this.runs.find((run) => run.row.runId === runId);
  }

  watchedNames(): string[] {
    return this.runs.filter(({ row }) => row.watched && !row.ended).map(({ row }) => row.name);
  }

  of(accountId: string): FakeRun[] {
    return this.runs.filter((run) => run.row.accountId === accountId);
  }

  detail(run: FakeRun): RunDetail {
    const { readOnly } = this.account(run.row.accountId);
    return {
      row: { ...run.row },
      description: run.description,
      lastModifiedBy: null,
      dateCreated: (run.row.started ?? Date.now()) - 3_600_000,
      dateModified: null,
      steps: run.steps.map((step) => ({ ...step, restart: restart(run, step, readOnly) })),
      gaps: [...run.gaps],
      stepsReadAt: run.stepsReadAt,
      stepsProblem: null,
      forecast: forecastOf(run),
      start: start(run, readOnly),
      cancel: cancel(run, readOnly),
    };
  }

  /** Tells the page that a run changed. */
  changed(run: FakeRun): void {
    const now = { seq: (this.seq += 1), seenAt: Date.now(), summary: summaryOf(run) };
    run.row = { ...run.row, ...now, ...ofRow(forecastOf(run)) };
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
