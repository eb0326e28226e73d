/** The accounts, and which of them the window shows. */
import { SvelteMap } from 'svelte/reactivity';
import type { AccountState, AccountView, ErrorCode } from '../generated/contract';

/** Which account is shown where none was chosen: the more it can do, the sooner. */
const USE: AccountState[] = [
  'ready',
  'offline',
  'locked',
  'no-keychain',
  'expired',
  'signed-out',
  'not-allowed',
];

/** What is wrong with an account as a whole: said once, above everything that it is about. */
export function troubleOf(account: AccountView | null | undefined): ErrorCode | null {
  if (account?.state === 'offline') return 'offline';
  if (account?.state === 'locked' || account?.state === 'no-keychain') return 'keychain';
  if (account?.state === 'not-allowed') return 'policy';
  return account?.state === 'expired' || account?.state === 'signed-out' ? 'signed-out' : null;
}

export class Accounts {
  private all = new SvelteMap<string, AccountView>();
  private chosen = $state<string | null>(null);

  readonly list = $derived([...this.all.values()]);

  /** The chosen account; else the one that can do most. */
  readonly current = $derived.by((): AccountView | null => {
    const chosen = this.chosen === null ? undefined : this.all.get(this.chosen);
    if (chosen) return chosen;
    const rank = (account: AccountView) => USE.indexOf(account.state);
    return this.list.reduce<AccountView | null>(
      (best, account) => (best && rank(best) <= rank(account) ? best : account),
      null,
    );
  });

  get(id: string): AccountView | undefined {
    return this.all.get(id);
  }

  take(account: AccountView): void {
    this.all.set(account.id, account);
  }

  remove(id: string): void {
    this.all.delete(id);
    if (this.chosen === id) this.chosen = null;
  }

  choose(id: string): void {
    this.chosen = id;
  }
}
