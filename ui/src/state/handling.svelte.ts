/** Runs are marked as dealt with, with a note if wished, and that is taken back. */
import type { AppError, RunRow } from '../generated/contract';
import { toAppError, type Host } from '../host/host';
import { DONE } from '../words/done';
import { runsNamed } from '../words/list';
import { refsOf, type Runs } from './runs.svelte';
import type { Undo } from './undo.svelte';

interface Around {
  runs: Runs;
  undo: Undo;
  fail: (error: AppError) => void;
}

export class Handling {
  /** The runs for which a note is being written. */
  noted = $state.raw<RunRow[]>([]);
  note = $state('');

  constructor(
    private host: Host,
    private around: Around,
  ) {}

  /** Marks them at once; the rows come as updates. Answers whether they are. */
  async mark(rows: RunRow[], note = ''): Promise<boolean> {
    if (rows.length === 0) return false;
    const words = DONE.handled(runsNamed(rows));
    return this.act(rows, words, () => this.host.markHandled(refsOf(rows), note));
  }

  async unmark(row: RunRow): Promise<void> {
    const words = DONE.unhandled(runsNamed([row]));
    await this.act([row], words, () => this.host.unmarkHandled(refsOf([row])));
  }

  /** Undo leaves each run as it is before that is done. */
  private async act(rows: RunRow[], words: string, done: () => Promise<void>): Promise<boolean> {
    const before = rows.map((row) => this.around.runs.get(row) ?? row);
    try {
      await done();
    } catch (thrown) {
      this.around.fail(toAppError(thrown));
      return false;
    }
    this.around.undo.offer(words, () => this.restore(before));
    return true;
  }

  /** A mark comes back with its note; its time is now. */
  private async restore(before: RunRow[]): Promise<void> {
    const unmarked = before.filter(({ handled }) => handled === null);
    if (unmarked.length > 0) await this.host.unmarkHandled(refsOf(unmarked));
    for (const row of before) {
      if (row.handled) await this.host.markHandled(refsOf([row]), row.handled.note);
    }
  }

  askNote(rows: RunRow[]): void {
    this.noted = rows;
    this.note = rows.length === 1 ? (rows[0]?.handled?.note ?? '') : '';
  }

  async saveNote(): Promise<void> {
    const { noted, note } = this;
    this.noted = [];
    await this.mark(noted, note.trim());
  }
}
