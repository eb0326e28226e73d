/** What was just done and can be taken back: each offer stays a while, the newest first. */
import type { AppError } from '../generated/contract';
import { toAppError } from '../host/host';
import { DONE } from '../words/done';
import { chord } from '../words/keys';
import type { Announcer } from './announcer.svelte';

export interface UndoOffer {
  id: number;
  /** What was done, in a sentence. */
  words: string;
  /** Takes it back; throws where some of it could not be. Called again, it goes on with that. */
  back: () => Promise<void>;
  /** When it goes. */
  timer?: ReturnType<typeof setTimeout>;
}

const STAYS_MS = 10_000;
/** More than these would cover the page; the others come into sight after them. */
const SHOWN = 3;

export class Undo {
  private all = $state.raw<UndoOffer[]>([]);
  private holds = 0;
  private nextId = 0;

  readonly shown = $derived(this.all.slice(0, SHOWN));

  constructor(
    private announcer: Announcer,
    private fail: (error: AppError) => void,
  ) {}

  offer(words: string, back: () => Promise<void>): void {
    this.put({ id: (this.nextId += 1), words, back });
    this.announcer.say(DONE.undo(words, chord('Z')));
  }

  /** Takes it back, once; where that fails, it is offered again. */
  async take(offer: UndoOffer): Promise<void> {
    if (!this.all.includes(offer)) return;
    this.drop(offer);
    try {
      await offer.back();
    } catch (thrown) {
      this.put(offer);
      return this.fail(toAppError(thrown));
    }
    this.announcer.say(DONE.undone);
  }

  async takeNewest(): Promise<void> {
    const [newest] = this.all;
    if (newest) await this.take(newest);
  }

  drop(offer: UndoOffer): void {
    clearTimeout(offer.timer);
    this.all = this.all.filter((other) => other !== offer);
  }

  /** Somebody looks at the offers, or a dialog covers them: none goes meanwhile. */
  hold(): void {
    this.holds += 1;
    this.all.forEach(({ timer }) => clearTimeout(timer));
  }

  release(): void {
    this.holds -= 1;
    if (this.holds === 0) this.all.forEach((offer) => this.start(offer));
  }

  private put(offer: UndoOffer): void {
    this.all = [offer, ...this.all].sort((a, b) => b.id - a.id);
    if (this.holds === 0) this.start(offer);
  }

  private start(offer: UndoOffer): void {
    offer.timer = setTimeout(() => this.drop(offer), STAYS_MS);
  }
}
