/** What was done from here, newest first. */
import { SvelteMap } from 'svelte/reactivity';
import type { ActivityRow } from '../generated/contract';

export class Activity {
  private all = new SvelteMap<number, ActivityRow>();

  readonly rows = $derived(
    [...this.all.values()].sort((a, b) => b.askedAt - a.askedAt || b.id - a.id),
  );

  take(row: ActivityRow): void {
    this.all.set(row.id, row);
  }

  /** An account was removed together with its history. */
  forgetAccount(accountId: string): void {
    for (const row of this.rows) if (row.accountId === accountId) this.all.delete(row.id);
  }
}
