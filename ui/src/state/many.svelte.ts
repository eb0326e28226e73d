/**
 * A map whose readers depend on one signal for all of its entries: a batch that changes ten thousand of them
 * then runs each reader once, not ten thousand times.
 */
let held: { tell(): void }[] | null = null;

/** What is changed by `changes` is told at its end, once. Until then only direct reads see it. */
export function together(changes: () => void): void {
  if (held) return changes();
  const changed = (held = [] as { tell(): void }[]);
  try {
    changes();
  } finally {
    held = null;
    changed.forEach((many) => many.tell());
  }
}

export class Many<K, V> {
  private version = $state(0);
  // eslint-disable-next-line svelte/prefer-svelte-reactivity -- one signal an entry is what costs
  private all = new Map<K, V>();

  /** For whoever reads what was made of them. */
  depend(): void {
    void this.version;
  }

  get(key: K): V | undefined {
    void this.version;
    return this.all.get(key);
  }

  values(): V[] {
    void this.version;
    return [...this.all.values()];
  }

  set(key: K, value: V): void {
    this.all.set(key, value);
    this.changed();
  }

  delete(key: K): void {
    if (this.all.delete(key)) this.changed();
  }

  prune(isGone: (value: V) => boolean): void {
    for (const [key, value] of this.all) if (isGone(value)) this.all.delete(key);
    this.changed();
  }

  clear(): void {
    this.all.clear();
    this.changed();
  }

  tell(): void {
    this.version += 1;
  }

  private changed(): void {
    if (!held) this.tell();
    else if (!held.includes(this)) held.push(this);
  }
}
