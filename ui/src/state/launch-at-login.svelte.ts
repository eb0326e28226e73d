/** Whether Runwatch is started with the computer: asked once, and a switch from then on. */
import type { AppError, LaunchAtLogin } from '../generated/contract';
import { toAppError, type Host } from '../host/host';
import { Latest } from './latest';

export class LaunchAtLoginChoice {
  /** As the system has it; none until it was read. */
  now = $state.raw<LaunchAtLogin | null>(null);
  busy = $state(false);
  error = $state.raw<AppError | null>(null);
  /** There is an end to tell, so that the answer matters. */
  private matters = $state(false);
  private readonly calls = new Latest();

  constructor(private host: Host) {}

  /** Nobody was asked yet, and a run is watched. */
  readonly isAsked = $derived.by(
    () => this.matters && this.now !== null && this.now.isOpen && this.now.canChange,
  );

  /** A run is watched: from the first one on it is asked. */
  runIsWatched(): void {
    if (this.matters) return;
    this.matters = true;
    // Nobody asked for it: where it cannot be read, nothing is said.
    void this.read().then(() => (this.error = null));
  }

  /** Reads it anew: it may have been switched off in the system. */
  async read(): Promise<void> {
    await this.take(() => this.host.getLaunchAtLogin());
  }

  async choose(on: boolean): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    await this.take(() => this.host.setLaunchAtLogin(on));
    this.busy = false;
  }

  private async take(call: () => Promise<LaunchAtLogin>): Promise<void> {
    const still = this.calls.begin();
    this.error = null;
    try {
      const now = await call();
      if (still()) this.now = now;
    } catch (thrown) {
      if (still()) this.error = toAppError(thrown);
    }
  }
}
