/** The Inbox: each thing that was told, newest first. */
import { SvelteMap, SvelteSet } from 'svelte/reactivity';
import type { InboxItem } from '../generated/contract';
import type { Host } from '../host/host';

export class Inbox {
  private all = new SvelteMap<number, InboxItem>();
  /** What was unread when the Inbox was opened: it stays marked as new while it is looked at. */
  readonly fresh = new SvelteSet<number>();

  readonly items = $derived([...this.all.values()].sort((a, b) => b.at - a.at || b.id - a.id));
  readonly unread = $derived(this.items.filter((item) => !item.read).length);

  constructor(private host: Host) {}

  take(item: InboxItem): void {
    this.all.set(item.id, item);
  }

  /** An account was removed together with its history. */
  forgetAccount(accountId: string): void {
    for (const item of this.items) if (item.accountId === accountId) this.all.delete(item.id);
  }

  /** The Inbox is in sight: what is unread is now seen. */
  async seen(): Promise<void> {
    const ids = this.items
      .filter((item) => !item.read && !this.fresh.has(item.id))
      .map((i) => i.id);
    if (ids.length === 0) return;
    for (const id of ids) this.fresh.add(id);
    await this.host.markInboxRead(ids);
  }

  closed(): void {
    this.fresh.clear();
  }
}
