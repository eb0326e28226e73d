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
import { Latest, type Still } from './latest';

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

  namePrefix = $state('');
  busy = $state(false);

  private accountId = '';
  private listing = new Latest();
  private choosing = new Latest();

  constructor(
    private host: Host,
    private moves: Latest,
    private picked: (row: RunRow, still: Still) => void,
    private fail: (error: AppError) => void,
  ) {}

  open(accountId: string): void {
    this.choosing.end();
    if (accountId !== this.accountId) {
      this.accountId = accountId;
      this.name = '';
      this.processes = null;
      this.chosen = null;
    }
    this.isOpen = true;
    this.namePrefix = '';
    void this.list();
    if (this.chosen) void this.choose(this.chosen);
  }

  close(): void {
    this.choosing.end();
    this.isOpen = false;
  }

  async list(): Promise<void> {
    const still = this.listing.begin();
    this.listError = null;
    try {
      const found = await this.host.listProcesses(this.accountId, this.name.trim());
      if (still()) this.processes = found;
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
    }
    this.chosen = process;
    this.processError = null;
    const { accountId } = this;
    const mine = <T>(call: Promise<T>, take: (answer: T) => void) =>
      call.then(
        (answer) => {
          if (still()) take(answer);
        },
        (thrown: unknown) => {
          if (still()) this.processError ??= toAppError(thrown);
        },
      );
    await Promise.all([
      mine(this.host.listProcessRuns(accountId, process.processId), (runs) => (this.runs = runs)),
      mine(this.host.getProcess(accountId, process.processId), (detail) => (this.detail = detail)),
      mine(this.host.listProcessSteps(accountId, process.processId), (steps) => {
        this.steps = steps;
      }),
    ]);
  }

  async pick(run: ProcessRunRow): Promise<void> {
    await this.finish(() => this.host.addRun(this.accountId, run.runId));
  }

  async create(): Promise<void> {
    const process = this.chosen;
    if (!process) return;
    const prefix = this.namePrefix.trim();
    await this.finish(async () => {
      const reply = await this.host.createRun(this.accountId, process.processId, prefix);
      if (!reply.row) throw say('bad-answer', reply.message ?? 'SolveXia did not answer.');
      return reply.row;
    });
  }

  private async finish(call: () => Promise<RunRow>): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    this.processError = null;
    const { namePrefix } = this;
    const [moves, choosing] = [this.moves.join(), this.choosing.join()];
    const still = () => moves() && choosing() && this.namePrefix === namePrefix;
    try {
      const row = await call();
      // The run is opened before the dialog goes.
      const isAwaited = still();
      this.picked(row, still);
      if (isAwaited) this.close();
    } catch (thrown) {
      if (choosing()) this.processError = toAppError(thrown);
      else this.fail(toAppError(thrown));
    } finally {
      this.busy = false;
    }
  }
}
