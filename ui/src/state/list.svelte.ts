/** What is on the list: a run is added by its id or address, watched or not, and taken off again. */
import type { AccountView, AppError, RunRow } from '../generated/contract';
import { toAppError, type Host, type RunRef } from '../host/host';
import { cut, host as hostOf } from '../words/runs';
import type { Accounts } from './accounts.svelte';
import type { Announcer } from './announcer.svelte';
import type { Ask } from './ask.svelte';
import type { Latest, Still } from './latest';
import type { OpenRun } from './open-run.svelte';
import type { Runs } from './runs.svelte';

interface Around {
  runs: Runs;
  open: OpenRun;
  accounts: Accounts;
  ask: Ask;
  announcer: Announcer;
  moves: Latest;
  fail: (error: AppError) => void;
}

export class List {
  /** The field that adds a run. */
  text = $state('');
  busy = $state(false);
  error = $state.raw<AppError | null>(null);

  constructor(
    private host: Host,
    private around: Around,
    private added: (row: RunRow, still: Still) => void,
  ) {}

  /** Another way into the same environment, which has runs where the account in sight has none. */
  get elsewhere(): AccountView | null {
    const { accounts, runs } = this.around;
    const current = accounts.current;
    if (!current || runs.of(current.id).length > 0) return null;
    const other = accounts.list.find(
      ({ id, origin }) => id !== current.id && origin === current.origin && runs.of(id).length > 0,
    );
    return other ?? null;
  }

  async add(accountId: string): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    this.error = null;
    const { text, around } = this;
    const still = around.moves.join();
    try {
      this.added(await this.host.addRun(accountId, text), still);
      if (this.text === text) this.text = '';
    } catch (thrown) {
      // What was typed stays, to be corrected.
      const error = toAppError(thrown);
      if (around.accounts.current?.id === accountId) this.error = error;
      else around.fail(error);
    } finally {
      this.busy = false;
    }
  }

  /** Puts a run back that was taken off and is still named somewhere, such as in the Inbox. */
  async addAgain({ accountId, runId }: RunRef): Promise<void> {
    const { open, moves } = this.around;
    const still = moves.join();
    try {
      const row = await this.host.addRun(accountId, runId);
      if (still()) open.close();
      this.added(row, still);
    } catch (thrown) {
      open.fail({ accountId, runId }, toAppError(thrown));
    }
  }

  watch(row: RunRow): void {
    const watched = !row.watched;
    this.host.watchRun(row, watched).then(
      (answer) => {
        this.around.runs.take(answer, 'answer');
        const words = watched ? 'Watching this run.' : 'No longer watching this run.';
        this.around.announcer.say(words);
      },
      (thrown: unknown) => this.around.open.fail(row, toAppError(thrown)),
    );
  }

  askRemove(row: RunRow): void {
    const account = this.around.accounts.get(row.accountId);
    this.around.ask.ask({
      title: 'Remove this run from the list?',
      facts: [
        { label: 'Run', value: cut(row.name) },
        { label: 'Run id', value: row.runId },
        { label: 'Environment', value: account ? hostOf(account.origin) : 'unknown' },
      ],
      warning: row.watched ? 'It is no longer watched: you will not be told how it ends.' : null,
      explanation: 'Nothing changes in SolveXia, and you can add it again at any time.',
      confirm: 'Remove from list',
      dismiss: 'Keep it',
      danger: false,
      go: () => this.remove(row),
    });
  }

  private async remove(row: RunRow): Promise<void> {
    const { runs, open } = this.around;
    try {
      await this.host.removeRun(row);
      runs.remove(row);
      if (open.isOpen(row)) open.close();
    } catch (thrown) {
      open.fail(row, toAppError(thrown));
    }
  }
}
