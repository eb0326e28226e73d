/** What is on the list: runs are added from any text, watched or not, and taken off again. */
import type { AppError, RunRow } from '../generated/contract';
import { toAppError, type Host, type RunRef } from '../host/host';
import { environmentWords } from '../words/accounts';
import { TERMS } from '../words/common';
import { DONE } from '../words/done';
import { nameOf, quoted } from '../words/names';
import { ADD_GUESS, FACTS, REMOVE } from '../words/questions';
import { cut, isAwaited } from '../words/runs';
import type { Accounts } from './accounts.svelte';
import type { Announcer } from './announcer.svelte';
import type { Ask } from './ask.svelte';
import type { Latest, Still } from './latest';
import type { OpenRun } from './open-run.svelte';
import type { Runs } from './runs.svelte';
import { Several } from './several.svelte';
import type { Undo } from './undo.svelte';

interface Around {
  runs: Runs;
  open: OpenRun;
  accounts: Accounts;
  ask: Ask;
  announcer: Announcer;
  undo: Undo;
  moves: Latest;
  added: (row: RunRow, still: Still) => void;
  fail: (error: AppError) => void;
}

export class List {
  /** The field that adds a run. */
  text = $state('');
  busy = $state(false);
  error = $state.raw<AppError | null>(null);
  /** What the text named, where it was more than one run. */
  readonly several: Several;

  constructor(
    private host: Host,
    private around: Around,
  ) {
    this.several = new Several(host, (row) => around.runs.take(row, 'added'), around.announcer);
  }

  async add(accountId: string): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    this.error = null;
    const { text, around } = this;
    const still = around.moves.join();
    try {
      const found = await this.host.findRunIds(accountId, text);
      const [only, ...more] = found;
      if (only && more.length === 0 && (!only.isGuess || only.added)) {
        await this.addOne(accountId, only.runId, text, still);
      } else if (only && still() && this.text === text && around.ask.isFree) {
        if (more.length > 0) this.several.show(accountId, found, () => this.spent(text));
        else this.askGuess(accountId, only.runId, text);
      }
    } catch (thrown) {
      this.failed(accountId, toAppError(thrown));
    } finally {
      this.busy = false;
    }
  }

  /** A bare number may be anything: the id that it would be is said before it is added. */
  private askGuess(accountId: string, runId: string, text: string): void {
    const account = this.around.accounts.get(accountId);
    this.around.ask.ask({
      ...ADD_GUESS,
      title: ADD_GUESS.title(runId),
      facts: [
        { label: FACTS.typed, value: cut(text.trim()) },
        { label: TERMS.runId, value: runId },
        { label: TERMS.environment, value: environmentWords(account) },
      ],
      danger: false,
      go: async () => {
        try {
          await this.addOne(accountId, runId, text, this.around.moves.join());
        } catch (thrown) {
          this.failed(accountId, toAppError(thrown));
        }
      },
    });
  }

  private async addOne(
    accountId: string,
    runId: string,
    text: string,
    still: Still,
  ): Promise<void> {
    this.around.added(await this.host.addRun(accountId, runId), still);
    this.spent(text);
  }

  /** What was typed stays, to be corrected. */
  private failed(accountId: string, error: AppError): void {
    if (this.around.accounts.current?.id === accountId) this.error = error;
    else this.around.fail(error);
  }

  /** What was typed since stays. */
  private spent(text: string): void {
    if (this.text === text) this.text = '';
  }

  /** Puts a run back that was taken off and is still named somewhere, such as in the Inbox. */
  async addAgain({ accountId, runId }: RunRef): Promise<void> {
    const { open, moves } = this.around;
    const still = moves.join();
    try {
      const row = await this.host.addRun(accountId, runId);
      if (still()) open.close();
      this.around.added(row, still);
    } catch (thrown) {
      open.fail({ accountId, runId }, toAppError(thrown));
    }
  }

  watch(row: RunRow): void {
    const watched = !row.watched;
    const { announcer, undo, open } = this.around;
    this.setWatched(row, watched).then(
      () => {
        if (watched) return announcer.say(DONE.watchingThis);
        const words = DONE.notWatching(quoted(row.name, row.runId));
        undo.offer(words, () => this.setWatched(row, true));
      },
      (thrown: unknown) => open.fail(row, toAppError(thrown)),
    );
  }

  private async setWatched(run: RunRef, watched: boolean): Promise<void> {
    this.around.runs.take(await this.host.watchRun(run, watched), 'answer');
  }

  /** Takes a run off the list; a watched one that has not ended only after a question, as its end would be missed. */
  remove(row: RunRow): void {
    if (!isAwaited(row)) return void this.takeOff(row);
    const account = this.around.accounts.get(row.accountId);
    this.around.ask.ask({
      ...REMOVE,
      facts: [
        { label: TERMS.run, value: nameOf(row.name, row.runId) },
        { label: TERMS.runId, value: row.runId },
        { label: TERMS.environment, value: environmentWords(account) },
      ],
      danger: false,
      go: () => this.takeOff(row),
    });
  }

  private async takeOff(row: RunRow): Promise<void> {
    const { runs, open, undo } = this.around;
    try {
      await this.host.removeRun(row);
    } catch (thrown) {
      return open.fail(row, toAppError(thrown));
    }
    runs.remove(row);
    if (open.isOpen(row)) open.close();
    const words = DONE.removed(quoted(row.name, row.runId));
    undo.offer(words, () => this.putBack(row));
  }

  private async putBack({ accountId, runId }: RunRow): Promise<void> {
    const { open, moves, runs } = this.around;
    const still = moves.join();
    const row = await this.host.undoRemove({ accountId, runId });
    // What was opened meanwhile stays open.
    if (open.ref) runs.take(row, 'added');
    else this.around.added(row, still);
  }
}
