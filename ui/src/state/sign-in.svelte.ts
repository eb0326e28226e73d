/** The sign-in form. A secret leaves its field for `connect` and is gone from the page (rule 19). */
import type { AccountView, AppError, ConnectRequest, SignInMethod } from '../generated/contract';
import { toAppError, type Host } from '../host/host';
import type { Ask } from './ask.svelte';

export class SignIn {
  environment = $state('');
  method = $state<SignInMethod>('client');
  clientId = $state('');
  clientSecret = $state('');
  accessToken = $state('');
  busy = $state(false);
  error = $state.raw<AppError | null>(null);

  constructor(
    private host: Host,
    private ask: Ask,
    private connected: (account: AccountView) => void,
  ) {}

  /** Fills in what is known of an account that has to sign in again. */
  prefill(account: AccountView): void {
    this.environment = account.origin;
    this.method = account.method;
    if (account.method === 'client') this.clientId = account.identity;
    this.error = null;
  }

  /** Forgets what was typed. */
  blank(): void {
    this.environment = '';
    this.method = 'client';
    this.clientId = '';
    this.error = null;
    this.clearSecrets();
  }

  choose(method: SignInMethod): void {
    this.method = method;
    this.error = null;
  }

  async connect(): Promise<void> {
    if (this.busy) return;
    const missing = this.missing();
    if (missing !== null) {
      this.error = { code: 'bad-id', message: missing, supportId: null, retryAfterMs: null };
      return;
    }
    const byClient = this.method === 'client';
    const request: ConnectRequest = {
      environment: this.environment.trim(),
      method: this.method,
      clientId: byClient ? this.clientId.trim() : null,
      clientSecret: byClient ? this.clientSecret.trim() : null,
      accessToken: byClient ? null : this.accessToken.trim(),
      confirmedOrigin: null,
    };
    const answer = this.send(request);
    this.clearSecrets();
    await answer;
  }

  clearSecrets(): void {
    this.clientSecret = '';
    this.accessToken = '';
  }

  private missing(): string | null {
    if (this.environment.trim() === '') {
      return 'Type the name of your SolveXia environment, such as “app”, or its whole address.';
    }
    if (this.method === 'token') {
      return this.accessToken.trim() === '' ? 'Paste an access token.' : null;
    }
    if (this.clientId.trim() === '') return 'Type the client id of your SolveXia application.';
    return this.clientSecret.trim() === '' ? 'Type the client secret that belongs to it.' : null;
  }

  private async send(request: ConnectRequest): Promise<void> {
    this.busy = true;
    this.error = null;
    try {
      this.connected(await this.host.connect(request));
    } catch (thrown) {
      const error = toAppError(thrown);
      if (error.code === 'confirm-origin' && request.confirmedOrigin === null) {
        this.confirmOrigin(request, error);
      } else {
        this.error = error;
      }
    } finally {
      this.busy = false;
    }
  }

  /** The request waits in the question alone: confirmed or not, it is gone with it. */
  private confirmOrigin(request: ConnectRequest, error: AppError): void {
    this.ask.ask({
      title: 'Send your secret to this address?',
      facts: [{ label: 'Address', value: request.environment }],
      warning: error.message,
      confirm: 'Yes, sign in there',
      dismiss: 'Do not send it',
      danger: true,
      go: () => this.send({ ...request, confirmedOrigin: request.environment }),
      dropped: () => {
        this.error = {
          ...error,
          message: 'Nothing was sent. Check the address, then type the secret again.',
        };
      },
    });
  }
}
