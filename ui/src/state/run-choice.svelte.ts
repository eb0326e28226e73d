/** The runs of the chosen process: ticked, added together, and asked how they stand. */
import { SvelteMap, SvelteSet } from 'svelte/reactivity';
import type { AppError, ProcessRunRow, ProcessRunStatus, RunRow } from '../generated/contract';
import { toAppError, type Host, type RunRef } from '../host/host';
import { addedWords } from '../words/picker';
import { ofAll } from '../words/questions';
import { Latest, type Still } from './latest';
import type { Runs } from './runs.svelte';
import type { Undo } from './undo.svelte';

interface Around {
  runs: Runs;
  undo: Undo;
  fail: (error: AppError) => void;
}

/** So many runs are asked how they stand at a click, and so many of them at once. */
const ASKED = 30;
const AT_ONCE = 4;

export class RunChoice {
  readonly ticked = new SvelteSet<string>();
  /** How runs stand that are not in the list, as far as somebody asked. */
  readonly statuses = new SvelteMap<string, ProcessRunStatus>();
  isReading = $state(false);
  /** How many of those that are being added are through; none where nothing is being added. */
  adding = $state.raw<{ done: number; all: number } | null>(null);
  error = $state.raw<AppError | null>(null);

  private reading = new Latest();
  private wantsStop = false;

  constructor(
    private host: Host,
    private around: Around,
  ) {}

  /** Another process was chosen, or none. */
  clear(): void {
    this.reading.end();
    this.isReading = false;
    this.wantsStop = true;
    this.ticked.clear();
    this.statuses.clear();
    this.error = null;
  }

  toggle({ runId, added }: ProcessRunRow): void {
    if (added || this.adding) return;
    if (!this.ticked.delete(runId)) this.ticked.add(runId);
  }

  /** Asks how the newest of these stand that are not in the list: of those that are, it is known. */
  async showStatuses(accountId: string, runs: ProcessRunRow[]): Promise<void> {
    if (this.isReading) return;
    const still = this.reading.begin();
    const left = runs.filter(({ added }) => !added).slice(0, ASKED);
    this.isReading = true;
    this.error = null;
    await Promise.all(Array.from({ length: AT_ONCE }, () => this.readAll(accountId, left, still)));
    if (still()) this.isReading = false;
  }

  private async readAll(accountId: string, left: ProcessRunRow[], still: Still): Promise<void> {
    for (let run = left.shift(); run && still(); run = left.shift()) {
      try {
        const status = await this.host.processRunStatus(accountId, run.runId);
        if (still()) this.statuses.set(run.runId, status);
      } catch (thrown) {
        if (still()) this.error ??= toAppError(thrown);
        // The others would most likely meet the same.
        left.length = 0;
      }
    }
  }

  /** What is being added is added; nothing after it. */
  stop(): void {
    this.wantsStop = true;
  }

  /** Adds what is ticked of these, one after the other; what failed stays ticked. Answers whether all was added. */
  async add(accountId: string, runs: ProcessRunRow[], watch: boolean): Promise<boolean> {
    const chosen = runs.filter(({ runId }) => this.ticked.has(runId));
    if (this.adding || chosen.length === 0) return false;
    this.wantsStop = false;
    this.error = null;
    const rows: RunRow[] = [];
    let failure: AppError | null = null;
    let failed = 0;
    for (const [done, { runId }] of chosen.entries()) {
      if (this.wantsStop) break;
      this.adding = { done, all: chosen.length };
      try {
        rows.push(await this.addOne({ accountId, runId }, watch));
        this.ticked.delete(runId);
      } catch (thrown) {
        failure ??= toAppError(thrown);
        failed += 1;
      }
    }
    this.adding = null;
    if (rows.length > 0) this.offerBack(addedWords(rows.length, watch, chosen.length), rows);
    if (failure) this.told(failure, failed, chosen.length);
    return rows.length === chosen.length;
  }

  private async addOne(run: RunRef, watch: boolean): Promise<RunRow> {
    const row = await this.host.addRun(run.accountId, run.runId);
    this.around.runs.take(row, 'added');
    if (!watch) return row;
    const watched = await this.host.watchRun(run, true);
    this.around.runs.take(watched, 'answer');
    return watched;
  }

  private told(failure: AppError, failed: number, all: number): void {
    const message = failed > 1 ? ofAll(failure.message, failed, all) : failure.message;
    // Where the dialog has gone on, it has no place for it.
    if (this.wantsStop) this.around.fail({ ...failure, message });
    else this.error = { ...failure, message };
  }

  private offerBack(words: string, rows: RunRow[]): void {
    const left = [...rows];
    this.around.undo.offer(words, async () => {
      for (let row = left[0]; row; row = left[0]) {
        const run: RunRef = { accountId: row.accountId, runId: row.runId };
        await this.host.removeRun(run);
        this.around.runs.remove(run);
        left.shift();
      }
    });
  }
}
