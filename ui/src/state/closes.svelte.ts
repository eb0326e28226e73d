/**
 * The close board: which close is in sight, how each stands, and what is done with it. Boards are kept by their
 * close, so that a late answer changes its own and never the one in sight (docs/RULES.md, 28).
 */
import { SvelteMap } from 'svelte/reactivity';
import type { AppError, CloseBoard, CloseRef, PlanRow } from '../generated/contract';
import { toAppError, type Host } from '../host/host';
import { boardStanding, deletedWith } from '../words/close';
import { CLOSE_DONE, DELETE_PLAN, MOVE_CLOSE } from '../words/close-board';
import { TERMS } from '../words/common';
import { isolated, nameOf, quoted } from '../words/names';
import { FACTS } from '../words/questions';
import { cut } from '../words/runs';
import type { Announcer } from './announcer.svelte';
import type { Ask } from './ask.svelte';
import type { Clock } from './clock.svelte';
import { bestClose, closeKey, newerOf, type Shown } from './close-choice';
import { Latest } from './latest';
import type { Undo } from './undo.svelte';

interface Around {
  announcer: Announcer;
  ask: Ask;
  clock: Clock;
  undo: Undo;
  moves: Latest;
  /** The board takes the place of the list. */
  boardInFront: () => void;
}

export class Closes {
  /** The board is in sight instead of the list. */
  inSight = $state(false);
  plans = $state.raw<PlanRow[] | null>(null);
  /** Why the plans could not be read. */
  plansError = $state.raw<AppError | null>(null);
  /** What its user chose, or what was best when the board was opened. */
  shown = $state.raw<Shown | null>(null);
  /** What is being done with a close, in words. */
  private doing = new SvelteMap<string, string>();
  private boards = new SvelteMap<string, CloseBoard>();
  private errors = new SvelteMap<string, AppError>();
  /** Where the evidence of a close was written. */
  private written = new SvelteMap<string, string>();
  private listing = new Latest();

  constructor(
    private host: Host,
    private around: Around,
  ) {}

  /** The plan in sight. */
  readonly plan = $derived(
    this.plans?.find(({ plan }) => plan.planId === this.shown?.planId) ?? null,
  );

  private readonly key = $derived(this.shown && closeKey(this.shown));

  /** The close in sight; none where its plan has none. */
  readonly close = $derived.by((): CloseRef | null => {
    const { shown } = this;
    if (!shown || shown.periodLast === null) return null;
    return { planId: shown.planId, periodLast: shown.periodLast };
  });

  readonly board = $derived(this.key === null ? null : (this.boards.get(this.key) ?? null));
  readonly error = $derived(this.key === null ? null : (this.errors.get(this.key) ?? null));
  readonly evidence = $derived(this.key === null ? null : (this.written.get(this.key) ?? null));
  readonly busy = $derived(this.key === null ? null : (this.doing.get(this.key) ?? null));

  /** How a close stands, as far as its board is known. */
  boardOf(close: CloseRef): CloseBoard | undefined {
    return this.boards.get(closeKey(close));
  }

  /** Opens the board: at this close, or where its user was last. */
  show(close: Shown | null = null): void {
    this.around.moves.end();
    this.inSight = true;
    this.around.boardInFront();
    if (close) this.choose(close);
    else if (this.close) void this.read(this.close);
    void this.load();
  }

  leave(): void {
    this.around.moves.end();
    this.inSight = false;
  }

  choose(shown: Shown): void {
    this.shown = shown;
    if (this.close) void this.read(this.close);
  }

  /** Reads the plans and their closes. */
  async load(): Promise<void> {
    const still = this.listing.begin();
    try {
      const plans = await this.host.listPlans();
      if (still()) this.takePlans(plans);
    } catch (thrown) {
      if (still()) this.plansError = toAppError(thrown);
    }
  }

  private takePlans(plans: PlanRow[]): void {
    this.plans = plans;
    this.plansError = null;
    if (this.plan && (this.close || this.plan.closes.length === 0)) return;
    // Nothing was chosen yet, what was chosen is gone, or its plan has its first close now.
    const best = bestClose(this.plan ? [this.plan] : plans, this.around.clock.now);
    if (best) this.choose(best);
    else this.shown = null;
  }

  /** Has the board in sight worked out anew. */
  async read(close: CloseRef): Promise<void> {
    await this.change(close, CLOSE_DONE.workingOut, () => this.host.closeBoard(close));
  }

  /** What came since is taken from the whole: the plans, and the board in sight. */
  stale(): void {
    if (this.plans === null && !this.inSight) return;
    if (this.close) void this.read(this.close);
    void this.load();
  }

  plansChanged(): void {
    if (this.plans !== null || this.inSight) void this.load();
  }

  /** A board came by itself. */
  arrived(board: CloseBoard): void {
    const before = this.boardOf(board.close);
    if (!this.take(board) || !before || before.state === board.state) return;
    if (!this.inSight || closeKey(board.close) !== this.key) return;
    this.around.announcer.say(
      CLOSE_DONE.changed(spoken(board), boardStanding(board, board.madeAt).word),
    );
  }

  /** Takes a board unless a newer one is known. */
  private take(board: CloseBoard): boolean {
    const key = closeKey(board.close);
    const kept = newerOf(this.boards.get(key), board);
    if (kept !== board) return false;
    this.boards.set(key, board);
    return true;
  }

  /** Does something with a close, and says meanwhile what; answers whether it went well. */
  private async work(close: CloseRef, words: string, call: () => Promise<void>): Promise<boolean> {
    try {
      await this.during(close, words, call);
      return true;
    } catch (thrown) {
      this.fail(close, toAppError(thrown));
      return false;
    }
  }

  private async during(close: CloseRef, words: string, call: () => Promise<void>): Promise<void> {
    const key = closeKey(close);
    this.errors.delete(key);
    this.doing.set(key, words);
    try {
      await call();
    } finally {
      this.doing.delete(key);
    }
  }

  /** Asks for something that answers with the close's board; says whether it did. */
  private change(
    close: CloseRef,
    words: string,
    call: () => Promise<CloseBoard>,
  ): Promise<boolean> {
    return this.work(close, words, async () => void this.take(await call()));
  }

  dismissError(): void {
    if (this.key !== null) this.errors.delete(this.key);
  }

  dismissEvidence(): void {
    if (this.key !== null) this.written.delete(this.key);
  }

  /** What went wrong with a close, to be said elsewhere. */
  takeError(close: CloseRef): AppError | null {
    const error = this.errors.get(closeKey(close)) ?? null;
    this.errors.delete(closeKey(close));
    return error;
  }

  /** Something went wrong with a close, in sight or not. */
  fail(close: CloseRef, error: AppError): void {
    this.errors.set(closeKey(close), error);
  }

  /** A period was opened: its board comes into sight where its user still waits for it. */
  opened(board: CloseBoard, isAwaited: boolean): void {
    this.take(board);
    if (isAwaited) this.choose(board.close);
    else this.around.announcer.say(CLOSE_DONE.opened(spoken(board)));
    void this.load();
  }

  /** Asks whether the plan's new times count for this close. */
  askMove(board: CloseBoard): void {
    this.around.ask.ask({
      ...MOVE_CLOSE,
      facts: [
        { label: TERMS.plan, value: nameOf(board.planName, board.close.planId) },
        { label: TERMS.close, value: board.label },
        { label: FACTS.changes, value: board.moved.join('\n') },
      ],
      danger: false,
      go: async () => {
        await this.change(board.close, CLOSE_DONE.moving, () => this.host.moveClose(board.close));
      },
    });
  }

  /** Archives a close or brings it back. */
  async archive(board: CloseBoard, archived: boolean): Promise<void> {
    const { close } = board;
    const set = (isArchived: boolean) => this.host.archiveClose(close, isArchived);
    if (!(await this.change(close, CLOSE_DONE.saving, () => set(archived)))) return;
    void this.load();
    if (!archived) return;
    this.offerBack(CLOSE_DONE.archived(spoken(board)), close, async () => {
      this.take(await set(false));
      await this.load();
    });
  }

  private offerBack(words: string, close: CloseRef, back: () => Promise<void>): void {
    this.around.undo.offer(words, () => this.during(close, CLOSE_DONE.saving, back));
  }

  /** Says which run stands for an item. */
  bind(close: CloseRef, processId: string, text: string): Promise<boolean> {
    return this.change(close, CLOSE_DONE.saving, () => this.host.bindRun(close, processId, text));
  }

  /** Takes that back, which can be undone. */
  async unbind(board: CloseBoard, processId: string): Promise<boolean> {
    const { close } = board;
    const item = board.items.find((one) => one.processId === processId);
    const call = () => this.host.unbindRun(close, processId);
    if (!(await this.change(close, CLOSE_DONE.saving, call))) return false;
    const run = item?.run;
    if (run) {
      const words = CLOSE_DONE.unbound(quoted(run.name, run.runId), spoken(board));
      this.offerBack(words, close, async () => {
        this.take(await this.host.bindRun(close, processId, run.runId));
      });
    }
    return true;
  }

  /** Writes what an auditor asks for; says where. */
  async exportEvidence(close: CloseRef): Promise<void> {
    const key = closeKey(close);
    if (this.doing.has(key)) return;
    await this.work(close, CLOSE_DONE.writing, async () => {
      const path = await this.host.exportEvidence(close);
      if (path === null) return;
      this.written.set(key, path);
      this.around.announcer.say(CLOSE_DONE.written);
    });
  }

  askDelete(row: PlanRow): void {
    const id = row.plan.planId;
    if (id === null) return;
    this.around.ask.ask({
      ...DELETE_PLAN,
      facts: [
        { label: TERMS.plan, value: nameOf(row.plan.name, id) },
        { label: FACTS.closes, value: deletedWith(row) },
      ],
      danger: true,
      go: () => this.delete(id),
    });
  }

  private async delete(planId: string): Promise<void> {
    try {
      await this.host.deletePlan(planId);
    } catch (thrown) {
      this.plansError = toAppError(thrown);
      return;
    }
    await this.load();
  }
}

const spoken = ({ planName, label }: CloseBoard) => `${isolated(cut(planName, 60))}, ${label}`;
