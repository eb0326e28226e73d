/** The way to SolveXia: proxy and certificates, and the check of each part of it. */
import type {
  AccountView,
  AppError,
  HopKind,
  HopView,
  NetworkView,
  ProxyUse,
} from '../generated/contract';
import { toAppError, type Host } from '../host/host';
import { CHECK, HOP_TITLES, HOP_WORDS } from '../words/connection';
import { host as hostOf, originOf } from '../words/runs';
import { Latest } from './latest';

/** The parts of the way, in their order. */
export const HOPS: HopKind[] = ['name', 'proxy', 'tls', 'http', 'sign-in'];

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

  /** The system's own dialog for the certificate is open. */
  choosing = $state(false);
  busy = $state(false);
  saved = $state(false);
  /** A password was sent and not taken: it has to be typed again (docs/RULES.md, 19). */
  spent = $state(false);
  error = $state.raw<AppError | null>(null);

  checking = $state(false);
  hops = $state.raw<HopView[] | null>(null);
  checkError = $state.raw<AppError | null>(null);
  private openings = new Latest();

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
    const still = this.openings.begin();
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
      if (still()) this.take(view);
    } catch (thrown) {
      if (still()) this.error = toAppError(thrown);
    }
  }

  close(): void {
    this.openings.end();
    this.open = false;
    this.password = '';
  }

  /** Has the certificate file chosen; what was typed for it since stays. */
  async chooseFile(): Promise<void> {
    if (this.choosing) return;
    const still = this.openings.join();
    const typed = this.extraCa;
    this.choosing = true;
    try {
      const path = await this.host.chooseCertificateFile();
      if (path !== null && still() && this.extraCa === typed) this.extraCa = path;
    } catch (thrown) {
      if (still()) this.error = toAppError(thrown);
    } finally {
      this.choosing = false;
    }
  }

  /** Says whether what is typed is now kept. */
  async save(): Promise<boolean> {
    if (this.busy || !this.kept) return false;
    const still = this.openings.join();
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
    const { typed } = this;
    try {
      const view = await answer;
      if (!still()) return false;
      // What was typed meanwhile stays, to be saved next.
      const isSame = this.typed === typed;
      if (isSame) this.take(view);
      else this.kept = view;
      this.saved = isSame;
      return isSame;
    } catch (thrown) {
      if (still()) {
        this.error = toAppError(thrown);
        this.spent = change.proxyPassword !== null;
      }
      return false;
    } finally {
      if (still()) this.busy = false;
    }
  }

  /** Checks the way as it is set: what was changed is saved first. */
  async check(): Promise<void> {
    const { target } = this;
    if (this.checking || !target) return;
    if (this.changed && !(await this.save())) return;
    const still = this.openings.join();
    this.checking = true;
    this.checkError = null;
    this.hops = null;
    try {
      const hops = await this.host.checkConnection(target.accountId, target.environment);
      if (still()) this.hops = hops;
    } catch (thrown) {
      if (still()) this.checkError = toAppError(thrown);
    } finally {
      if (still()) this.checking = false;
    }
  }

  /** The result as text for a mail to IT. */
  get report(): string {
    const lines = HOPS.map((kind) => {
      const hop = this.hops?.find((candidate) => candidate.kind === kind);
      return hop ? `${HOP_TITLES[kind]}: ${HOP_WORDS[hop.state]}. ${hop.words}` : null;
    });
    return [CHECK.report(this.target?.words), ...lines.filter((line) => line !== null)].join('\n');
  }

  private get typed(): string {
    const { proxy, address, user, password, extraCa } = this;
    return [proxy, address, user, password, extraCa].join('\n');
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
