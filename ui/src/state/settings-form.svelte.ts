/** A form of settings: they are read when it opens, and saved by its button. */
import type { AppError } from '../generated/contract';
import { toAppError } from '../host/host';
import { Latest } from './latest';

export abstract class SettingsForm<T> {
  open = $state(false);
  /** What is kept; none until it was read. */
  kept = $state.raw<T | null>(null);
  busy = $state(false);
  saved = $state(false);
  error = $state.raw<AppError | null>(null);
  protected readonly openings = new Latest();

  /** What the fields say. */
  protected abstract readonly chosen: T;
  protected abstract read(): Promise<T>;
  protected abstract write(chosen: T): Promise<T>;
  /** Puts what is kept into the fields; gives it as `chosen` would. */
  protected abstract fill(kept: T): T;

  get changed(): boolean {
    return this.kept !== null && JSON.stringify(this.chosen) !== JSON.stringify(this.kept);
  }

  async show(): Promise<void> {
    const still = this.openings.begin();
    this.open = true;
    this.kept = null;
    this.error = null;
    this.busy = false;
    this.saved = false;
    try {
      const settings = await this.read();
      if (still()) this.kept = this.fill(settings);
    } catch (thrown) {
      if (still()) this.error = toAppError(thrown);
    }
  }

  close(): void {
    this.openings.end();
    this.open = false;
  }

  async save(): Promise<void> {
    if (this.busy || !this.changed) return;
    const still = this.openings.join();
    const { chosen } = this;
    this.busy = true;
    this.error = null;
    try {
      const settings = await this.write(chosen);
      if (!still()) return;
      // What was chosen meanwhile stays, to be saved next.
      const isSame = JSON.stringify(this.chosen) === JSON.stringify(chosen);
      this.kept = isSame ? this.fill(settings) : chosen;
      this.saved = isSame;
    } catch (thrown) {
      if (still()) this.error = toAppError(thrown);
    } finally {
      if (still()) this.busy = false;
    }
  }
}
