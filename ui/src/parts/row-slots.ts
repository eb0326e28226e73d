/**
 * Which drawn row shows which item of a list. What stays keeps its row; what comes takes over one of what went, as
 * giving a row other words costs far less than drawing one.
 */
export class RowSlots {
  private slots = new Map<string, number>();
  private next = 0;

  /** The slot of each item, in their order; `reuse` says whether rows may be taken over. */
  assign(keys: string[], reuse: boolean): number[] {
    const stay = new Set(keys);
    const gone = [...this.slots].filter(([key]) => reuse && !stay.has(key));
    const free = gone.map(([, slot]) => slot);
    const slots = keys.map((key) => this.slots.get(key) ?? free.shift() ?? this.next++);
    this.slots = new Map(keys.map((key, n) => [key, slots[n] ?? 0]));
    return slots;
  }
}
