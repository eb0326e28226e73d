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
import { quoted } from '../words/names';
import { cut } from '../words/runs';
import { Creation, type Around, type LostAnswer } from './creation.svelte';
import { newestFirst } from './process-runs';
import type { Runs } from './runs.svelte';

interface AroundPicker extends Around {
  runs: Runs;
  /** A run is in the list now, and its user looks for it. */
  added: (row: RunRow) => void;
  fail: (error: AppError) => void;
}

export class Picker {
  isOpen = $state(false);
  name = $state('');
  processes = $state.raw<ProcessRow[] | null>(null);
  listError = $state.raw<AppError | null>(null);

  chosen = $state.raw<ProcessRow | null>(null);
  detail = $state.raw<ProcessDetail | null>(null);
  runs = $state.raw<ProcessRunRow[] | null>(null);
  steps = $state.raw<ProcessStepRow[] | null>(null);
  processError = $state.raw<AppError | null>(null);
  runSearch = $state('');

  namePrefix = $state('');
  readonly creation: Creation;
  private adding = $state(false);

  private accountId = $state('');
  private listing = 0;
  private choosing = 0;
  private opening = 0;

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
  }

  get busy(): boolean {
    return this.adding || this.creation.busy;
  }

  /** The answer to a create of the chosen process was lost, and what came of it is not known. */
  get lost(): LostAnswer | null {
    const lost = this.chosen && this.creation.lost(this.accountId, this.chosen);
    return lost && { ...lost, newRuns: newestFirst(lost.newRuns) };
  }

  open(accountId: string): void {
    if (accountId !== this.accountId) {
      this.accountId = accountId;
      this.name = '';
      this.processes = null;
      this.chosen = null;
    }
    this.opening += 1;
    this.isOpen = true;
    this.namePrefix = '';
    void this.list();
    if (this.chosen) void this.choose(this.chosen);
  }

  close(): void {
    this.isOpen = false;
  }

  async list(): Promise<void> {
    const turn = (this.listing += 1);
    this.listError = null;
    try {
      const found = await this.host.listProcesses(this.accountId, this.name.trim());
      if (turn === this.listing) this.processes = found;
    } catch (thrown) {
      if (turn === this.listing) this.listError = toAppError(thrown);
    }
  }

  async choose(process: ProcessRow): Promise<void> {
    const turn = (this.choosing += 1);
    if (this.chosen?.processId !== process.processId) {
      this.detail = null;
      this.runs = null;
      this.steps = null;
      this.runSearch = '';
    }
    this.chosen = process;
    this.processError = null;
    const { accountId } = this;
    const mine = <T>(call: Promise<T>, take: (answer: T) => void) =>
      call.then(
        (answer) => {
          if (turn === this.choosing) take(answer);
        },
        (thrown: unknown) => {
          if (turn === this.choosing) this.processError ??= toAppError(thrown);
        },
      );
    await Promise.all([
      mine(this.host.listProcessRuns(accountId, process.processId), (runs) => {
        this.runs = runs;
        this.creation.listed(accountId, process, runs);
      }),
      mine(this.host.getProcess(accountId, process.processId), (detail) => (this.detail = detail)),
      mine(this.host.listProcessSteps(accountId, process.processId), (steps) => {
        this.steps = steps;
      }),
    ]);
  }

  async pick({ runId }: ProcessRunRow): Promise<void> {
    const { chosen, accountId, opening } = this;
    if (!chosen || this.busy) return;
    this.adding = true;
    this.processError = null;
    try {
      const row = await this.host.addRun(accountId, runId);
      this.creation.found(accountId, chosen, runId);
      this.arrived(row, opening);
    } catch (thrown) {
      this.failed(chosen, opening, toAppError(thrown));
    } finally {
      this.adding = false;
    }
  }

  async create(): Promise<void> {
    const { chosen, accountId, opening, runs: known } = this;
    if (!chosen || this.busy) return;
    const target = { accountId, process: chosen, known };
    await this.creation.create(target, this.namePrefix.trim(), {
      made: (row) => this.arrived(row, opening),
      lost: async (message) => {
        if (!this.isStill(chosen, opening)) this.around.fail(say('server', message));
        // What was listed before the answer was lost says nothing; this list counts.
        else await this.choose(chosen);
      },
      failed: (error) => this.failed(chosen, opening, error),
    });
  }

  /** Its user still looks at this process, in the picker as it was opened then. */
  private isStill(process: ProcessRow, opening: number): boolean {
    return this.isOpen && this.opening === opening && this.chosen?.processId === process.processId;
  }

  /** Opens the run, unless its user has gone on to something else meanwhile. */
  private arrived(row: RunRow, opening: number): void {
    if (this.isOpen && this.opening === opening) {
      this.isOpen = false;
      return this.around.added(row);
    }
    this.around.runs.take(row, 'answer');
    this.around.announcer.say(`${quoted(row.name, row.runId)} (${row.runId}) is in the list.`);
  }

  private failed(process: ProcessRow, opening: number, error: AppError): void {
    if (this.isStill(process, opening)) this.processError = error;
    else this.around.fail(error);
  }
}
