/** What is done to an account from its menu: looked at, named, coloured, removed, tried again. */
import { ACCOUNT_DETAILS, NAMING, STILL_UNREAD } from '../words/account-menu';
import { methodWords, say } from '../words/accounts';
import type { AccountView, AppError, Colour } from '../generated/contract';
import { toAppError, type Host } from '../host/host';
import { TERMS } from '../words/common';
import { nameOf } from '../words/names';
import { REMOVE_ACCOUNT } from '../words/questions';
import { cut, host as hostOf, isAwaited } from '../words/runs';
import { troubleOf, type Accounts } from './accounts.svelte';
import type { Activity } from './activity.svelte';
import type { Announcer } from './announcer.svelte';
import type { Ask } from './ask.svelte';
import type { Inbox } from './inbox.svelte';
import { Latest } from './latest';
import type { Runs } from './runs.svelte';

interface Around {
  accounts: Accounts;
  runs: Runs;
  inbox: Inbox;
  activity: Activity;
  ask: Ask;
  announcer: Announcer;
  readonly entrance: { accountRemoved: (accountId: string) => void };
  fail: (error: AppError) => void;
}

export class AccountCare {
  /** The account whose details are in sight. */
  private detailed = $state<string | null>(null);
  /** The account that is being named, and what is typed for it. */
  named = $state.raw<AccountView | null>(null);
  label = $state('');
  colour = $state<Colour>('blue');
  busy = $state(false);
  error = $state.raw<AppError | null>(null);
  private naming = new Latest();
  /** The keychain is being tried again; then, whether it still cannot be read. */
  retrying = $state(false);
  stillUnread = $state(false);

  constructor(
    private host: Host,
    private around: Around,
  ) {}

  /** As it is now: an account can change while its details are looked at. */
  get details(): AccountView | null {
    return this.detailed === null ? null : (this.around.accounts.get(this.detailed) ?? null);
  }

  showDetails(account: AccountView): void {
    this.detailed = account.id;
  }

  closeDetails(): void {
    this.detailed = null;
  }

  name(account: AccountView): void {
    this.naming.end();
    this.named = account;
    this.busy = false;
    this.label = account.label;
    this.colour = account.colour;
    this.error = null;
  }

  closeNaming(): void {
    this.naming.end();
    this.named = null;
  }

  async saveName(): Promise<void> {
    const { named, label, colour } = this;
    if (!named || this.busy) return;
    if (nameOf(label, '') === '') {
      this.error = say('bad-id', NAMING.lacksName);
      return;
    }
    const still = this.naming.join();
    this.busy = true;
    this.error = null;
    try {
      this.around.accounts.take(await this.host.updateAccount(named.id, label.trim(), colour));
      if (!still()) return;
      this.busy = false;
      if (this.label === label && this.colour === colour) this.closeNaming();
    } catch (thrown) {
      if (!still()) return this.around.fail(toAppError(thrown));
      this.busy = false;
      this.error = toAppError(thrown);
    }
  }

  askRemove(account: AccountView): void {
    const watched = this.around.runs.of(account.id).filter(isAwaited).length;
    this.around.ask.ask({
      ...REMOVE_ACCOUNT,
      facts: [
        { label: TERMS.account, value: cut(account.label) },
        { label: TERMS.environment, value: hostOf(account.origin) },
        { label: ACCOUNT_DETAILS.signsInWith, value: methodWords(account) },
      ],
      warning: watched > 0 ? REMOVE_ACCOUNT.warning(watched) : null,
      danger: true,
      go: (withHistory) => this.remove(account.id, withHistory),
    });
  }

  /** An account is gone: nothing of it stays in sight here. */
  forget(accountId: string): void {
    if (this.detailed === accountId) this.closeDetails();
    if (this.named?.id === accountId) this.closeNaming();
  }

  async retryKeychain(): Promise<void> {
    if (this.retrying) return;
    this.retrying = true;
    this.stillUnread = false;
    try {
      await this.host.retryKeychain();
      this.stillUnread = troubleOf(this.around.accounts.current) === 'keychain';
      if (this.stillUnread) this.around.announcer.say(STILL_UNREAD);
    } catch (thrown) {
      this.around.fail(toAppError(thrown));
    } finally {
      this.retrying = false;
    }
  }

  /** An account can be used again: what was said of the keychain is over. */
  unlocked(): void {
    this.stillUnread = false;
  }

  async openSolvexia(account: AccountView): Promise<void> {
    try {
      await this.host.openSolvexia(account.id);
    } catch (thrown) {
      this.around.fail(toAppError(thrown));
    }
  }

  private async remove(accountId: string, withHistory: boolean): Promise<void> {
    try {
      await this.host.removeAccount(accountId, withHistory);
    } catch (thrown) {
      return this.around.fail(toAppError(thrown));
    }
    if (withHistory) {
      this.around.inbox.forgetAccount(accountId);
      this.around.activity.forgetAccount(accountId);
    }
    this.around.entrance.accountRemoved(accountId);
  }
}
