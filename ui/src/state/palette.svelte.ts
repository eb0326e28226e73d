/** The command palette: whether it is open, what is typed, and which of the offers Enter takes. */

export type OfferKind = 'selection' | 'run-action' | 'view' | 'action' | 'process' | 'run';

export interface Offer {
  id: string;
  kind: OfferKind;
  words: string;
  /** What is said beside it. */
  more?: string | null;
  /** The key that does the same. */
  key?: string;
  /** Why it cannot be done now. */
  reason?: string | null;
  /** It is offered only to who types for it: there may be very many. */
  isRare?: boolean;
  act: () => void;
}

/** As many as anybody looks through; who types more sees others. */
export const MOST_OFFERS = 50;

export class Palette {
  isOpen = $state(false);
  private typed = $state('');
  /** Its place among the offers in sight. */
  active = $state(0);

  open(): void {
    this.query = '';
    this.isOpen = true;
  }

  close(): void {
    this.isOpen = false;
  }

  get query(): string {
    return this.typed;
  }

  /** What is typed begins at the best offer again. */
  set query(text: string) {
    this.typed = text;
    this.active = 0;
  }

  /** What is typed, as the words that an offer must have. */
  readonly words = $derived.by(() => this.typed.toLowerCase().split(/\s+/).filter(Boolean));

  /** Moves to another offer of `count`; past the last comes the first. */
  move(by: number, count: number): void {
    if (count === 0) return;
    const isStep = Math.abs(by) === 1;
    const to = this.active + by;
    this.active = isStep ? (to + count) % count : Math.max(0, Math.min(count - 1, to));
  }
}

/** The offers that have all words, those that begin with the first one before the others. Pure. */
export function found(offers: Offer[], words: string[]): Offer[] {
  const [first] = words;
  if (first === undefined) return offers.filter(({ isRare }) => !isRare);
  const lower = (offer: Offer) => `${offer.words} ${offer.more ?? ''}`.toLowerCase();
  const has = offers.filter((offer) => words.every((word) => lower(offer).includes(word)));
  const begins = (offer: Offer) => offer.words.toLowerCase().startsWith(first);
  return [...has.filter(begins), ...has.filter((offer) => !begins(offer))];
}

/** The offers of a kind stand together, the kind of the best one first. Pure. */
export function byKind(offers: Offer[]): Offer[][] {
  const kinds = offers.map(({ kind }) => kind);
  const each = kinds.filter((kind, n) => kinds.indexOf(kind) === n);
  return each.map((kind) => offers.filter((offer) => offer.kind === kind));
}
