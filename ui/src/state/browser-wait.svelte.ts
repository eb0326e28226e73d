/** The wait for the browser's answer: how long it lasts, and what can be done meanwhile. */
import type { AppError } from '../generated/contract';
import { toAppError, type Host } from '../host/host';

/** The backend gives up after this long. */
export const PATIENCE_MS = 5 * 60_000;

export class BrowserWait {
  /** When the wait ends by itself (UTC ms); none while nothing is waited for. */
  ends = $state<number | null>(null);
  /** What was done last, in words. */
  said = $state<string | null>(null);
  error = $state.raw<AppError | null>(null);

  constructor(private host: Host) {}

  begin(): void {
    this.ends = Date.now() + PATIENCE_MS;
    this.said = null;
    this.error = null;
  }

  end(): void {
    this.ends = null;
  }

  /** The pending sign-in then rejects with `stopped`; nothing else happens here. */
  cancel(): Promise<void> {
    return this.attempt(() => this.host.cancelSignIn(), 'Stopping…');
  }

  openAgain(): Promise<void> {
    return this.attempt(() => this.host.openSignInAgain(), 'The page was opened again.');
  }

  copyAddress(): Promise<void> {
    const words = 'The address was copied. Paste it into your browser.';
    return this.attempt(() => this.host.copySignInAddress(), words);
  }

  private async attempt(call: () => Promise<void>, done: string): Promise<void> {
    if (this.ends === null) return;
    this.error = null;
    try {
      await call();
      this.said = done;
    } catch (thrown) {
      this.error = toAppError(thrown);
    }
  }
}
