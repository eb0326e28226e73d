/** How often SolveXia is asked about what nobody looks at. */
import type { PollLimits } from '../generated/contract';
import type { Host } from '../host/host';
import { SettingsForm } from './settings-form.svelte';

export class PollLimitsSettings extends SettingsForm<PollLimits> {
  shortest = $state('');
  longest = $state('');

  constructor(private host: Host) {
    super();
  }

  protected readonly chosen = $derived.by((): PollLimits => ({
    shortestSeconds: whole(this.shortest),
    longestMinutes: whole(this.longest),
  }));

  protected read(): Promise<PollLimits> {
    return this.host.getPollLimits();
  }

  protected write(chosen: PollLimits): Promise<PollLimits> {
    return this.host.setPollLimits(chosen);
  }

  protected fill(kept: PollLimits): PollLimits {
    this.shortest = String(kept.shortestSeconds);
    this.longest = String(kept.longestMinutes);
    return this.chosen;
  }
}

/** What is no whole number becomes 0, which is refused with what can be typed. */
function whole(text: string): number {
  return /^\s*\d{1,6}\s*$/.test(text) ? Number(text) : 0;
}
