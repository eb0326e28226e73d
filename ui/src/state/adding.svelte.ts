/** The field that adds a run by its id or address. */
import type { AppError, RunRow } from '../generated/contract';
import { toAppError, type Host } from '../host/host';

export class Adding {
  text = $state('');
  busy = $state(false);
  error = $state.raw<AppError | null>(null);

  constructor(
    private host: Host,
    private added: (row: RunRow) => void,
  ) {}

  async add(accountId: string): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    this.error = null;
    try {
      this.added(await this.host.addRun(accountId, this.text));
      this.text = '';
    } catch (thrown) {
      // What was typed stays, to be corrected.
      this.error = toAppError(thrown);
    } finally {
      this.busy = false;
    }
  }
}
