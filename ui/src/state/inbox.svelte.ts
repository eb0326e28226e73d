/** The Inbox: each thing that was told, newest first, and which of it was read. */
import { SvelteSet } from 'svelte/reactivity';
import type { InboxItem } from '../generated/contract';
import type { Host, RunRef } from '../host/host';
import { Many } from './many.svelte';
import { Reading } from './reading';

/** The run that is open, whose pane shows what the Inbox tells of it. */
interface Beside {
  isOpen: (run: RunRef) => boolean;
  /** Its pane is drawn, and no panel lies over it. */
  isInSight: () => boolean;
}

/**
 * An item is read once its run was opened or it was in sight of somebody who looked (docs/RULES.md, 23).
 * The backend is told so; here it is read when the backend says that it is.
 */
export class Inbox {
  private all = new Many<number, InboxItem>();
  /** What was unread when it came into sight: it stays marked as new until the Inbox is closed. */
  readonly fresh = new SvelteSet<number>();
  /** The item that the Inbox is opened at. */
  target = $state<number | null>(null);

  private reading = new Reading();
  /** The run that was opened and is to come into sight: all that is told of it is read then. */
  private opened: RunRef | null = null;
  /** The same, which the backend could not write down. */
  private refused: RunRef | null = null;

  readonly items = $derived(this.all.values().sort((a, b) => b.at - a.at || b.id - a.id));
  readonly unread = $derived(this.items.filter((item) => !item.read).length);

  constructor(
    private host: Host,
    private beside: Beside,
  ) {}

  has(id: number): boolean {
    return this.all.get(id) !== undefined;
  }

  take(item: InboxItem): void {
    this.all.set(item.id, item);
  }

  /** It came just now: the open run shows the same, now or once it is in sight. */
  arrived(item: InboxItem): void {
    this.take(item);
    if (this.isOfOpenRun(item)) this.reading.besideRun.add(item.id);
  }

  private isOfOpenRun({ accountId, runId }: InboxItem): boolean {
    return runId !== null && this.beside.isOpen({ accountId, runId });
  }

  /** The backend says that these are read. */
  markRead(ids: number[]): void {
    this.reading.settle(ids);
    for (const id of ids) {
      const item = this.all.get(id);
      if (item && !item.read) this.all.set(id, { ...item, read: true });
    }
  }

  /** What was known until now is replaced by this, where it is all there is. */
  replace(items: InboxItem[], isWhole = true): void {
    const arrived = items.filter(({ id }) => !this.has(id));
    if (isWhole) this.all.clear();
    items.forEach((item) => this.take(item));
    arrived.forEach((item) => this.arrived(item));
  }

  /** An account was removed together with its history. */
  forgetAccount(accountId: string): void {
    this.all.prune((item) => item.accountId === accountId);
  }

  /** Somebody looks at the window from now on, or nobody does. */
  attend(isAttended: boolean): Promise<void> {
    this.reading.isAttended = isAttended;
    if (isAttended) this.retry();
    return this.look();
  }

  /** A dialog covers what is in the window, or does no more. */
  cover(isCovered: boolean): Promise<void> {
    this.reading.covers += isCovered ? 1 : -1;
    return this.look();
  }

  /** The history takes what it refused before. */
  historyIsKept(): Promise<void> {
    this.retry();
    return this.look();
  }

  private retry(): void {
    this.reading.retry();
    this.opened ??= this.refused;
    this.refused = null;
  }

  /** A row of the Inbox came onto the screen, or left it. */
  seen(id: number, isOnScreen: boolean): void {
    if (isOnScreen) this.reading.onScreen.add(id);
    else this.reading.onScreen.delete(id);
  }

  /** A run was opened: all that is told of it counts as read, once it is in sight of somebody. */
  runOpened({ accountId, runId }: RunRef): Promise<void> {
    this.reading.besideRun.clear();
    this.opened = { accountId, runId };
    this.refused = null;
    return this.look();
  }

  /** A run came into sight by itself: what is told of it counts as read once somebody looks. */
  runShown(run: RunRef): Promise<void> {
    this.reading.besideRun.clear();
    for (const { id, accountId, runId } of this.items) {
      if (accountId === run.accountId && runId === run.runId) this.reading.besideRun.add(id);
    }
    return this.look();
  }

  /** Tells the backend what was read just now. */
  async look(): Promise<void> {
    const isRunInSight = this.beside.isInSight();
    await Promise.all([this.lookAtOpened(isRunInSight), this.lookAtItems(isRunInSight)]);
  }

  private async lookAtOpened(isRunInSight: boolean): Promise<void> {
    const { opened } = this;
    if (!opened || !isRunInSight || !this.reading.isLookedAt || !this.beside.isOpen(opened)) return;
    this.opened = null;
    try {
      await this.host.markRunRead(opened);
    } catch (thrown) {
      if (!this.opened) this.refused = opened;
      throw thrown;
    }
  }

  private async lookAtItems(isRunInSight: boolean): Promise<void> {
    const { reading } = this;
    const ids = reading.tell((id) => {
      const item = this.all.get(id);
      if (item?.read !== false) return false;
      return reading.onScreen.has(id) || (isRunInSight && this.isOfOpenRun(item));
    });
    if (ids.length === 0) return;
    for (const id of ids) if (reading.onScreen.has(id)) this.fresh.add(id);
    try {
      await this.host.markInboxRead(ids);
    } catch (thrown) {
      reading.refuse(ids);
      throw thrown;
    }
  }

  closed(): void {
    this.fresh.clear();
    this.reading.onScreen.clear();
  }
}
