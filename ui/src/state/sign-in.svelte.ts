/** The sign-in form. A secret leaves its field for `connect` and is gone from the page (docs/RULES.md, 19). */
import type {
  AccountView,
  AppError,
  ConnectRequest,
  PolicyView,
  SignInMethod,
} from '../generated/contract';
import { toAppError, type Host } from '../host/host';
import { say } from '../words/accounts';
import { FACTS } from '../words/questions';
import { originOf } from '../words/runs';
import { CALLBACK, CONFIRM_ORIGIN, MISSING, ORIGIN_NOT_CONFIRMED } from '../words/sign-in';
import type { Ask } from './ask.svelte';
import { BrowserWait } from './browser-wait.svelte';
import { Latest, type Still } from './latest';

/** The ports that a program may take without special rights. */
const PORTS = { least: 1024, most: 65_535 };

/** What has to be typed; its handle in the page. */
export type SignInField = keyof typeof MISSING;

export class SignIn {
  environment = $state('');
  method = $state<SignInMethod>('browser');
  clientId = $state('');
  clientSecret = $state('');
  accessToken = $state('');
  /** The callback address's port, as typed. */
  port = $state('');
  busy = $state(false);
  error = $state.raw<AppError | null>(null);
  /** The account that signs in again; none where a new one is meant. */
  account = $state.raw<AccountView | null>(null);
  /** A secret was sent and did not sign in: it has to be typed again. */
  spent = $state(false);
  /** The field without which nothing was sent. */
  lacking = $state<SignInField | null>(null);
  private forms = new Latest();
  /** Counts the forms that were shown: each begins with the focus in its first empty field. */
  turn = $state(0);
  readonly wait: BrowserWait;

  private usualPort = $state(0);
  /** What IT has the form begin with. */
  private usualEnvironment = '';
  /** IT allows no pasted tokens. */
  noTokens = $state(false);

  constructor(
    private host: Host,
    private ask: Ask,
    private connected: (account: AccountView, still: Still) => void,
  ) {
    this.wait = new BrowserWait(host);
  }

  /** Where the browser brings its answer; SolveXia compares the whole text. */
  readonly callbackUrl = $derived.by(() => {
    return `http://127.0.0.1:${this.portNumber ?? this.usualPort}/callback`;
  });

  /** What is typed names another environment or application than the account's. */
  readonly becomesNew = $derived.by(() => this.account !== null && !this.isSame(this.account));

  /** Nothing was typed into an empty form. */
  get isBlank(): boolean {
    const { clientId, clientSecret, accessToken } = this;
    const isUsual = this.environment === this.usualEnvironment;
    return isUsual && [clientId, clientSecret, accessToken].every((text) => text === '');
  }

  /** The form asks this account to sign in, and nothing was typed yet beside what is known of it. */
  isUntouched({ id }: AccountView): boolean {
    const { account, clientSecret, accessToken } = this;
    if (account?.id !== id || clientSecret !== '' || accessToken !== '') return false;
    const known = this.knownOf(account);
    return (Object.keys(known) as (keyof typeof known)[]).every((key) => this[key] === known[key]);
  }

  /** Something was typed, or is under way. */
  get holds(): boolean {
    return this.busy || !(this.account ? this.isUntouched(this.account) : this.isBlank);
  }

  setUsualPort(port: number): void {
    this.usualPort = port;
    if (this.port === '') this.port = String(port);
  }

  setPolicy(policy: PolicyView): void {
    const isEmpty = this.environment === this.usualEnvironment;
    this.usualEnvironment = policy.environment;
    if (isEmpty) this.environment = policy.environment;
    this.noTokens = policy.noPastedTokens;
  }

  /** Fills in what is known of an account that has to sign in again. */
  prefill(account: AccountView): void {
    this.blank();
    this.account = account;
    Object.assign(this, this.knownOf(account));
  }

  private knownOf({ origin, method, identity, callbackPort }: AccountView) {
    return {
      environment: origin,
      method: this.noTokens && method === 'token' ? ('browser' as const) : method,
      clientId: method === 'token' ? '' : identity,
      port: String(callbackPort ?? this.usualPort),
    };
  }

  /** Forgets what was typed. */
  blank(): void {
    this.account = null;
    this.environment = this.usualEnvironment;
    this.method = 'browser';
    this.clientId = '';
    this.port = String(this.usualPort);
    this.error = null;
    this.lacking = null;
    this.spent = false;
    this.turn += 1;
    this.forms.end();
    this.clearSecrets();
  }

  /** The form is no longer in sight: no secret stays in it, and no answer is waited for. */
  left(): void {
    this.forms.end();
    this.clearSecrets();
    void this.cancel();
  }

  /** The pending sign-in then rejects with `stopped`; nothing else happens here. */
  async cancel(): Promise<void> {
    if (!this.busy) return;
    const isSameForm = this.forms.join();
    try {
      await this.host.cancelSignIn();
    } catch (thrown) {
      if (isSameForm()) this.error = toAppError(thrown);
    }
  }

  choose(method: SignInMethod): void {
    if (method === 'token' && this.noTokens) return;
    this.method = method;
    this.error = null;
    this.lacking = null;
    this.spent = false;
  }

  async connect(): Promise<void> {
    if (this.busy) return;
    const missing = this.missing();
    this.lacking = missing?.field ?? null;
    if (missing) {
      this.error = say('bad-id', missing.message);
      return;
    }
    // Its field says what is wrong with it.
    if (this.method === 'browser' && this.portProblem !== null) {
      this.error = null;
      return;
    }
    const request = this.request();
    this.clearSecrets();
    await this.send(request);
  }

  clearSecrets(): void {
    this.clientSecret = '';
    this.accessToken = '';
  }

  private request(): ConnectRequest {
    const byToken = this.method === 'token';
    return {
      accountId: this.account && !this.becomesNew ? this.account.id : null,
      environment: this.environment.trim(),
      method: this.method,
      clientId: byToken ? null : this.clientId.trim(),
      clientSecret: byToken ? null : this.clientSecret.trim(),
      callbackPort: this.method === 'browser' ? this.portNumber : null,
      accessToken: byToken ? this.accessToken.trim() : null,
      confirmedOrigin: null,
    };
  }

  /**
   * Whether the form still means the account: its environment, and its application where both are
   * known. Another way into the same is still the same account, and keeps its list.
   */
  private isSame(account: AccountView): boolean {
    if (originOf(this.environment) !== account.origin) return false;
    if (this.method === 'token' || account.method === 'token') return true;
    return this.clientId.trim() === account.identity;
  }

  private get portNumber(): number | null {
    const typed = this.port.trim();
    const port = Number(typed);
    return /^\d+$/.test(typed) && port >= PORTS.least && port <= PORTS.most ? port : null;
  }

  private missing(): { field: SignInField; message: string } | null {
    const typed: Partial<Record<SignInField, string>> =
      this.method === 'token'
        ? { environment: this.environment, 'access-token': this.accessToken }
        : {
            environment: this.environment,
            'client-id': this.clientId,
            'client-secret': this.clientSecret,
          };
    const fields = Object.keys(typed) as SignInField[];
    const field = fields.find((one) => typed[one]?.trim() === '');
    return field ? { field, message: MISSING[field] } : null;
  }

  /** All that is in the fields. */
  private get typed(): string {
    const { environment, method, clientId, port, clientSecret, accessToken } = this;
    return [environment, method, clientId, port, clientSecret, accessToken].join('\n');
  }

  /** What is wrong with the port as typed; none where it can be used. */
  get portProblem(): string | null {
    if (this.portNumber !== null) return null;
    return CALLBACK.badPort(PORTS.least, PORTS.most, this.usualPort);
  }

  private async send(request: ConnectRequest): Promise<void> {
    this.busy = true;
    this.error = null;
    this.spent = false;
    const isSameForm = this.forms.join();
    const typed = this.typed;
    if (request.method === 'browser') this.wait.begin();
    try {
      const account = await this.host.connect(request);
      this.wait.end();
      this.connected(account, () => isSameForm() && this.typed === typed);
    } catch (thrown) {
      this.wait.end();
      // What became of a form that was left is not told in the next one.
      if (isSameForm()) this.failed(request, toAppError(thrown));
    } finally {
      this.busy = false;
    }
  }

  private failed(request: ConnectRequest, error: AppError): void {
    if (error.code === 'confirm-origin' && request.confirmedOrigin === null) {
      return this.confirmOrigin(request, error);
    }
    this.spent = true;
    // Whoever stopped it knows that it was stopped.
    if (error.code !== 'stopped') this.error = error;
  }

  /** The request waits in the question alone: confirmed or not, it is gone with it. */
  private confirmOrigin(request: ConnectRequest, error: AppError): void {
    this.ask.ask({
      ...CONFIRM_ORIGIN,
      facts: [{ label: FACTS.address, value: request.environment }],
      warning: error.message,
      danger: true,
      go: () => this.send({ ...request, confirmedOrigin: request.environment }),
      dropped: () => {
        this.spent = true;
        this.error = { ...error, message: ORIGIN_NOT_CONFIRMED };
      },
    });
  }
}
