/** An order that stays as it is while somebody works in it, though what it goes by changes. */
export class Held {
  private places = new Map<string, number>();
  private chosen: unknown[] = [];

  /**
   * These lines as they stood last, if that is wished and nothing else was chosen since; what is new comes
   * after them.
   */
  order<T extends { key: string }>(lines: T[], isHeld: boolean, chosen: unknown[]): T[] {
    const isSame = chosen.every((value, n) => value === this.chosen[n]);
    const { places } = this;
    const place = (line: T) => places.get(line.key) ?? Infinity;
    const stay = isHeld && isSame && places.size > 0;
    const found = stay ? [...lines].sort((a, b) => compare(place(a), place(b))) : lines;
    this.chosen = chosen;
    this.places = new Map(found.map((line, n) => [line.key, n]));
    return found;
  }
}

/** Infinities are equal, which their difference is not. */
const compare = (a: number, b: number) => (a === b ? 0 : a < b ? -1 : 1);
