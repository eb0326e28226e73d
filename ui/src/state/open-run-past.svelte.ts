/** What is kept here of the open run's past: its earlier attempts, and earlier runs of its process with their steps. */
import type { PastAttempt, RunDetail } from '../generated/contract';
import type { Host, RunRef } from '../host/host';
import { Latest } from './latest';

export class OpenRunPast {
  /** Newest first. */
  attempts = $state.raw<PastAttempt[]>([]);
  /** In the order in which they were asked for. */
  runs = $state.raw<RunDetail[]>([]);
  private loads = new Latest();

  constructor(private host: Host) {}

  forget(): void {
    this.loads.end();
    this.attempts = [];
    this.runs = [];
  }

  /** Reads it, all from this computer. What cannot be read is left out: the window says why elsewhere. */
  async load(run: RunRef, earlier: RunRef[]): Promise<void> {
    const still = this.loads.begin();
    const attempts = await this.host.pastAttempts(run).catch(() => []);
    if (!still()) return;
    this.attempts = attempts;
    const runs = await Promise.all(
      earlier.map((other) => this.host.runDetail(other).catch(() => null)),
    );
    if (still()) this.runs = runs.filter((other) => other !== null);
  }
}
