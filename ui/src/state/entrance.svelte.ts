/** How its user comes in and goes out: which account is in sight, and when the sign-in form is. */
import type { AccountView, AppError } from '../generated/contract';
import { toAppError, type Host } from '../host/host';
import { SIGN_IN } from '../words/sign-in';
import type { AccountCare } from './account-care.svelte';
import type { Accounts } from './accounts.svelte';
import type { Announcer } from './announcer.svelte';
import type { Latest, Still } from './latest';
import type { List } from './list.svelte';
import type { OpenRun } from './open-run.svelte';
import type { Picker } from './picker.svelte';
import type { Page } from './places';
import type { Runs } from './runs.svelte';
import type { Views } from './views.svelte';
import type { SignIn } from './sign-in.svelte';

interface Around {
  readonly accounts: Accounts;
  readonly announcer: Announcer;
  readonly care: AccountCare;
  readonly list: List;
  readonly moves: Latest;
  readonly open: OpenRun;
  readonly picker: Picker;
  readonly runs: Runs;
  readonly views: Views;
  readonly signIn: SignIn;
  page: Page;
  error: AppError | null;
  openFirst(): void;
  closePanel(): void;
  fail(error: AppError): void;
}

export class Entrance {
  constructor(
    private host: Host,
    private around: Around,
  ) {}

  takeAccount(account: AccountView): void {
    const { accounts, care, signIn } = this.around;
    const before = accounts.get(account.id);
    const isFirst = accounts.list.length === 0;
    accounts.take(account);
    if (account.state === 'ready') care.unlocked();
    // An expired sign-in leaves the list in sight; a sign-out does not.
    if (account.state === 'signed-out' && before && before.state !== 'signed-out') {
      this.signedOut(account);
    }
    // An account may come by itself: the first one, with sample data, and one whose keychain was slow.
    const lacked = before && before.state !== 'ready' && before.state !== 'offline';
    const isBack = lacked && account.state !== before.state && signIn.isUntouched(account);
    const waiting = this.isOutside && !signIn.busy;
    const mayGo = (isFirst && signIn.isBlank) || isBack;
    if (mayGo && waiting && account.state !== 'signed-out') this.signedIn(account);
  }

  /** No list is in sight, as nobody has come in. */
  private get isOutside(): boolean {
    return this.around.page === 'sign-in' || this.around.page === 'first-run';
  }

  connected(account: AccountView, still: Still): void {
    if (still() && this.around.page === 'sign-in') return this.signedIn(account);
    this.around.accounts.take(account);
    this.around.announcer.say(SIGN_IN.done(account.label));
  }

  private signedIn(account: AccountView): void {
    const { around } = this;
    around.moves.end();
    // What was said of a sign-out is over.
    around.error = null;
    around.accounts.take(account);
    around.accounts.choose(account.id);
    around.signIn.blank();
    around.page = 'runs';
    around.openFirst();
  }

  /** Nobody has an account yet: sample data, or the way to SolveXia. */
  showFirstRun(): void {
    this.around.moves.end();
    this.around.signIn.clearSecrets();
    this.around.page = 'first-run';
  }

  showSignIn(account: AccountView | null = this.around.accounts.current): void {
    this.around.moves.end();
    if (account) this.around.signIn.prefill(account);
    this.around.page = 'sign-in';
  }

  /** An empty form beside the accounts that there are. */
  addAccount(): void {
    this.around.moves.end();
    this.around.signIn.blank();
    this.around.page = 'sign-in';
  }

  /** Leaves the sign-in form for the list that is kept. */
  leaveSignIn(): void {
    this.around.moves.end();
    this.around.signIn.clearSecrets();
    this.around.page = 'runs';
    this.around.openFirst();
  }

  switchAccount(account: AccountView): void {
    const { around } = this;
    around.moves.end();
    around.accounts.choose(account.id);
    around.picker.close();
    around.list.error = null;
    if (account.state === 'signed-out') this.showSignIn(account);
    else {
      around.page = 'runs';
      around.openFirst();
    }
  }

  /** Forgets all that belonged to an account; where it was in sight, another one or the sign-in form takes its place. */
  accountRemoved(accountId: string): void {
    const { around } = this;
    if (!around.accounts.get(accountId)) return;
    const inSight =
      around.page === 'sign-in'
        ? around.signIn.account?.id === accountId
        : around.accounts.current?.id === accountId;
    around.accounts.remove(accountId);
    around.runs.removeAccount(accountId);
    around.views.forgetAccount(accountId);
    around.care.forget(accountId);
    if (around.open.ref?.accountId === accountId) around.open.close();
    if (!inSight) return;
    const next = around.accounts.current;
    if (next) return this.switchAccount(next);
    around.closePanel();
    this.addAccount();
  }

  async signOut(account: AccountView): Promise<void> {
    const { around } = this;
    around.error = null;
    try {
      await this.host.signOut(account.id);
    } catch (thrown) {
      return around.fail(toAppError(thrown));
    }
    const known = around.accounts.get(account.id) ?? account;
    around.accounts.take({ ...known, state: 'signed-out' });
    this.signedOut(account);
  }

  private signedOut(account: AccountView): void {
    const { around } = this;
    if (around.accounts.current?.id !== account.id || around.page !== 'runs') return;
    around.picker.close();
    around.closePanel();
    this.showSignIn(account);
  }
}
