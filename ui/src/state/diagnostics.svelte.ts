/** The report for support, as it would be copied. */
import type { AppError } from '../generated/contract';
import { toAppError, type Host } from '../host/host';

export class Diagnostics {
  text = $state<string | null>(null);
  error = $state.raw<AppError | null>(null);

  constructor(private host: Host) {}

  /** Always made anew: it tells how things are now. */
  async load(): Promise<void> {
    this.text = null;
    this.error = null;
    try {
      this.text = await this.host.diagnostics();
    } catch (thrown) {
      this.error = toAppError(thrown);
    }
  }
}
