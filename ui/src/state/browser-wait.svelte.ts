/** The wait for the browser's answer: how long it lasts, and what can be done meanwhile. */
import type { AppError } from '../generated/contract';
import { say } from '../words/accounts';
import { toAppError, type Host } from '../host/host';
import { BROWSER } from '../words/sign-in';
import { Latest } from './latest';

/** The backend gives up after this long. */
export const PATIENCE_MS = 5 * 60_000;

export class BrowserWait {
  /** When the wait ends by itself (UTC ms); none while nothing is waited for. */
  ends = $state<number | null>(null);
  /** The browser has opened the page, as far as is known. */
  opened = $state(true);
  /** What was done last, in words. */
  said = $state<string | null>(null);
  error = $state.raw<AppError | null>(null);

  private waits = new Latest();

  constructor(private host: Host) {}

  begin(): void {
    this.waits.end();
    this.ends = Date.now() + PATIENCE_MS;
    this.opened = true;
    this.said = null;
    this.error = null;
  }

  end(): void {
    this.waits.end();
    this.ends = null;
  }

  async openAgain(): Promise<void> {
    if (await this.attempt(() => this.host.openSignInAgain(), BROWSER.openedAgain)) {
      this.opened = true;
    }
  }

  /** No browser could be opened: its user opens the address in one. The wait goes on. */
  notOpened(problem: string): void {
    if (this.ends === null) return;
    this.opened = false;
    this.error = say('internal', problem);
  }

  async copyAddress(): Promise<void> {
    await this.attempt(() => this.host.copySignInAddress(), BROWSER.copiedAddress);
  }

  /** Says whether it went well, in the wait that it was asked for in. */
  private async attempt(call: () => Promise<void>, done: string): Promise<boolean> {
    if (this.ends === null) return false;
    const still = this.waits.join();
    this.error = null;
    try {
      await call();
      if (still()) this.said = done;
      return still();
    } catch (thrown) {
      if (still()) this.error = toAppError(thrown);
      return false;
    }
  }
}
