/** Activity saved as a table: the backend asks where, and writes it. */
import type { AppError } from '../generated/contract';
import { toAppError, type Host } from '../host/host';
import { exportedWords } from '../words/activity';
import type { Announcer } from './announcer.svelte';

export class ActivityExport {
  busy = $state(false);
  /** Where it is now. */
  words = $state<string | null>(null);
  error = $state.raw<AppError | null>(null);

  constructor(
    private host: Host,
    private announcer: Announcer,
  ) {}

  async run(): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    this.words = this.error = null;
    try {
      const place = await this.host.exportActivity();
      // None: its user thought better of it.
      if (place === null) return;
      this.words = exportedWords(place);
      this.announcer.say(this.words);
    } catch (thrown) {
      this.error = toAppError(thrown);
    } finally {
      this.busy = false;
    }
  }

  /** Its panel was closed: what it said there was read. */
  closed(): void {
    this.words = this.error = null;
  }
}
