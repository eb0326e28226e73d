/** Rows and hosts for the tests of the state. */
import {
  usualPageSettings,
  type AccountView,
  type ActionReply,
  type AppError,
  type ErrorCode,
  type Forecast,
  type InboxItem,
  type ListSettings,
  type PolicyView,
  type RunDetail,
  type RunRow,
  type Snapshot,
  type StepRow,
  type Update,
} from '../generated/contract';
import type { Host } from '../host/host';
import { App } from './app.svelte';

export const RUN = { accountId: 'a', runId: 'pr-1' };

export function row(over: Partial<RunRow> = {}): RunRow {
  return {
    ...RUN,
    name: 'Bank reconciliation',
    processId: 'p-1',
    processName: null,
    watched: false,
    muted: null,
    archived: false,
    handled: null,
    status: 'NotStarted',
    ended: false,
    gone: false,
    outcome: null,
    summary: '',
    started: null,
    finished: null,
    durationSeconds: null,
    ends: null,
    endsBetween: null,
    isLate: false,
    isLong: false,
    usualSeconds: null,
    atStep: null,
    seenAt: null,
    attempt: 1,
    problem: null,
    busy: false,
    seq: 1,
    ...over,
  };
}

export function step(over: Partial<StepRow> = {}): StepRow {
  return {
    stepId: 'ds-1',
    name: 'Load',
    order: '1.1',
    enabled: true,
    byHand: false,
    status: 'Success',
    started: null,
    finished: null,
    durationSeconds: null,
    message: '',
    problem: null,
    restart: { allowed: true, reason: null, warning: null },
    ...over,
  };
}

export function detail(over: Partial<RunDetail> = {}): RunDetail {
  return {
    row: row(),
    description: null,
    lastModifiedBy: null,
    dateCreated: null,
    dateModified: null,
    steps: [],
    gaps: [],
    stepsReadAt: null,
    stepsProblem: null,
    stepsNote: null,
    forecast: forecast(),
    start: { allowed: true, reason: null, warning: null },
    cancel: { allowed: false, reason: 'It has not started.', warning: null },
    ...over,
  };
}

/** As without any earlier run. */
export function forecast(over: Partial<Forecast> = {}): Forecast {
  return {
    learnedFrom: 0,
    usualSeconds: null,
    bandSeconds: null,
    ends: null,
    endsBetween: null,
    progress: null,
    stepsOver: null,
    stepsCounted: null,
    isLate: false,
    isLong: false,
    latest: [],
    ...over,
  };
}

/** IT has set nothing. */
export const NO_POLICY: PolicyView = {
  environment: '',
  noPastedTokens: false,
  proxyFixed: false,
  certificateFileFixed: false,
  hideDetailsFixed: false,
};

export function account(over: Partial<AccountView> = {}): AccountView {
  return {
    id: 'a',
    label: 'app.solvexia.com',
    colour: 'blue',
    origin: 'https://app.solvexia.com',
    method: 'client',
    identity: 'desk',
    state: 'ready',
    notAllowed: null,
    keeping: 'keychain',
    keepingReason: null,
    tokenExpiresAt: null,
    scopes: null,
    readOnly: null,
    clockOff: null,
    dateZone: null,
    callbackPort: null,
    muted: null,
    isSample: false,
    ...over,
  };
}

export function snapshot(over: Partial<Snapshot> = {}): Snapshot {
  return {
    app: {
      name: 'Runwatch',
      version: '0',
      demo: false,
      dataFolder: '',
      usualCallbackPort: 38417,
      demoOrigin: null,
      policy: NO_POLICY,
    },
    accounts: [account()],
    runs: [],
    inbox: [],
    activity: [],
    historyWasRead: true,
    storeProblem: null,
    desktopProblem: null,
    damaged: null,
    paused: false,
    notes: [],
    openRun: null,
    place: null,
    seq: 0,
    ...over,
  };
}

/** As on the first start. */
export function listSettings(over: Partial<ListSettings> = {}): ListSettings {
  return {
    look: {
      filters: { account: null, process: null, status: null, outcome: null, since: null },
      sort: { column: 'ends', descending: true },
      grouped: false,
    },
    saved: [],
    ...over,
  };
}

export function failure(code: ErrorCode, message = code as string): AppError {
  return { code, message, supportId: null, retryAfterMs: null };
}

export function reply(over: Partial<ActionReply> = {}): ActionReply {
  return { result: 'ok', message: 'Done.', problem: null, offerDeprecated: false, ...over };
}

/** A host that answers what the test says, and fails loudly on anything else. */
export function hostOf(over: Partial<Host>): Host {
  const quiet: Partial<Host> = {
    showRun: async () => undefined,
    markInboxRead: async () => undefined,
    markRunRead: async () => undefined,
    getListSettings: async () => listSettings(),
    getPageSettings: async () => usualPageSettings,
    setListSettings: async () => undefined,
    runDetail: async () => detail(),
    getRun: async () => detail(),
    getRunSteps: async () => detail(),
  };
  const host: Host = new Proxy({ ...quiet, ...over } as Host, {
    get(target, name) {
      const found: unknown = Reflect.get(target, name);
      if (found) return found;
      // Where a test has no stream, the first whole is the one that it has for every time.
      if (name === 'subscribe') return () => host.snapshot();
      return () => Promise.reject(failure('internal', `${String(name)} was not expected`));
    },
  });
  return host;
}

/** A promise that the test answers when it likes. */
export function later<T = undefined>() {
  let answer!: (value: T) => void;
  let refuse!: (error: AppError) => void;
  const promise = new Promise<T>((done, failed) => {
    answer = done;
    refuse = failed;
  });
  return { promise, answer, refuse };
}

/** An app on a host whose updates the test sends, as a batch. */
export async function opened(first: Partial<Snapshot> = {}, over: Partial<Host> = {}) {
  let push: (updates: Update[]) => void = () => undefined;
  const host: Host = hostOf({
    subscribe: (onUpdate) => {
      push = onUpdate;
      return host.snapshot();
    },
    snapshot: async () => snapshot(first),
    ...over,
  });
  const app = new App(host);
  await app.begin();
  await settle();
  return { app, host, push: (...updates: Update[]) => push(updates) };
}

export function item(over: Partial<InboxItem> = {}): InboxItem {
  return {
    id: 1,
    kind: 'ended',
    accountId: 'a',
    runId: 'pr-1',
    outcome: 'failed',
    title: 'Failed: Bank',
    body: '',
    at: 1,
    read: false,
    ...over,
  };
}

/** Lets everything that is already answered run on. */
export async function settle(): Promise<void> {
  for (let i = 0; i < 30; i += 1) await Promise.resolve();
}
