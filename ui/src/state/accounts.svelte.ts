/** The accounts, and which of them the window shows. */
import { SvelteMap } from 'svelte/reactivity';
import type { AccountView } from '../generated/contract';

export class Accounts {
  private all = new SvelteMap<string, AccountView>();
  private chosen = $state<string | null>(null);

  readonly list = $derived([...this.all.values()]);

  /** The chosen account; else one that can be used; else any that is remembered. */
  readonly current = $derived.by((): AccountView | null => {
    const chosen = this.chosen === null ? undefined : this.all.get(this.chosen);
    if (chosen) return chosen;
    return this.list.find((account) => account.state !== 'signed-out') ?? this.list[0] ?? null;
  });

  get(id: string): AccountView | undefined {
    return this.all.get(id);
  }

  take(account: AccountView): void {
    this.all.set(account.id, account);
  }

  choose(id: string): void {
    this.chosen = id;
  }
}
