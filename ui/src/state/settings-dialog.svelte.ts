/** A dialog of settings: they are read when it opens, and saved by its button. */
import type { AppError } from '../generated/contract';
import { toAppError } from '../host/host';

export abstract class SettingsDialog<T> {
  open = $state(false);
  /** What is kept; none until it was read. */
  kept = $state.raw<T | null>(null);
  busy = $state(false);
  saved = $state(false);
  error = $state.raw<AppError | null>(null);
  /** Counts what was opened: an answer for what is no longer open is dropped. */
  private opening = 0;

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
    const opening = (this.opening += 1);
    this.open = true;
    this.kept = null;
    this.error = null;
    this.busy = false;
    this.saved = false;
    try {
      const settings = await this.read();
      if (this.opening === opening) this.kept = this.fill(settings);
    } catch (thrown) {
      if (this.opening === opening) this.error = toAppError(thrown);
    }
  }

  close(): void {
    this.opening += 1;
    this.open = false;
  }

  async save(): Promise<void> {
    if (this.busy || !this.changed) return;
    const opening = this.opening;
    this.busy = true;
    this.error = null;
    try {
      const settings = await this.write(this.chosen);
      if (this.opening !== opening) return;
      this.kept = this.fill(settings);
      this.saved = true;
    } catch (thrown) {
      if (this.opening === opening) this.error = toAppError(thrown);
    } finally {
      if (this.opening === opening) this.busy = false;
    }
  }
}
