/** The run of an item: opened, started after the usual question, or said by hand. Nothing starts by itself. */
import type { AppError, BoardItem, CloseBoard, CloseRef, RunDetail } from '../generated/contract';
import { toAppError, type Host, type RunRef } from '../host/host';
import { say } from '../words/accounts';
import { ITEM_TOOLS } from '../words/close-board';
import type { Actions } from './actions.svelte';
import type { Ask } from './ask.svelte';
import type { Closes } from './closes.svelte';
import { Latest } from './latest';
import type { List } from './list.svelte';
import type { OpenRun } from './open-run.svelte';
import type { Picker } from './picker.svelte';

interface Around {
  closes: Closes;
  actions: Actions;
  ask: Ask;
  list: List;
  moves: Latest;
  open: OpenRun;
  picker: Picker;
  openRun: (run: RunRef) => void;
}

export class CloseRun {
  /** The item whose run is asked for, as it was then; none while the dialog is shut. */
  private asked = $state.raw<{ board: CloseBoard; item: BoardItem } | null>(null);
  /** The run that is ticked. */
  chosen = $state<string | null>(null);
  /** Another run, by its id or an address of it. */
  text = $state('');
  busy = $state(false);
  error = $state.raw<AppError | null>(null);
  private turns = new Latest();

  constructor(
    private host: Host,
    private around: Around,
  ) {}

  /** The item as its newest board shows it. */
  readonly item = $derived.by((): BoardItem | null => {
    const { asked } = this;
    if (!asked) return null;
    const { processId } = asked.item;
    const items = this.around.closes.boardOf(asked.board.close)?.items;
    return items?.find((item) => item.processId === processId) ?? asked.item;
  });

  get board(): CloseBoard | null {
    return this.asked?.board ?? null;
  }

  /** What would be said: what is typed comes before what is ticked. */
  get answer(): string {
    return this.text.trim() || (this.chosen ?? '');
  }

  ask(board: CloseBoard, item: BoardItem): void {
    this.turns.begin();
    this.asked = { board, item };
    this.chosen = null;
    this.text = '';
    this.error = null;
    this.busy = false;
  }

  leave(): void {
    this.turns.end();
    this.asked = null;
  }

  async bind(): Promise<void> {
    const { asked, answer } = this;
    if (!asked || answer === '') return;
    await this.say(asked.board, (closes) =>
      closes.bind(asked.board.close, asked.item.processId, answer),
    );
  }

  async unbind(): Promise<void> {
    const { asked } = this;
    const board = asked && (this.around.closes.boardOf(asked.board.close) ?? asked.board);
    if (!asked || !board) return;
    await this.say(board, (closes) => closes.unbind(board, asked.item.processId));
  }

  /** The dialog goes once it was written down; what went wrong is said in it, where it is still there. */
  private async say(board: CloseBoard, call: (closes: Closes) => Promise<boolean>): Promise<void> {
    if (this.busy) return;
    const { closes } = this.around;
    const { answer } = this;
    const still = this.turns.join();
    this.busy = true;
    this.error = null;
    const isWritten = await call(closes);
    if (!still()) return;
    this.busy = false;
    // What was typed meanwhile is another answer.
    if (isWritten && this.answer === answer) return this.leave();
    this.error = closes.takeError(board.close);
  }

  open(board: CloseBoard, item: BoardItem): void {
    if (!item.run) return;
    const run = { accountId: board.accountId, runId: item.run.runId };
    if (item.run.isListed) this.around.openRun(run);
    else void this.around.list.addAgain(run);
  }

  /** Chooses or creates the run of an item in SolveXia. */
  pick(board: CloseBoard, { processId, name }: BoardItem): void {
    const { picker } = this.around;
    this.leave();
    picker.open(board.accountId);
    void picker.choose({ processId, name });
  }

  /**
   * Asks whether to start what a notification offered, where that is still at hand; its board is in sight. An
   * address changes nothing by itself: a run that was taken off the list is put back from the board alone.
   */
  async startAtHand(close: CloseRef, processId: string): Promise<void> {
    const { closes, moves } = this.around;
    const still = moves.join();
    try {
      const board = await this.host.closeBoard(close);
      const item = board.items.find((one) => one.processId === processId);
      if (!still() || !item || !isStartable(board, item)) return;
      if (item.run?.isListed !== false) await this.start(board, item);
    } catch (thrown) {
      if (still()) closes.fail(close, toAppError(thrown));
    }
  }

  /** Opens the run and asks the usual question; what comes of it stands beside the run. */
  async start(board: CloseBoard, item: BoardItem): Promise<void> {
    if (!item.run) return this.pick(board, item);
    const { around } = this;
    const run = { accountId: board.accountId, runId: item.run.runId };
    try {
      if (item.run.isListed) around.openRun(run);
      else await around.list.addAgain(run);
      const still = around.moves.join();
      const detail = await this.host.runDetail(run);
      if (!still() || !around.open.isOpen(run) || !around.ask.isFree) return;
      if (detail.start.allowed) around.actions.start(detail);
      else around.closes.fail(board.close, notNow(detail));
    } catch (thrown) {
      around.closes.fail(board.close, toAppError(thrown));
    }
  }
}

/** A person starts it, and now it can be. */
export const isStartable = (board: CloseBoard, item: BoardItem) =>
  item.state === 'ready' && item.start.kind === 'by-hand' && !board.archived;

function notNow({ start, row }: RunDetail): AppError {
  return say('not-now', ITEM_TOOLS.notNow(row.runId, start.reason));
}
