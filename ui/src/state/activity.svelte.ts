/** What was done from here, newest first. */
import type { ActivityRow } from '../generated/contract';
import { Many } from './many.svelte';

export class Activity {
  private all = new Many<number, ActivityRow>();

  readonly rows = $derived(this.all.values().sort((a, b) => b.askedAt - a.askedAt || b.id - a.id));

  take(row: ActivityRow): void {
    this.all.set(row.id, row);
  }

  /** What was known until now is replaced by this, where it is all there is. */
  replace(rows: ActivityRow[], isWhole = true): void {
    if (isWhole) this.all.clear();
    rows.forEach((row) => this.take(row));
  }

  /** An account was removed together with its history. */
  forgetAccount(accountId: string): void {
    this.all.prune((row) => row.accountId === accountId);
  }
}
