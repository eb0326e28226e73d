/** How often SolveXia is asked about what nobody looks at. */
import type { Cadence } from '../generated/contract';
import type { Host } from '../host/host';
import { SettingsDialog } from './settings-dialog.svelte';

export class CadenceSettings extends SettingsDialog<Cadence> {
  shortest = $state('');
  longest = $state('');

  constructor(private host: Host) {
    super();
  }

  protected readonly chosen = $derived.by((): Cadence => ({
    shortestSeconds: whole(this.shortest),
    longestMinutes: whole(this.longest),
  }));

  protected read(): Promise<Cadence> {
    return this.host.getCadence();
  }

  protected write(chosen: Cadence): Promise<Cadence> {
    return this.host.setCadence(chosen);
  }

  protected fill(kept: Cadence): Cadence {
    this.shortest = String(kept.shortestSeconds);
    this.longest = String(kept.longestMinutes);
    return this.chosen;
  }
}

/** What is no whole number becomes 0, which is refused with what can be typed. */
function whole(text: string): number {
  return /^\s*\d{1,6}\s*$/.test(text) ? Number(text) : 0;
}
