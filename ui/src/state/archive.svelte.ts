/** Ended runs are taken out of sight, and brought back. */
import type { AppError, RunRow } from '../generated/contract';
import { toAppError, type Host, type RunRef } from '../host/host';
import { DONE } from '../words/done';
import { countEnded } from '../words/list';
import { quoted } from '../words/names';
import type { Runs } from './runs.svelte';
import type { Undo } from './undo.svelte';

interface Around {
  runs: Runs;
  undo: Undo;
  fail: (error: AppError) => void;
}

export class Archive {
  constructor(
    private host: Host,
    private around: Around,
  ) {}

  /** What can be archived in one go: a run whose end is not judged yet has still to be told. */
  ended(): RunRow[] {
    return this.around.runs.all().filter((row) => canArchive(row));
  }

  async putAway(rows: RunRow[]): Promise<void> {
    const [first] = rows;
    if (!first) return;
    const runs = rows.map(({ accountId, runId }) => ({ accountId, runId }));
    if (!(await this.set(runs, true))) return;
    const what = rows.length === 1 ? quoted(first.name, first.runId) : countEnded(runs.length);
    this.around.undo.offer(DONE.archived(what), () => this.host.archiveRuns(runs, false));
  }

  async bringBack({ accountId, runId }: RunRow): Promise<void> {
    await this.set([{ accountId, runId }], false);
  }

  /** The rows come as updates. */
  private async set(runs: RunRef[], archived: boolean): Promise<boolean> {
    try {
      await this.host.archiveRuns(runs, archived);
      return true;
    } catch (thrown) {
      this.around.fail(toAppError(thrown));
      return false;
    }
  }
}

export const canArchive = (row: RunRow) => row.ended && row.outcome !== null && !row.archived;
