/** What is done with all selected runs at once. There is no cancel and no restart among it. */
import type { AppError, MuteFor, RunRow } from '../generated/contract';
import { toAppError, type Host, type RunRef } from '../host/host';
import { environmentWords } from '../words/accounts';
import { DONE } from '../words/done';
import { runsNamed } from '../words/list';
import { nameOf } from '../words/names';
import { ofAll, removeSeveral } from '../words/questions';
import type { Accounts } from './accounts.svelte';
import type { Announcer } from './announcer.svelte';
import type { Ask, Fact } from './ask.svelte';
import type { OpenRun } from './open-run.svelte';
import { refsOf, type Runs } from './runs.svelte';
import type { Undo } from './undo.svelte';

interface Around {
  accounts: Accounts;
  announcer: Announcer;
  ask: Ask;
  open: OpenRun;
  runs: Runs;
  undo: Undo;
  fail: (error: AppError) => void;
}

export class Bulk {
  busy = $state(false);

  constructor(
    private host: Host,
    private around: Around,
  ) {}

  async watch(rows: RunRow[]): Promise<void> {
    const wanted = rows.filter((row) => !row.watched);
    const watched = await this.each(wanted, (run) => this.setWatched(run, true));
    if (watched.length === 0) return;
    this.around.undo.offer(DONE.watching(runsNamed(watched)), async () => {
      await this.each(watched, (run) => this.setWatched(run, false));
    });
  }

  private async setWatched(run: RunRef, watched: boolean): Promise<void> {
    this.around.runs.take(await this.host.watchRun(run, watched), 'answer');
  }

  /** The rows come as updates. */
  async mute(rows: RunRow[], time: MuteFor): Promise<void> {
    const runs = refsOf(rows);
    try {
      await this.host.muteRuns(runs, time);
    } catch (thrown) {
      return this.around.fail(toAppError(thrown));
    }
    const done = time === 'forever' ? DONE.muted : DONE.snoozed;
    this.around.undo.offer(done(runsNamed(rows)), () => this.host.muteRuns(runs, 'unmute'));
  }

  /** Takes runs off the list; watched ones only after a question, as their ends would be missed. */
  remove(rows: RunRow[]): void {
    const watched = rows.filter((row) => row.watched).length;
    if (watched === 0) return void this.takeOff(rows);
    this.around.ask.ask({
      ...removeSeveral(rows.length, watched),
      facts: rows.map((row) => this.fact(row)),
      danger: false,
      go: () => this.takeOff(rows),
    });
  }

  private fact(row: RunRow): Fact {
    const environment = environmentWords(this.around.accounts.get(row.accountId));
    return { label: row.runId, value: `${nameOf(row.name, row.runId)} (${environment})` };
  }

  private async takeOff(rows: RunRow[]): Promise<void> {
    const { open, runs, undo } = this.around;
    const gone = await this.each(rows, async (run) => {
      await this.host.removeRun(run);
      runs.remove(run);
      if (open.isOpen(run)) open.close();
    });
    if (gone.length === 0) return;
    undo.offer(DONE.removed(runsNamed(gone)), async () => {
      await this.each(gone, async (run) => {
        runs.take(await this.host.undoRemove(run), 'answer');
      });
    });
  }

  /** One after the other; those that failed are told together. Answers those that did not. */
  private async each(rows: RunRow[], act: (run: RunRef) => Promise<void>): Promise<RunRow[]> {
    if (this.busy) return [];
    this.busy = true;
    const done: RunRow[] = [];
    let failure: AppError | null = null;
    for (const row of rows) {
      try {
        await act({ accountId: row.accountId, runId: row.runId });
        done.push(row);
      } catch (thrown) {
        failure ??= toAppError(thrown);
      }
    }
    this.busy = false;
    const failed = rows.length - done.length;
    if (failure && failed > 1) {
      failure = { ...failure, message: ofAll(failure.message, failed, rows.length) };
    }
    if (failure) this.around.fail(failure);
    return done;
  }
}
