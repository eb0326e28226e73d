/** Runs are marked as dealt with, with a note if wished, and that is taken back. */
import type { AppError, RunRow } from '../generated/contract';
import { toAppError, type Host } from '../host/host';
import { DONE } from '../words/done';
import { runsNamed } from '../words/list';
import { refsOf } from './runs.svelte';
import type { Undo } from './undo.svelte';

interface Around {
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
    const runs = refsOf(rows);
    if (runs.length === 0) return false;
    try {
      await this.host.markHandled(runs, note);
    } catch (thrown) {
      this.around.fail(toAppError(thrown));
      return false;
    }
    this.around.undo.offer(DONE.handled(runsNamed(rows)), () => this.host.unmarkHandled(runs));
    return true;
  }

  async unmark(rows: RunRow[]): Promise<void> {
    try {
      await this.host.unmarkHandled(refsOf(rows));
    } catch (thrown) {
      this.around.fail(toAppError(thrown));
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
