/**
 * All that lies outside the page, as one interface: `tauri.ts` is the real one, `fake.ts` serves
 * browser development and tests. A rejected call always rejects with an `AppError`.
 */
import type {
  AccountView,
  ActionReply,
  AppError,
  Cadence,
  Colour,
  ConnectRequest,
  ErrorCode,
  ExpectedState,
  HopView,
  MuteFor,
  NetworkChange,
  NetworkView,
  NotificationSettings,
  ProcessDetail,
  ProcessRow,
  ProcessRunRow,
  ProcessStepRow,
  RunDetail,
  RunRow,
  Snapshot,
  Update,
} from '../generated/contract';

/** Names one run: run ids are unique within an account alone. */
export interface RunRef {
  accountId: string;
  runId: string;
}

export type SendAction = RunRef & { expected: ExpectedState };

export interface Host {
  /** Opens the stream of updates. Called before `snapshot`, so that nothing falls between them. */
  subscribe(onUpdate: (update: Update) => void): Promise<void>;
  snapshot(): Promise<Snapshot>;
  /** Puts the damaged history aside and begins a new one. */
  startNewHistory(): Promise<void>;

  /** In the browser it stays open until the browser has answered, for five minutes at most. */
  connect(request: ConnectRequest): Promise<AccountView>;
  /** Ends the wait for the browser: `connect` rejects with `stopped`. */
  cancelSignIn(): Promise<void>;
  openSignInAgain(): Promise<void>;
  copySignInAddress(): Promise<void>;
  signOut(accountId: string): Promise<void>;
  updateAccount(accountId: string, label: string, colour: Colour): Promise<AccountView>;
  removeAccount(accountId: string, withHistory: boolean): Promise<void>;
  /** Tries to read the keychain again; what came of it shows in the accounts. */
  retryKeychain(): Promise<void>;
  /** Opens the account's SolveXia in the browser. */
  openSolvexia(accountId: string): Promise<void>;

  getNetwork(): Promise<NetworkView>;
  setNetwork(change: NetworkChange): Promise<NetworkView>;
  /** Of an account, or of an environment that nobody has signed in to yet. */
  checkConnection(accountId: string | null, environment: string | null): Promise<HopView[]>;
  getCadence(): Promise<Cadence>;
  setCadence(cadence: Cadence): Promise<Cadence>;
  getNotifications(): Promise<NotificationSettings>;
  setNotifications(settings: NotificationSettings): Promise<NotificationSettings>;
  /** Mutes or snoozes a run, or shows it again. */
  muteRun(run: RunRef, time: MuteFor): Promise<RunRow>;
  /** The same for all runs of an account; how it is muted then shows in the account. */
  muteAccount(accountId: string, time: MuteFor): Promise<void>;

  /** A report for support that holds no secret, no name of a run and no figure. */
  diagnostics(): Promise<string>;

  /** `text` is an id or the address of a run. */
  addRun(accountId: string, text: string): Promise<RunRow>;
  removeRun(run: RunRef): Promise<void>;
  watchRun(run: RunRef, watched: boolean): Promise<RunRow>;
  /** Tells which run is open, so that its steps are read while they are shown. */
  showRun(run: RunRef | null): Promise<void>;

  /** What is known here, without asking SolveXia. */
  runDetail(run: RunRef): Promise<RunDetail>;
  getRun(run: RunRef): Promise<RunDetail>;
  getRunStatus(run: RunRef): Promise<RunDetail>;
  getRunSteps(run: RunRef): Promise<RunDetail>;
  getStepStatus(run: RunRef, stepId: string): Promise<RunDetail>;
  addStep(run: RunRef, stepId: string): Promise<RunDetail>;
  removeStep(run: RunRef, stepId: string): Promise<RunDetail>;

  startRun(action: SendAction): Promise<ActionReply>;
  cancelRun(action: SendAction): Promise<ActionReply>;
  startRunDeprecated(action: SendAction): Promise<ActionReply>;
  cancelRunDeprecated(action: SendAction): Promise<ActionReply>;
  restartFromStep(action: SendAction & { stepId: string }): Promise<ActionReply>;

  listProcesses(accountId: string, name: string): Promise<ProcessRow[]>;
  getProcess(accountId: string, processId: string): Promise<ProcessDetail>;
  listProcessRuns(accountId: string, processId: string): Promise<ProcessRunRow[]>;
  listProcessSteps(accountId: string, processId: string): Promise<ProcessStepRow[]>;
  createRun(accountId: string, processId: string, namePrefix: string): Promise<RunRow>;

  /** Asks about all runs now, also where SolveXia could not be reached. */
  askNow(): Promise<void>;
  /** Pauses watching, or goes on. */
  setPaused(paused: boolean): Promise<void>;
  /** Quits as the tray does: where ends would be missed, a question comes back as an update. */
  askToQuit(): Promise<void>;
  /** Quits, though ends would be missed. */
  quit(): Promise<void>;
  /** The answer to the question whether to quit was no. */
  stay(): Promise<void>;

  markInboxRead(ids: number[]): Promise<void>;
  copyText(text: string): Promise<void>;
}

/** Every code, so that an answer from elsewhere is never taken for an `AppError`. */
const CODES: Record<ErrorCode, true> = {
  'bad-id': true,
  'other-environment': true,
  'not-found': true,
  forbidden: true,
  'signed-out': true,
  offline: true,
  'bad-answer': true,
  server: true,
  store: true,
  keychain: true,
  changed: true,
  'not-now': true,
  stopped: true,
  'port-taken': true,
  'confirm-origin': true,
  internal: true,
};

/** Whatever was thrown, as an `AppError`: a failed call of the bridge itself rejects with text. */
export function toAppError(thrown: unknown): AppError {
  if (isAppError(thrown)) return thrown;
  const message =
    thrown instanceof Error
      ? thrown.message
      : typeof thrown === 'string'
        ? thrown
        : 'No reason given.';
  return { code: 'internal', message, supportId: null, retryAfterMs: null };
}

function isAppError(thrown: unknown): thrown is AppError {
  if (typeof thrown !== 'object' || thrown === null) return false;
  const { code, message } = thrown as Partial<AppError>;
  return typeof code === 'string' && Object.hasOwn(CODES, code) && typeof message === 'string';
}
