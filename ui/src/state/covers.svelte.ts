/**
 * What lies over the window, and what is to come into sight there: what was asked for from outside it, by a clicked
 * notification, an address or the tray. A cover without unsaved input is closed for it; for one with unsaved input it waits.
 */
import { tick } from 'svelte';

export interface Cover {
  /** Something in it is not saved, or waits for an answer. */
  holds: () => boolean;
  leave: () => void;
}

export class Covers {
  private over: Cover[] = [];
  private wanted = $state.raw<(() => void) | null>(null);

  /** Something that was asked for waits for a cover with unsaved input to be closed. */
  get isWaitedFor(): boolean {
    return this.wanted !== null;
  }

  /** It covers the window until what is returned is called. */
  lay(cover: Cover): () => void {
    this.over.push(cover);
    return () => {
      this.over = this.over.filter((other) => other !== cover);
      void this.makeWay();
    };
  }

  /** Shows it in sight. Of what waits, the last that was asked for counts. */
  show(what: () => void): void {
    this.wanted = what;
    void this.makeWay();
  }

  private async makeWay(): Promise<void> {
    // What comes at the same moment covers the window too.
    await tick();
    const { wanted } = this;
    if (!wanted || this.over.some((cover) => cover.holds())) return;
    this.wanted = null;
    for (const cover of this.over.toReversed()) cover.leave();
    wanted();
  }
}
