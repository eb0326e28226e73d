/**
 * Several runs, started one after the other: one question names all of them; then each is started by the
 * same call, with the same checks, as from its own button, and has a result of its own.
 */
import type {
  ActionReply,
  AppError,
  ExpectedState,
  RunDetail,
  RunRow,
} from '../generated/contract';
import { toAppError, type Host, type RunRef } from '../host/host';
import { BULK_START } from '../words/bulk';
import { STARTING } from '../words/done';
import { START } from '../words/questions';
import { runStanding } from '../words/runs';
import { withReason } from './actions.svelte';
import type { Announcer } from './announcer.svelte';
import type { Ask } from './ask.svelte';
import { Latest } from './latest';
import type { OpenRun } from './open-run.svelte';
import { runKey } from './runs.svelte';
import type { Selection } from './selection.svelte';
import { isToStart } from './tabs';

/** `waits` was not sent yet, `left` never was. */
export type StartResult = 'waits' | 'pending' | 'ok' | 'refused' | 'unknown' | 'left';

/** One run of the question, as it stood then. */
export interface Start {
  key: string;
  row: RunRow;
  /** What the backend is told that the question showed. */
  expected: ExpectedState;
  /** Why it cannot be started; then it is not. */
  bar: string | null;
  warning: string | null;
  result: StartResult;
  /** What came of it. */
  message: string;
}

interface Around {
  open: OpenRun;
  announcer: Announcer;
  selection: Selection;
  ask: Ask;
  moves: Latest;
  fail: (error: AppError) => void;
}

/** Why it is not started among others. What has run is run again from its own page alone, where that is asked about. */
function barOf({ row, start }: RunDetail): string | null {
  if (!start.allowed) return start.reason ?? STARTING.cannot;
  if (isToStart(row)) return null;
  return row.ended ? STARTING.hasEnded : STARTING.cannot;
}

/** These errors would hit every further start, so the rest is not sent. */
const STOPS = ['signed-out', 'offline', 'keychain'];

export class BulkStart {
  isOpen = $state(false);
  starts = $state.raw<Start[]>([]);
  phase = $state<'asked' | 'sending' | 'done'>('asked');
  /** Why they are started, as it is typed. */
  reason = $state('');
  /** Why the rest was not sent. */
  stopped = $state<string | null>(null);

  private wantsStop = false;
  private questions = new Latest();

  constructor(
    private host: Host,
    private around: Around,
  ) {}

  readonly startable = $derived(this.starts.filter(({ bar }) => bar === null));

  /** Asks about these runs; what is known of each decides whether it is started. Those that are not come last. */
  async ask(rows: RunRow[]): Promise<void> {
    if (this.isOpen || rows.length === 0) return;
    const isNewest = this.questions.begin();
    const still = this.around.moves.join();
    const starts: Start[] = [];
    try {
      for (const { accountId, runId } of rows) {
        const detail = await this.host.runDetail({ accountId, runId });
        const { row, start } = detail;
        starts.push({
          key: runKey(row),
          row,
          expected: { status: row.status, attempt: row.attempt },
          bar: barOf(detail),
          warning: start.warning,
          result: 'waits',
          message: '',
        });
      }
    } catch (thrown) {
      return this.around.fail(toAppError(thrown));
    }
    // It comes up over nothing that was opened or asked since (docs/RULES.md, 28).
    if (!isNewest() || !still() || !this.around.ask.isFree) return;
    this.starts = starts.sort((a, b) => Number(a.bar !== null) - Number(b.bar !== null));
    this.phase = 'asked';
    this.reason = '';
    this.stopped = null;
    this.wantsStop = false;
    this.isOpen = true;
  }

  /** Sends what was confirmed, once each, in the order of the question. */
  async send(): Promise<void> {
    if (this.phase !== 'asked') return;
    this.phase = 'sending';
    const reason = this.reason.trim();
    for (const start of this.startable) {
      if (this.wantsStop) this.stopped ??= STARTING.stopped;
      if (this.stopped === null) await this.sendOne(start, reason);
      else this.set(start, 'left', STARTING.notSent);
    }
    this.phase = 'done';
    // What was not started can be asked about again.
    const left = this.startable.filter(({ result }) => result === 'refused' || result === 'left');
    this.around.selection.keep(left.map(({ key }) => key));
    const started = this.starts.filter(({ result }) => result === 'ok').length;
    this.around.announcer.say(BULK_START.done(started, this.startable.length, this.stopped));
  }

  private async sendOne({ key, row, expected }: Start, reason: string): Promise<void> {
    const run: RunRef = { accountId: row.accountId, runId: row.runId };
    const start = { key, row };
    // One action at a time per run: its own button may be at it (docs/RULES.md, 10).
    if (!this.around.open.begin(run, START.sending)) {
      return this.set(start, 'refused', STARTING.busy);
    }
    this.set(start, 'pending', STARTING.sending);
    try {
      const asked = withReason(expected, reason);
      this.answered(start, await this.host.startRun({ ...run, ...asked }));
    } catch (thrown) {
      this.failed(start, toAppError(thrown));
    } finally {
      this.around.open.end(run);
      if (this.around.open.isOpen(run)) void this.around.open.changed();
    }
  }

  private answered(start: Pick<Start, 'key' | 'row'>, reply: ActionReply): void {
    const older = reply.offerDeprecated ? STARTING.older : '';
    this.set(start, reply.result === 'pending' ? 'unknown' : reply.result, reply.message + older);
    this.around.open.answer(start.row, reply);
    this.stopAt(reply.problem);
  }

  private failed(start: Pick<Start, 'key' | 'row'>, error: AppError): void {
    const asked = runStanding(start.row).word;
    this.set(start, 'refused', error.code === 'changed' ? STARTING.changed(asked) : error.message);
    this.around.open.fail(start.row, error);
    this.stopAt(error);
  }

  private stopAt(error: AppError | null): void {
    if (error && STOPS.includes(error.code)) this.stopped = error.message;
  }

  private set({ key }: Pick<Start, 'key'>, result: StartResult, message: string): void {
    this.starts = this.starts.map((start) =>
      start.key === key ? { ...start, result, message } : start,
    );
  }

  /** What is being sent is sent; nothing after it. Once all is done, the dialog goes. */
  close(): void {
    if (this.phase === 'sending') this.wantsStop = true;
    else this.isOpen = false;
  }
}
