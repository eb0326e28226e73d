/** The way to SolveXia: proxy and certificates, and the check of each part of it. */
import type {
  AccountView,
  AppError,
  HopKind,
  HopState,
  HopView,
  NetworkView,
  ProxyUse,
} from '../generated/contract';
import { toAppError, type Host } from '../host/host';
import { host as hostOf, originOf } from '../words/runs';

export const HOPS: { kind: HopKind; title: string }[] = [
  { kind: 'name', title: 'Name' },
  { kind: 'proxy', title: 'Proxy' },
  { kind: 'tls', title: 'Secure connection' },
  { kind: 'http', title: 'SolveXia’s API' },
  { kind: 'sign-in', title: 'Sign-in' },
];

export const HOP_WORDS: Record<HopState, string> = {
  good: 'Good',
  failed: 'Failed',
  skipped: 'Skipped',
};

/** What is checked: an account, or an environment that nobody has signed in to yet. */
interface Target {
  accountId: string | null;
  environment: string | null;
  words: string;
}

export class Connection {
  open = $state(false);
  target = $state.raw<Target | null>(null);
  /** What is kept; none until it was read. */
  kept = $state.raw<NetworkView | null>(null);

  proxy = $state<ProxyUse>('system');
  address = $state('');
  user = $state('');
  password = $state('');
  extraCa = $state('');

  busy = $state(false);
  saved = $state(false);
  /** A password was sent and not taken: it has to be typed again (rule 19). */
  spent = $state(false);
  error = $state.raw<AppError | null>(null);

  checking = $state(false);
  hops = $state.raw<HopView[] | null>(null);
  checkError = $state.raw<AppError | null>(null);
  /** Counts what was opened: an answer for what is no longer open is dropped. */
  private opening = 0;

  constructor(private host: Host) {}

  readonly keepsPassword = $derived.by(
    () => this.kept?.hasProxyPassword === true && this.kept.proxyUser === this.user.trim(),
  );

  readonly changed = $derived.by(() => {
    const { kept } = this;
    if (!kept) return false;
    if (this.proxy !== kept.proxy || this.extraCa.trim() !== kept.extraCa) return true;
    if (this.proxy !== 'manual') return false;
    const { proxyAddress, proxyUser } = kept;
    const same = this.address.trim() === proxyAddress && this.user.trim() === proxyUser;
    return !same || this.password !== '';
  });

  /** Of an account, else of what is typed into the sign-in form. */
  async show(account: AccountView | null, environment = ''): Promise<void> {
    const opening = (this.opening += 1);
    this.open = true;
    this.target = targetOf(account, environment);
    this.kept = null;
    this.error = null;
    this.checkError = null;
    this.hops = null;
    this.busy = false;
    this.checking = false;
    this.saved = false;
    try {
      const view = await this.host.getNetwork();
      if (this.opening === opening) this.take(view);
    } catch (thrown) {
      if (this.opening === opening) this.error = toAppError(thrown);
    }
  }

  close(): void {
    this.opening += 1;
    this.open = false;
    this.password = '';
  }

  /** Says whether what is typed is now kept. */
  async save(): Promise<boolean> {
    if (this.busy || !this.kept) return false;
    const opening = this.opening;
    const manual = this.proxy === 'manual';
    const change = {
      proxy: this.proxy,
      proxyAddress: manual ? this.address.trim() : '',
      proxyUser: manual ? this.user.trim() : '',
      proxyPassword: manual && this.password !== '' ? this.password : null,
      extraCa: this.extraCa.trim(),
    };
    this.busy = true;
    this.saved = false;
    this.error = null;
    this.hops = null;
    const answer = this.host.setNetwork(change);
    this.password = '';
    try {
      const view = await answer;
      if (this.opening !== opening) return false;
      this.take(view);
      this.saved = true;
      return true;
    } catch (thrown) {
      if (this.opening === opening) {
        this.error = toAppError(thrown);
        this.spent = change.proxyPassword !== null;
      }
      return false;
    } finally {
      if (this.opening === opening) this.busy = false;
    }
  }

  /** Checks the way as it is set: what was changed is saved first. */
  async check(): Promise<void> {
    const { target } = this;
    if (this.checking || !target) return;
    if (this.changed && !(await this.save())) return;
    const opening = this.opening;
    this.checking = true;
    this.checkError = null;
    this.hops = null;
    try {
      const hops = await this.host.checkConnection(target.accountId, target.environment);
      if (this.opening === opening) this.hops = hops;
    } catch (thrown) {
      if (this.opening === opening) this.checkError = toAppError(thrown);
    } finally {
      if (this.opening === opening) this.checking = false;
    }
  }

  /** The result as text for a mail to IT. */
  get report(): string {
    const lines = HOPS.map(({ kind, title }) => {
      const hop = this.hops?.find((candidate) => candidate.kind === kind);
      return hop ? `${title}: ${HOP_WORDS[hop.state]}. ${hop.words}` : null;
    });
    const head = `Runwatch’s check of the connection to ${this.target?.words ?? 'SolveXia'}`;
    return [head, ...lines.filter((line) => line !== null)].join('\n');
  }

  private take(view: NetworkView): void {
    this.kept = view;
    this.proxy = view.proxy;
    this.address = view.proxyAddress;
    this.user = view.proxyUser;
    this.extraCa = view.extraCa;
    this.password = '';
    this.spent = false;
  }
}

function targetOf(account: AccountView | null, environment: string): Target | null {
  if (account) {
    return { accountId: account.id, environment: null, words: hostOf(account.origin) };
  }
  if (environment.trim() === '') return null;
  const origin = originOf(environment);
  return { accountId: null, environment: environment.trim(), words: hostOf(origin) };
}
