/**
 * A host without a backend, for browser development and tests: sample data, and on request some
 * misbehaviour. Scenarios are words in the address, such as `?fake=many,offline`.
 */
import type {
  AccountView,
  ActionKind,
  ActionReply,
  AppError,
  ErrorCode,
  RunRow,
  Snapshot,
} from '../generated/contract';
import { PROCESSES, RUNS, type SampleRun } from './fake/sample';
import { World, type FakeRun } from './fake/world';
import type { Host, RunRef, SendAction } from './host';

export type Scenario =
  | 'first-run'
  | 'empty'
  | 'many'
  | 'hundred'
  | 'long'
  | 'offline'
  | 'signed-out'
  | 'token'
  | 'session-only'
  | 'store'
  | 'slow'
  | 'refuses'
  | 'changed'
  | 'deprecated'
  | 'still'
  | 'broken';

export function error(code: ErrorCode, message: string, supportId: string | null = null): AppError {
  return { code, message, supportId, retryAfterMs: null };
}

const SUPPORT = '7f9c24e8-3b12-4c1d-9f4e-2a6b8c0d1e2f';
const wait = (ms: number) => new Promise<void>((done) => setTimeout(done, ms));

function sampleAccount(has: (scenario: Scenario) => boolean): AccountView {
  const token = has('token');
  return {
    id: 'sample',
    label: 'sample.solvexia.com',
    origin: 'https://sample.solvexia.com',
    method: token ? 'token' : 'client',
    identity: token ? 'access token' : 'month-end-desk',
    state: has('signed-out') ? 'signed-out' : has('offline') ? 'offline' : 'ready',
    keeping: has('session-only') ? 'session-only' : 'keychain',
    keepingReason: has('session-only')
      ? 'This computer’s keychain did not open, so the secret is kept for this session only. You will sign in again after you close Runwatch.'
      : null,
    tokenExpiresAt: token ? Date.now() + 502_000 : null,
    isSample: !has('session-only'),
  };
}

function fill(world: World, has: (scenario: Scenario) => boolean): void {
  if (has('empty')) return;
  RUNS.forEach((sample) => world.add(sample));
  if (has('long')) {
    const first = RUNS[0] as SampleRun;
    world.add({ ...first, id: 'pr-1', name: 'Consolidation of everything '.repeat(4000) });
    world.add({ ...first, id: 'pr-2', name: 'x'.repeat(100_000), started: 4, status: 'Running' });
  }
  const more = has('many') ? 1000 : has('hundred') ? 100 : 0;
  for (let n = world.runs.length; n < more; n += 1) {
    const sample = RUNS[n % RUNS.length] as SampleRun;
    const started = sample.started === null ? null : sample.started + n * 7;
    world.add({ ...sample, id: `pr-${200000 + n}`, name: `${sample.name} #${n}`, started });
  }
  for (const run of world.runs.slice(2, 5)) {
    const at = run.row.finished ?? Date.now();
    if (run.row.outcome) world.tell(run, run.row.outcome, at, run.row.outcome !== 'failed');
  }
  world.inbox.sort((a, b) => b.at - a.at);
}

/** `has` says which scenarios are on. */
export function fakeHost(has: (scenario: Scenario) => boolean = () => false): Host {
  const world = new World(sampleAccount(has));
  if (!has('first-run')) fill(world, has);
  const delay = () => wait(has('slow') ? 3000 : 120);

  const find = ({ runId }: RunRef): FakeRun => {
    const run = world.find(runId);
    if (!run) throw error('not-found', `SolveXia does not know the run ${runId}.`, SUPPORT);
    return run;
  };
  const reach = async () => {
    await delay();
    if (has('offline')) throw error('offline', 'SolveXia did not answer. Check the network.');
  };
  const read = async (ref: RunRef) => {
    await reach();
    const run = find(ref);
    world.changed(run);
    return world.detail(run);
  };

  let asked = 0;
  const act = async (
    action: SendAction,
    kind: ActionKind,
    deprecated: boolean,
    effect: (run: FakeRun) => void,
    stepId: string | null = null,
  ): Promise<ActionReply> => {
    await reach();
    const run = find(action);
    if (has('refuses')) {
      throw error(
        'forbidden',
        'SolveXia refused this: the application lacks the scope “process_execute”. An administrator adds it in SolveXia’s API portal.',
        SUPPORT,
      );
    }
    asked += 1;
    if (has('changed') && asked === 1) {
      world.changed(run);
      throw error('changed', 'The run has changed since you were asked.');
    }
    const offerDeprecated = has('deprecated') && !deprecated && kind !== 'restart';
    const message = offerDeprecated
      ? 'SolveXia does not know this call (404). Nothing was done.'
      : {
          start: 'SolveXia has scheduled the run.',
          cancel: 'SolveXia has cancelled the run.',
          restart: 'SolveXia restarted the run from this step.',
        }[kind];
    const step = run.steps.find((candidate) => candidate.stepId === stepId);
    const row = {
      id: world.id(),
      accountId: world.account.id,
      accountLabel: world.account.label,
      identity: world.account.identity,
      osUser: 'sample user',
      runId: run.row.runId,
      runName: run.row.name,
      stepId,
      stepName: step ? `${step.order ?? ''} ${step.name}`.trim() : null,
      action: kind,
      deprecated,
      result: offerDeprecated ? ('refused' as const) : ('ok' as const),
      message,
      supportId: null,
      askedAt: Date.now(),
      answeredAt: Date.now(),
    };
    world.activity.unshift(row);
    world.send({ type: 'activity', row });
    if (!offerDeprecated) effect(run);
    return { result: row.result, message, supportId: null, offerDeprecated };
  };

  const addById = (text: string): RunRow => {
    const ids = text.match(/pr-[0-9a-z-]+/gi) ?? [];
    if (ids.length !== 1) {
      throw error('bad-id', 'Type one run id, such as pr-114278, or paste the address of a run.');
    }
    if (/^https?:/.test(text.trim()) && !text.includes(world.account.origin)) {
      throw error('other-environment', `This address is not one of ${world.account.label}.`);
    }
    const runId = ids[0] as string;
    const known = world.find(runId);
    if (known) return known.row;
    if (runId === 'pr-404') {
      throw error('not-found', 'SolveXia does not know the run pr-404.', SUPPORT);
    }
    const sample = RUNS[0] as SampleRun;
    const run = world.add({ ...sample, id: runId, name: `Bank reconciliation : ${runId}` });
    world.changed(run);
    return run.row;
  };

  return {
    subscribe: async (onUpdate) => {
      world.send = onUpdate;
      if (!has('still')) setInterval(() => world.tick(), 4000);
    },
    snapshot: async (): Promise<Snapshot> => {
      await delay();
      if (has('broken')) throw error('internal', 'The local database could not be opened.');
      return {
        app: {
          name: 'Runwatch',
          version: '0.1.0',
          demo: true,
          dataFolder: 'sample data, kept nowhere',
          demoOrigin: null,
        },
        accounts: has('first-run') ? [] : [world.account],
        runs: world.runs.map((run) => run.row),
        inbox: [...world.inbox],
        activity: [...world.activity],
        storeProblem: has('store')
          ? 'The disk is full. Ends are still told, but history is not kept until there is room.'
          : null,
        seq: 0,
      };
    },
    connect: async (request) => {
      await wait(600);
      const secret = request.clientSecret ?? request.accessToken ?? '';
      if (secret === 'wrong')
        throw error('signed-out', 'SolveXia refused this client id or secret.');
      if (
        /^https?:/.test(request.environment) &&
        !/solvexia\.com|127\.0\.0\.1/.test(request.environment)
      ) {
        if (request.confirmedOrigin !== request.environment) {
          throw error(
            'confirm-origin',
            `${request.environment} is not an address of SolveXia. Whoever runs it receives your secret.`,
          );
        }
      }
      if (has('first-run')) fill(world, has);
      world.account = { ...world.account, method: request.method, state: 'ready' };
      for (const run of world.runs) world.changed(run);
      return world.account;
    },
    signOut: async () => {
      await delay();
      world.account = { ...world.account, state: 'signed-out' };
      world.send({ type: 'account', account: world.account });
    },
    addRun: async (_accountId, text) => {
      await reach();
      return addById(text);
    },
    removeRun: async (run) => {
      world.runs = world.runs.filter((candidate) => candidate.row.runId !== run.runId);
      world.send({ type: 'run-removed', ...run });
    },
    watchRun: async (ref, watched) => {
      const run = find(ref);
      run.row.watched = watched;
      world.changed(run);
      return run.row;
    },
    showRun: async () => undefined,
    runDetail: async (ref) => world.detail(find(ref)),
    getRun: read,
    getRunStatus: read,
    getRunSteps: read,
    getStepStatus: read,
    addStep: async (ref, stepId) => {
      await reach();
      const run = find(ref);
      const id = stepId.trim();
      if (!/^[ad]s-[0-9]+$/.test(id)) {
        throw error('bad-id', 'Type one step id, such as as-20682.');
      }
      const sample = run.steps[0];
      if (sample) {
        run.steps = [
          ...run.steps,
          {
            ...sample,
            stepId: id,
            name: id,
            order: null,
            byHand: true,
            status: 'NotStarted',
            message: '',
          },
        ];
      }
      world.changed(run);
      return world.detail(run);
    },
    removeStep: async (ref, stepId) => {
      const run = find(ref);
      run.steps = run.steps.filter((step) => step.stepId !== stepId);
      world.changed(run);
      return world.detail(run);
    },
    startRun: (action) => act(action, 'start', false, (run) => world.begin(run)),
    cancelRun: (action) => act(action, 'cancel', false, (run) => world.stop(run)),
    startRunDeprecated: (action) => act(action, 'start', true, (run) => world.begin(run)),
    cancelRunDeprecated: (action) => act(action, 'cancel', true, (run) => world.stop(run)),
    restartFromStep: ({ stepId, ...action }) =>
      act(
        action,
        'restart',
        false,
        (run) =>
          world.begin(
            run,
            run.steps.findIndex((step) => step.stepId === stepId),
          ),
        stepId,
      ),
    listProcesses: async (_accountId, name) => {
      await reach();
      return PROCESSES.filter((row) => row.name.toLowerCase().includes(name.toLowerCase()));
    },
    getProcess: async (_accountId, processId) => {
      await reach();
      const row = PROCESSES.find((candidate) => candidate.processId === processId);
      return {
        processId,
        name: row?.name ?? processId,
        description: 'Runs after the ledgers are closed for posting.',
        lastModifiedBy: null,
        dateModified: Date.now() - 86_400_000 * 12,
      };
    },
    listProcessRuns: async (_accountId, processId) => {
      await reach();
      const own = world.runs.filter((run) => run.row.processId === processId);
      return [
        ...own.map(({ row }) => ({ runId: row.runId, name: row.name, added: true })),
        { runId: 'pr-261411', name: 'October, final', added: false },
        { runId: 'pr-260933', name: 'September, final', added: false },
      ];
    },
    listProcessSteps: async () => {
      await reach();
      return ['Load', 'Match', 'Post', 'Mail'].map((name, i) => ({
        stepId: `ds-${i + 1}`,
        name,
        order: `1.${i + 1}`,
        enabled: i !== 3,
      }));
    },
    createRun: async (_accountId, processId, namePrefix) => {
      await reach();
      const sample = RUNS[0] as SampleRun;
      const name = `${namePrefix || 'New'} : run #${world.runs.length}`;
      const run = world.add({
        ...sample,
        id: `pr-${270000 + world.runs.length}`,
        name,
        process: processId,
      });
      world.changed(run);
      return run.row;
    },
    markInboxRead: async (ids) => {
      for (const item of world.inbox.filter((candidate) => ids.includes(candidate.id))) {
        item.read = true;
        world.send({ type: 'inbox', item: { ...item } });
      }
    },
    copyText: async (text) => {
      await navigator.clipboard.writeText(text);
    },
  };
}

/** The scenarios named in the page's address. */
export function fromAddress(search: string): (scenario: Scenario) => boolean {
  const named = new URLSearchParams(search).get('fake')?.split(',') ?? [];
  return (scenario) => named.includes(scenario);
}
