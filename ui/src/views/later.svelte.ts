/** Views that are read once the window is drawn, so that it is there sooner. */
import type { AppError } from '../generated/contract';
import { toAppError } from '../host/host';

class Later {
  views = $state.raw<typeof import('./later-views') | null>(null);

  /** Reads them after the next frame. */
  load(fail: (error: AppError) => void): void {
    requestAnimationFrame(() =>
      setTimeout(() => void this.read().catch((thrown: unknown) => fail(toAppError(thrown)))),
    );
  }

  private async read(): Promise<void> {
    this.views = await import('./later-views');
  }
}

export const later = new Later();
