/** The report for support, as it would be copied. */
import type { AppError } from '../generated/contract';
import { toAppError, type Host } from '../host/host';
import { Latest } from './latest';

export class Diagnostics {
  text = $state<string | null>(null);
  error = $state.raw<AppError | null>(null);

  private reports = new Latest();

  constructor(private host: Host) {}

  /** Always made anew: it tells how things are now. */
  async load(): Promise<void> {
    const still = this.reports.begin();
    this.text = null;
    this.error = null;
    try {
      const text = await this.host.diagnostics();
      if (still()) this.text = text;
    } catch (thrown) {
      if (still()) this.error = toAppError(thrown);
    }
  }
}
