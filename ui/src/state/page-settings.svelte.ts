/** How large the page is shown, and whether single letters do something. Kept by the backend at once. */
import { usualPageSettings, type AppError, type PageSettings } from '../generated/contract';
import { toAppError, type Host } from '../host/host';
import { ZOOM } from '../words/settings';
import type { Announcer } from './announcer.svelte';

interface Around {
  announcer: Announcer;
  fail: (error: AppError) => void;
}

/** In percent. */
const STEPS = [50, 67, 80, 90, 100, 110, 125, 150, 175, 200];

/** The next step up or down from a zoom; the same where there is none. */
export function nextZoom(zoom: number, direction: 'in' | 'out'): number {
  const next =
    direction === 'in'
      ? STEPS.find((step) => step > zoom)
      : STEPS.filter((step) => step < zoom).at(-1);
  return next ?? zoom;
}

export class PageChoices {
  now = $state.raw(usualPageSettings);

  constructor(
    private host: Host,
    private around: Around,
  ) {}

  async load(): Promise<void> {
    try {
      this.now = await this.host.getPageSettings();
    } catch (thrown) {
      this.around.fail(toAppError(thrown));
    }
  }

  zoom(direction: 'in' | 'out' | 'reset'): void {
    const zoom = direction === 'reset' ? 100 : nextZoom(this.now.zoom, direction);
    this.around.announcer.say(ZOOM.said(zoom));
    this.set({ zoom });
  }

  /** It shows at once, and stays where only keeping it failed. */
  set(changed: Partial<PageSettings>): void {
    this.now = { ...this.now, ...changed };
    this.host.setPageSettings(this.now).catch((thrown: unknown) => {
      this.around.fail(toAppError(thrown));
    });
  }
}
