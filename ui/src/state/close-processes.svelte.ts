/** The processes that can be put into a plan, as SolveXia lists them. */
import type { AppError, ProcessRow } from '../generated/contract';
import { toAppError, type Host } from '../host/host';
import { Latest } from './latest';

/** More are not shown at once: typing narrows them. */
const SHOWN = 50;

export class PlanProcesses {
  name = $state('');
  rows = $state.raw<ProcessRow[] | null>(null);
  /** There are more than these. */
  isCut = $state(false);
  error = $state.raw<AppError | null>(null);
  private listing = new Latest();

  constructor(private host: Host) {}

  /** Forgets what was typed for another plan. */
  blank(): void {
    this.listing.end();
    this.name = '';
    this.rows = null;
    this.error = null;
  }

  async list(accountId: string): Promise<void> {
    const still = this.listing.begin();
    this.error = null;
    try {
      const { rows, isCut } = await this.host.listProcesses(accountId, this.name.trim());
      if (!still()) return;
      this.rows = rows.slice(0, SHOWN);
      this.isCut = isCut || rows.length > SHOWN;
    } catch (thrown) {
      if (still()) this.error = toAppError(thrown);
    }
  }
}
