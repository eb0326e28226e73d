/** What is done with all selected runs at once. There is no cancel and no restart among it. */
import type { AppError, MuteFor, RunRow } from '../generated/contract';
import { toAppError, type Host, type RunRef } from '../host/host';
import { environmentWords } from '../words/accounts';
import { DONE } from '../words/done';
import { runsNamed } from '../words/list';
import { nameOf } from '../words/names';
import { ofAll, removeSeveral } from '../words/questions';
import { isAwaited, mutedNow } from '../words/runs';
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

const HOUR_MS = 3_600_000;

/** For good, by itself or with its account. */
export const isMuted = ({ muted }: RunRow) => muted !== null && muted.until === null;

/** What gives a run back its snooze of now: an hour begins anew. A snooze of its account is not its own. */
function snoozeOf(row: RunRow, now: number): MuteFor {
  const muted = mutedNow(row, now);
  if (!muted?.until || muted.account) return 'unmute';
  return muted.until - now > HOUR_MS ? 'morning' : 'hour';
}

type Act = (run: RunRef) => Promise<void>;

/** What came of a bulk: the runs where it went well, those that are left, and why. */
interface Came {
  done: RunRow[];
  left: RunRow[];
  failure: AppError | null;
}

export class Bulk {
  /** How many are under way or wait their turn. */
  private going = $state(0);
  private last: Promise<unknown> = Promise.resolve();

  get busy(): boolean {
    return this.going > 0;
  }

  constructor(
    private host: Host,
    private around: Around,
  ) {}

  async watch(rows: RunRow[]): Promise<void> {
    const wanted = rows.filter((row) => !row.watched);
    const { done, failure } = await this.each(wanted, (run) => this.setWatched(run, true));
    if (failure) this.around.fail(failure);
    this.offer(DONE.watching, done, (run) => this.setWatched(run, false));
  }

  private async setWatched(run: RunRef, watched: boolean): Promise<void> {
    this.around.runs.take(await this.host.watchRun(run, watched), 'answer');
  }

  /** Those that are not muted for good; the rows come as updates. Undo leaves each as it was before. */
  async mute(rows: RunRow[]): Promise<void> {
    const now = Date.now();
    const wanted = rows.filter((row) => !isMuted(row));
    try {
      await this.host.muteRuns(refsOf(wanted), 'forever');
    } catch (thrown) {
      return this.around.fail(toAppError(thrown));
    }
    this.around.undo.offer(DONE.muted(runsNamed(wanted)), async () => {
      for (const time of ['unmute', 'hour', 'morning'] as const) {
        const runs = wanted.filter((row) => snoozeOf(row, now) === time);
        if (runs.length > 0) await this.host.muteRuns(refsOf(runs), time);
      }
    });
  }

  /** Takes runs off the list; watched ones that have not ended only after a question, as their ends would be missed. */
  remove(rows: RunRow[]): void {
    const awaited = rows.filter(isAwaited).length;
    if (awaited === 0) return void this.takeOff(rows);
    this.around.ask.ask({
      ...removeSeveral(rows.length, awaited),
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
    const { open, runs } = this.around;
    const { done, failure } = await this.each(rows, async (run) => {
      await this.host.removeRun(run);
      runs.remove(run);
      if (open.isOpen(run)) open.close();
    });
    if (failure) this.around.fail(failure);
    this.offer(DONE.removed, done, async (run) => {
      runs.take(await this.host.undoRemove(run), 'added');
    });
  }

  /** Offers to take back what was done with these. */
  private offer(words: (what: string) => string, rows: RunRow[], back: Act): void {
    if (rows.length === 0) return;
    let left = rows;
    this.around.undo.offer(words(runsNamed(rows)), async () => {
      const came = await this.each(left, back);
      ({ left } = came);
      if (came.failure) throw came.failure;
    });
  }

  /** One after the other, once what was begun before is through. */
  private async each(rows: RunRow[], act: Act): Promise<Came> {
    this.going += 1;
    const came = this.last.then(() => this.inTurn(rows, act));
    this.last = came;
    try {
      return await came;
    } finally {
      this.going -= 1;
    }
  }

  private async inTurn(rows: RunRow[], act: Act): Promise<Came> {
    const came: Came = { done: [], left: [], failure: null };
    for (const row of rows) {
      try {
        await act({ accountId: row.accountId, runId: row.runId });
        came.done.push(row);
      } catch (thrown) {
        came.left.push(row);
        came.failure ??= toAppError(thrown);
      }
    }
    const { left, failure } = came;
    if (failure && left.length > 1) {
      const message = ofAll(failure.message, left.length, rows.length);
      came.failure = { ...failure, message };
    }
    return came;
  }
}
