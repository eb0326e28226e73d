/** The runs that are selected, to do something with all of them. Only what is in sight counts. */
import { SvelteSet } from 'svelte/reactivity';
import type { RunRow } from '../generated/contract';
import { runKey } from './runs.svelte';

export class Selection {
  private keys = new SvelteSet<string>();
  /** From here Shift selects. */
  private anchor: string | null = null;

  constructor(private rows: () => RunRow[]) {}

  /** What is selected and in sight, in the order of the table: nothing hidden is acted on. */
  readonly selected = $derived.by(() =>
    this.keys.size === 0 ? [] : this.rows().filter((row) => this.keys.has(runKey(row))),
  );

  has(key: string): boolean {
    return this.keys.has(key);
  }

  toggle(key: string): void {
    this.anchor = key;
    if (!this.keys.delete(key)) this.keys.add(key);
  }

  /** Selects all from where it was last selected to here, and nothing else. */
  extend(to: string, from: string | null = null): void {
    const keys = this.rows().map(runKey);
    const start = keys.indexOf(this.anchor ?? from ?? to);
    const end = keys.indexOf(to);
    if (end < 0) return;
    this.anchor = keys[Math.max(start, 0)] ?? to;
    const [first, last] = start < 0 ? [end, end] : [Math.min(start, end), Math.max(start, end)];
    this.keys.clear();
    for (const key of keys.slice(first, last + 1)) this.keys.add(key);
  }

  all(): void {
    for (const row of this.rows()) this.keys.add(runKey(row));
  }

  /** Nothing else stays selected. */
  keep(wanted: string[]): void {
    for (const key of [...this.keys]) if (!wanted.includes(key)) this.keys.delete(key);
  }

  clear(): void {
    this.keys.clear();
    this.anchor = null;
  }
}
