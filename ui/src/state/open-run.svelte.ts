/**
 * The open run: its detail, what is being read, what went wrong, what an action answered.
 * Trouble and answers are kept by run, so that they are still there when the user comes back.
 */
import { SvelteMap } from 'svelte/reactivity';
import type { ActionReply, AppError, RunDetail, RunRow, StepRow } from '../generated/contract';
import { toAppError, type Host, type RunRef } from '../host/host';
import { DONE } from '../words/done';
import { quoted } from '../words/names';
import { Latest } from './latest';
import { OpenRunPast } from './open-run-past.svelte';
import { runKey, type Runs } from './runs.svelte';
import type { Undo } from './undo.svelte';

/** A read that failed, and when SolveXia had last been heard about the run until then. */
interface FailedRead {
  error: AppError;
  seenAt: number;
}

export type Reading = 'opening' | 'refreshing' | null;

export class OpenRun {
  ref = $state.raw<RunRef | null>(null);
  private known = $state.raw<RunDetail | null>(null);
  reading = $state<Reading>(null);
  /** The step being added or read again on its own. */
  stepBusy = $state<string | null>(null);
  stepError = $state.raw<AppError | null>(null);

  /** Answers to what the user did: they stay until they are dismissed. */
  private errors = new SvelteMap<string, AppError>();
  /** They go with the next good read of the run, whoever asked for it. */
  private failedReads = new SvelteMap<string, FailedRead>();
  private replies = new SvelteMap<string, ActionReply>();
  /** What is being sent for a run, in words. */
  private sending = new SvelteMap<string, string>();

  readonly past: OpenRunPast;
  private openings = new Latest();
  private stepCalls = new Latest();
  private asked = 0;
  private answered = 0;
  private reloading = false;
  private reloadAgain = false;

  constructor(
    private host: Host,
    private runs: Runs,
  ) {
    this.past = new OpenRunPast(host);
  }

  get key(): string | null {
    return this.ref && runKey(this.ref);
  }

  readonly detail = $derived.by((): RunDetail | null => {
    const { known, ref } = this;
    return known && ref && runKey(known.row) === runKey(ref) ? known : null;
  });

  /** The open run's row, the newer of the table's and the detail's. */
  readonly row = $derived.by((): RunRow | null => {
    const listed = this.ref ? this.runs.get(this.ref) : undefined;
    const detailed = this.detail?.row;
    if (listed && detailed) return detailed.seq > listed.seq ? detailed : listed;
    return listed ?? detailed ?? null;
  });

  get error(): AppError | null {
    if (this.key === null) return null;
    const failed = this.failedReads.get(this.key);
    const isRead = failed !== undefined && this.seenAt > failed.seenAt;
    return this.errors.get(this.key) ?? (isRead ? null : (failed?.error ?? null));
  }

  private get seenAt(): number {
    return this.row?.seenAt ?? 0;
  }

  get reply(): ActionReply | null {
    return this.key === null ? null : (this.replies.get(this.key) ?? null);
  }

  get action(): string | null {
    return this.key === null ? null : (this.sending.get(this.key) ?? null);
  }

  isOpen(run: RunRef): boolean {
    return this.key === runKey(run);
  }

  /** Opens a run: first what is known here, then what SolveXia says. */
  async open(run: RunRef): Promise<void> {
    if (this.isOpen(run)) return;
    this.ref = { accountId: run.accountId, runId: run.runId };
    this.known = null;
    this.past.forget();
    this.stepError = null;
    this.stepBusy = null;
    const still = this.openings.begin();
    this.stepCalls.end();
    this.host.showRun(this.ref).catch(() => undefined);
    const ref = this.ref;
    this.reading = 'opening';
    await this.load(ref, () => this.host.runDetail(ref), 'quiet');
    if (await this.load(ref, () => this.host.getRun(ref))) {
      await this.load(ref, () => this.host.getRunSteps(ref));
    }
    if (still()) this.reading = null;
  }

  close(): void {
    this.openings.end();
    this.stepCalls.end();
    this.ref = null;
    this.known = null;
    this.past.forget();
    this.reading = null;
    this.stepBusy = null;
    this.host.showRun(null).catch(() => undefined);
  }

  /** Asks SolveXia now: the status, then the steps. */
  async refresh(): Promise<void> {
    const ref = this.ref;
    if (!ref || this.reading) return;
    const still = this.openings.join();
    this.reading = 'refreshing';
    this.failedReads.delete(runKey(ref));
    if (await this.load(ref, () => this.host.getRunStatus(ref))) {
      await this.load(ref, () => this.host.getRunSteps(ref));
    }
    if (still()) this.reading = null;
  }

  /** The open run changed: takes its detail again. Changes meanwhile are taken together after it. */
  async changed(): Promise<void> {
    if (this.reloading) {
      this.reloadAgain = true;
      return;
    }
    this.reloading = true;
    do {
      this.reloadAgain = false;
      const ref = this.ref;
      if (ref) await this.load(ref, () => this.host.runDetail(ref), 'quiet');
    } while (this.reloadAgain);
    this.reloading = false;
  }

  async addStep(stepId: string): Promise<boolean> {
    const ref = this.ref;
    if (!ref || this.stepBusy !== null) return false;
    return this.stepCall(stepId, () => this.host.addStep(ref, stepId));
  }

  /** Takes a step that was added by hand off again; `undo` offers to put it back. */
  async removeStep({ stepId, name }: StepRow, undo: Pick<Undo, 'offer'>): Promise<void> {
    const ref = this.ref;
    if (!ref || !(await this.stepCall(stepId, () => this.host.removeStep(ref, stepId)))) return;
    undo.offer(DONE.stepRemoved(quoted(name, stepId)), async () => {
      const asked = (this.asked += 1);
      this.take(await this.host.addStep(ref, stepId), asked);
    });
  }

  async readStep(stepId: string): Promise<boolean> {
    const ref = this.ref;
    if (!ref) return false;
    return this.stepCall(stepId, () => this.host.getStepStatus(ref, stepId));
  }

  fail(run: RunRef, error: AppError): void {
    this.errors.set(runKey(run), error);
  }

  answer(run: RunRef, reply: ActionReply | null): void {
    if (reply) this.replies.set(runKey(run), reply);
    else this.replies.delete(runKey(run));
  }

  dismissError(): void {
    if (this.key === null) return;
    this.errors.delete(this.key);
    this.failedReads.delete(this.key);
  }

  /** What the history refused until now is no news any more. */
  historyIsKept(): void {
    for (const [key, error] of this.errors) {
      if (error.code === 'store') this.errors.delete(key);
    }
  }

  dismissReply(): void {
    if (this.key !== null) this.replies.delete(this.key);
  }

  /** Marks an action as being sent; false when one is under way already (docs/RULES.md, 10). */
  begin(run: RunRef, words: string): boolean {
    const key = runKey(run);
    if (this.sending.has(key)) return false;
    this.sending.set(key, words);
    this.errors.delete(key);
    this.failedReads.delete(key);
    this.replies.delete(key);
    return true;
  }

  end(run: RunRef): void {
    this.sending.delete(runKey(run));
  }

  private async stepCall(stepId: string, ask: () => Promise<RunDetail>): Promise<boolean> {
    const still = this.stepCalls.begin();
    this.stepBusy = stepId;
    this.stepError = null;
    const asked = (this.asked += 1);
    try {
      this.take(await ask(), asked);
      return true;
    } catch (thrown) {
      if (still()) this.stepError = toAppError(thrown);
      return false;
    } finally {
      if (still()) this.stepBusy = null;
    }
  }

  private async load(
    ref: RunRef,
    ask: () => Promise<RunDetail>,
    errors: 'told' | 'quiet' = 'told',
  ): Promise<boolean> {
    // The run was left before its turn came: do not ask for it.
    if (!this.isOpen(ref)) return false;
    const asked = (this.asked += 1);
    try {
      this.take(await ask(), asked);
      if (errors === 'told') this.failedReads.delete(runKey(ref));
      return true;
    } catch (thrown) {
      if (errors === 'told' && this.isOpen(ref)) {
        const { seenAt } = this;
        this.failedReads.set(runKey(ref), { error: toAppError(thrown), seenAt });
      }
      return false;
    }
  }

  /** A detail counts if its row is newer, or as new and asked for later. */
  private take(detail: RunDetail, asked: number): void {
    this.runs.take(detail.row, 'answer');
    if (!this.isOpen(detail.row)) return;
    const known = this.detail;
    if (known && detail.row.seq < known.row.seq) return;
    if (known && detail.row.seq === known.row.seq && asked < this.answered) return;
    this.answered = asked;
    this.known = detail;
  }
}
