/** The sample runs in the page, and what is played back on them. */
import type {
  AccountView,
  ActivityRow,
  AtStep,
  InboxItem,
  Outcome,
  PastAttempt,
  RunDetail,
  RunRow,
  StepRow,
  Update,
} from '../../generated/contract';
import { error } from './errors';
import {
  BUTTONS,
  forecastOf,
  noButtons,
  SWITCHED_OFF,
  type Buttons,
  type Frame,
} from './recordings';
import { places, PROCESSES, type SampleRun, type SampleStep } from './sample';

const processes = new Map(PROCESSES.map(({ processId, name }) => [processId, name]));

export interface FakeRun {
  row: RunRow;
  description: string | null;
  steps: StepRow[];
  gaps: string[];
  stepsReadAt: number | null;
  stepsNote: string | null;
  /** Its attempts that ended, newest first. */
  attempts: PastAttempt[];
  buttons: Buttons;
  /** What is still to be played. */
  frames: Frame[];
}

export class Playback {
  runs: FakeRun[] = [];
  inbox: InboxItem[] = [];
  activity: ActivityRow[] = [];
  /** Takes what changed, many updates at once. */
  onUpdates: (updates: Update[]) => void = () => undefined;
  private waiting: Update[] = [];
  private seq = 100;
  private nextId = 1000;
  private churned = 0;
  private ends = 0;
  private failed: FakeRun | null = null;

  constructor(public accounts: AccountView[]) {}

  /** Tells the page as it is now; what else changes meanwhile goes with it, as from the backend. */
  send(update: Update): void {
    if (this.waiting.push(structuredClone(update)) > 1) return;
    setTimeout(() => this.onUpdates(this.waiting.splice(0)));
  }

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
    const { ends, endsBetween, isLong, usualSeconds } = forecastOf(
      sample.known,
      sample.buttons === 'going',
    );
    const isLate = sample.late ?? false;
    const run: FakeRun = {
      row: {
        accountId,
        runId: sample.id,
        name: sample.name,
        processId: sample.process,
        processName: sample.processName ?? processes.get(sample.process) ?? null,
        watched: sample.watched,
        muted: null,
        archived: sample.archived ?? false,
        handled: null,
        status: sample.status,
        ended: sample.ended,
        gone: false,
        outcome: sample.outcome,
        summary: sample.summary,
        started,
        finished: sample.ended && started !== null ? started + (sample.seconds ?? 0) * 1000 : null,
        durationSeconds: sample.seconds,
        ends: isLate ? null : ends && ends + (sample.endsLater ?? 0) * 60_000,
        endsBetween: isLate ? null : later(endsBetween, sample.endsLater ?? 0),
        isLate,
        isLong,
        usualSeconds,
        atStep: null,
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
      stepsNote: sample.stepsNote ?? null,
      attempts: [],
      buttons: sample.buttons,
      frames: [...(sample.frames ?? [])],
    };
    run.row.atStep = atStep(run);
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
    const buttons =
      readOnly !== null || run.buttons === 'read-only'
        ? noButtons(readOnly ?? '')
        : BUTTONS[run.buttons];
    return {
      row: run.row,
      description: run.description,
      lastModifiedBy: null,
      dateCreated: (run.row.started ?? Date.now()) - 3_600_000,
      dateModified: null,
      steps: run.steps.map((step) => ({
        ...step,
        restart: step.enabled ? buttons.restart : SWITCHED_OFF,
      })),
      gaps: [...run.gaps],
      stepsReadAt: run.stepsReadAt,
      stepsProblem: null,
      stepsNote: run.stepsNote,
      forecast: forecastOf(run.row.usualSeconds !== null, run.buttons === 'going'),
      start: buttons.start,
      cancel: buttons.cancel,
    };
  }

  /** Tells the page that a run changed. */
  changed(run: FakeRun): void {
    run.row = { ...run.row, seq: (this.seq += 1), seenAt: Date.now() };
    run.stepsReadAt = Date.now();
    this.send({ type: 'run', row: run.row });
  }

  /** A notification of several things was clicked, the oldest of which it leads to. */
  clicked(): void {
    const item = this.inbox.at(-1);
    if (item) this.send({ type: 'open-inbox', id: item.id });
  }

  /** SolveXia knows none of these runs any more, and all are watched. */
  vanish(runs = this.runs): void {
    for (const run of runs) {
      run.row = { ...run.row, gone: true, watched: true };
      this.changed(run);
      this.put(run, {
        kind: 'outage',
        outcome: null,
        title: `No longer in SolveXia: ${run.row.name}`,
        body: 'SolveXia no longer knows this run.',
        at: Date.now(),
        read: false,
      });
    }
  }

  /** Plays a recording on a run, its first frame at once. */
  play(run: FakeRun, frames: Frame[], over: Partial<RunRow> = {}): void {
    const { attempt, started, finished, durationSeconds: seconds, outcome } = run.row;
    if (outcome && finished !== null && over.attempt) {
      run.attempts = [{ attempt, started, finished, seconds, outcome }, ...run.attempts];
    }
    run.row = { ...run.row, ...over };
    run.frames = [...frames];
    this.next(run);
  }

  /** Moves every run that something is played on to its next frame. */
  tick(): void {
    for (const run of this.runs) this.next(run);
  }

  /** So many runs were read again; the measures of speed and memory use it. */
  churn(many: number): void {
    for (let n = 0; n < many; n += 1) {
      this.churned += 1;
      const run = this.runs[this.churned % this.runs.length];
      if (run) this.changed(run);
    }
  }

  /** A going run fails and is told, and the one that failed before goes on: as many go as before. */
  endOne(): void {
    const before = this.failed;
    const going = this.runs.filter(({ row }) => row.status === 'Running' && !row.ended);
    this.failed = going[(this.ends += 1) % going.length] ?? null;
    if (before) this.turn(before, 'Running', null);
    if (!this.failed) return;
    this.turn(this.failed, 'Finished', 'failed');
    this.tell(this.failed, 'failed', 'Failed');
  }

  private turn(run: FakeRun, status: string, outcome: Outcome | null): void {
    run.row = { ...run.row, status, ended: outcome !== null, outcome };
    this.changed(run);
  }

  tell(run: FakeRun, outcome: Outcome, title: string, at = Date.now(), read = false): void {
    const { name, summary: body } = run.row;
    this.put(run, { kind: 'ended', outcome, title: `${title}: ${name}`, body, at, read });
  }

  private put({ row }: FakeRun, told: Omit<InboxItem, 'id' | 'accountId' | 'runId'>): void {
    const { accountId, runId } = row;
    const item = { id: this.id(), accountId, runId, ...told };
    this.inbox.unshift(item);
    this.send({ type: 'inbox', item });
  }

  private next(run: FakeRun): void {
    const frame = run.frames.shift();
    if (!frame) return;
    const { status, ended, outcome, summary } = frame;
    const now = Date.now();
    run.buttons = frame.buttons;
    run.row = {
      ...run.row,
      status,
      ended,
      outcome,
      summary,
      started: run.row.started ?? now,
      finished: ended ? (run.row.finished ?? now) : null,
      handled: null,
      ends: ended ? null : run.row.ends,
      endsBetween: ended ? null : run.row.endsBetween,
    };
    const words = frame.steps;
    if (words)
      run.steps = run.steps.map((step, i) => withWord(step, words[i] ?? words.at(-1) ?? ''));
    run.row.atStep = atStep(run);
    this.changed(run);
    if (frame.told && run.row.watched) this.tell(run, frame.told.outcome, frame.told.title);
  }
}

/** The step that a row names: the one that goes, else the first that did not succeed. */
function atStep({ steps }: FakeRun): AtStep | null {
  const counted = steps.filter(({ enabled }) => enabled);
  const words = ['Running', 'Failed', 'Cancelled', 'Warning'];
  const word = words.find((one) => counted.some(({ status }) => status === one));
  const at = counted.findIndex(({ status }) => status === word);
  const step = counted[at];
  if (!step) return null;
  return { name: step.name, message: step.message, place: at + 1, of: counted.length };
}

const later = (band: [number, number] | null, minutes: number): [number, number] | null =>
  band && [band[0] + minutes * 60_000, band[1] + minutes * 60_000];

function withWord(step: StepRow, status: string): StepRow {
  return step.enabled ? { ...step, status } : step;
}

function steps(samples: SampleStep[], orders: string[], began: number | null): StepRow[] {
  let at = began ?? 0;
  return samples.map((sample, i) => {
    const hasBegun = sample.seconds !== undefined || (sample.status === 'Running' && at > 0);
    const started = hasBegun ? at : null;
    at += (sample.seconds ?? 0) * 1000;
    return {
      stepId: `ds-${2068200 + i}`,
      name: sample.name,
      order: orders[i] ?? null,
      enabled: sample.enabled ?? true,
      byHand: false,
      status: sample.enabled === false ? '' : sample.status,
      started,
      finished: sample.seconds === undefined ? null : at,
      durationSeconds: sample.seconds ?? null,
      message: sample.message ?? '',
      problem: null,
      restart: { allowed: true, reason: null, warning: null },
    };
  });
}
