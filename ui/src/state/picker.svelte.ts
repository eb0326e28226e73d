/** Choosing from SolveXia: process, then one of its runs, or a new one. */
import type {
  AppError,
  ProcessDetail,
  ProcessRow,
  ProcessRunRow,
  ProcessStepRow,
  RunRow,
} from '../generated/contract';
import { toAppError, type Host } from '../host/host';
import { say } from '../words/accounts';
import { cut } from '../words/runs';
import type { Actions } from './actions.svelte';
import { Creation, type Around, type LostAnswer } from './creation.svelte';
import { Latest, type Still } from './latest';
import { newestFirst } from './process-runs';
import { RunChoice } from './run-choice.svelte';
import type { Runs } from './runs.svelte';
import type { Undo } from './undo.svelte';

interface AroundPicker extends Around {
  actions: Actions;
  moves: Latest;
  runs: Runs;
  undo: Undo;
  /** A run is in the list now: it is opened where its user still waits for it. */
  added: (row: RunRow, still: Still) => void;
  fail: (error: AppError) => void;
}

export class Picker {
  isOpen = $state(false);
  name = $state('');
  processes = $state.raw<ProcessRow[] | null>(null);
  /** SolveXia lists more processes than these. */
  processesAreCut = $state(false);
  listError = $state.raw<AppError | null>(null);

  chosen = $state.raw<ProcessRow | null>(null);
  detail = $state.raw<ProcessDetail | null>(null);
  runs = $state.raw<ProcessRunRow[] | null>(null);
  /** SolveXia lists more runs than these. */
  runsAreCut = $state(false);
  steps = $state.raw<ProcessStepRow[] | null>(null);
  processError = $state.raw<AppError | null>(null);
  runSearch = $state('');

  namePrefix = $state('');
  /** Whether its user wants to be asked about a start once the run was created. */
  startsAfter = $state(false);
  readonly creation: Creation;
  readonly choice: RunChoice;
  accountId = $state('');

  private adding = $state(false);
  private listing = new Latest();
  private choosing = new Latest();

  private readonly newest = $derived(newestFirst(this.runs ?? []));

  /** What the search leaves of the runs, the newest first. */
  readonly shownRuns = $derived.by((): ProcessRunRow[] => {
    const words = this.runSearch.toLowerCase().split(/\s+/).filter(Boolean);
    if (words.length === 0) return this.newest;
    return this.newest.filter(({ runId, name }) => {
      const text = `${cut(name)}\n${runId}`.toLowerCase();
      return words.every((word) => text.includes(word));
    });
  });

  constructor(
    private host: Host,
    private around: AroundPicker,
  ) {
    this.creation = new Creation(host, around);
    this.choice = new RunChoice(host, around);
  }

  get busy(): boolean {
    return this.adding || this.choice.adding !== null || this.creation.busy;
  }

  /** Something is ticked or typed for a run, or under way. */
  get holds(): boolean {
    return this.busy || this.choice.ticked.size > 0 || this.namePrefix !== '';
  }

  /** The answer to a create of the chosen process was lost, and what came of it is not known. */
  get lost(): LostAnswer | null {
    const lost = this.chosen && this.creation.lost(this.accountId, this.chosen);
    return lost && { ...lost, newRuns: newestFirst(lost.newRuns) };
  }

  open(accountId: string): void {
    this.choosing.end();
    if (accountId !== this.accountId) {
      this.accountId = accountId;
      this.name = '';
      this.processes = null;
      this.leave();
    }
    this.isOpen = true;
    this.namePrefix = '';
    this.startsAfter = false;
    void this.list();
    if (this.chosen) void this.choose(this.chosen);
  }

  close(): void {
    this.choosing.end();
    this.choice.clear();
    this.isOpen = false;
  }

  /** Back to the processes, where a window has room for one of both. */
  leave(): void {
    this.choosing.end();
    this.choice.clear();
    this.chosen = null;
  }

  async list(): Promise<void> {
    const still = this.listing.begin();
    this.listError = null;
    try {
      const found = await this.host.listProcesses(this.accountId, this.name.trim());
      if (!still()) return;
      this.processes = found.rows;
      this.processesAreCut = found.isCut;
    } catch (thrown) {
      if (still()) this.listError = toAppError(thrown);
    }
  }

  async choose(process: ProcessRow): Promise<void> {
    const still = this.choosing.begin();
    if (this.chosen?.processId !== process.processId) {
      this.detail = null;
      this.runs = null;
      this.steps = null;
      this.runSearch = '';
      this.choice.clear();
    }
    this.chosen = process;
    this.processError = null;
    const { accountId } = this;
    const mine = <T>(call: Promise<T>, take: (answer: T) => void, fail?: () => void) =>
      call.then(
        (answer) => {
          if (still()) take(answer);
        },
        (thrown: unknown) => {
          if (!still()) return;
          this.processError ??= toAppError(thrown);
          fail?.();
        },
      );
    await Promise.all([
      mine(
        this.host.listProcessRuns(accountId, process.processId),
        (list) => {
          this.runs = list.rows;
          this.runsAreCut = list.isCut;
          this.creation.listed(accountId, process, list);
        },
        () => this.creation.unlisted(accountId, process),
      ),
      mine(this.host.getProcess(accountId, process.processId), (detail) => (this.detail = detail)),
      mine(this.host.listProcessSteps(accountId, process.processId), (steps) => {
        this.steps = steps;
      }),
    ]);
  }

  async pick({ runId }: ProcessRunRow): Promise<void> {
    const { chosen, accountId } = this;
    if (!chosen || this.busy) return;
    const { isHere, isAwaited } = this.asking();
    this.adding = true;
    this.processError = null;
    try {
      const row = await this.host.addRun(accountId, runId);
      this.creation.found(accountId, chosen, runId);
      this.arrived(row, isAwaited);
    } catch (thrown) {
      this.failed(toAppError(thrown), isHere);
    } finally {
      this.adding = false;
    }
  }

  /** Adds the runs that are ticked. What was added does not wait for what was not. */
  async addTicked(watch: boolean): Promise<void> {
    if (!this.chosen || this.busy) return;
    const { isHere, isAwaited } = this.asking();
    const isAll = await this.choice.add(this.accountId, this.newest, watch);
    if (!isHere()) return;
    // What was typed for another run meanwhile is not lost.
    if (isAll && isAwaited()) this.close();
    else this.runs = this.runs?.map((run) => this.asListed(run)) ?? null;
  }

  /** What was added meanwhile says so. */
  private asListed(run: ProcessRunRow): ProcessRunRow {
    const ref = { accountId: this.accountId, runId: run.runId };
    return { ...run, added: run.added || this.around.runs.get(ref) !== undefined };
  }

  async showStatuses(): Promise<void> {
    await this.choice.showStatuses(this.accountId, this.shownRuns);
  }

  async create(): Promise<void> {
    const { chosen, accountId, runs: known, startsAfter } = this;
    if (!chosen || this.busy) return;
    const { isHere, isAwaited } = this.asking();
    const target = { accountId, process: chosen, known };
    await this.creation.create(target, this.namePrefix.trim(), {
      made: (row) => {
        this.arrived(row, isAwaited);
        if (startsAfter) void this.askToStart(row);
      },
      lost: async (message) => {
        if (!isHere()) this.around.fail(say('server', message));
        // What was listed before the answer was lost says nothing; this list counts.
        else await this.choose(chosen);
      },
      failed: (error) => this.failed(error, isHere),
    });
  }

  /** For an answer: whether its process is in sight still, and whether nothing else was done since. */
  private asking(): { isHere: Still; isAwaited: Still } {
    const [moves, isHere] = [this.around.moves.join(), this.choosing.join()];
    const { namePrefix } = this;
    return { isHere, isAwaited: () => moves() && isHere() && this.namePrefix === namePrefix };
  }

  private arrived(row: RunRow, isAwaited: Still): void {
    const closes = isAwaited();
    // The run is opened before the dialog goes.
    this.around.added(row, isAwaited);
    if (closes) this.close();
  }

  /** A run that was just created is asked about like any other: nothing starts by itself (docs/RULES.md, 9). */
  private async askToStart({ accountId, runId }: RunRow): Promise<void> {
    const { actions, ask, moves, open } = this.around;
    const still = moves.join();
    if (!open.isOpen({ accountId, runId })) return;
    try {
      const detail = await this.host.runDetail({ accountId, runId });
      if (still() && ask.isFree) actions.start(detail);
    } catch (thrown) {
      open.fail({ accountId, runId }, toAppError(thrown));
    }
  }

  private failed(error: AppError, isHere: Still): void {
    if (isHere()) this.processError = error;
    else this.around.fail(error);
  }
}
