/** Opening a close: its user chooses among the periods that can be opened now. */
import type { AppError, CloseBoard, OpenChoice, PlanRow } from '../generated/contract';
import { toAppError, type Host } from '../host/host';
import { Latest } from './latest';

interface Around {
  opened: (board: CloseBoard, isAwaited: boolean) => void;
}

export class CloseOpening {
  /** The plan whose closes are chosen from; none while the dialog is shut. */
  plan = $state.raw<PlanRow | null>(null);
  choices = $state.raw<OpenChoice[] | null>(null);
  error = $state.raw<AppError | null>(null);
  /** The period that is being opened. */
  busy = $state<string | null>(null);
  private openings = new Latest();

  constructor(
    private host: Host,
    private around: Around,
  ) {}

  async show(row: PlanRow): Promise<void> {
    this.plan = row;
    this.choices = null;
    this.busy = null;
    await this.load();
  }

  async load(): Promise<void> {
    const planId = this.plan?.plan.planId;
    if (!planId) return;
    const still = this.openings.begin();
    this.error = null;
    try {
      const choices = await this.host.openChoices(planId);
      if (still()) this.choices = choices;
    } catch (thrown) {
      if (still()) this.error = toAppError(thrown);
    }
  }

  async open({ close }: OpenChoice): Promise<void> {
    if (this.busy !== null) return;
    const still = this.openings.join();
    this.busy = close.periodLast;
    this.error = null;
    try {
      const board = await this.host.openClose(close);
      this.around.opened(board, still());
      if (still()) this.leave();
    } catch (thrown) {
      if (still()) this.error = toAppError(thrown);
    } finally {
      if (still()) this.busy = null;
    }
  }

  leave(): void {
    this.openings.end();
    this.plan = null;
    this.busy = null;
  }
}
