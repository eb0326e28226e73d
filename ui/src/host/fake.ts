/**
 * A host without a backend, for browser development and tests: sample data, and on request some
 * misbehaviour. Scenarios are words in the address, such as `?fake=many,offline`.
 */
import type { RunRow, Snapshot } from '../generated/contract';
import { accounts } from './fake/accounts';
import { actor } from './fake/actor';
import { network } from './fake/network';
import { notifications } from './fake/notifications';
import { PROCESSES, RUNS, type SampleRun } from './fake/sample';
import { error, fill, sampleAccounts, SUPPORT, USUAL_PORT, wait, type Has } from './fake/scenario';
import { World, type FakeRun } from './fake/world';
import type { Host, RunRef } from './host';

export { fromAddress } from './fake/scenario';

/** `has` says which scenarios are on. */
export function fakeHost(has: Has = () => false): Host {
  const world = new World(sampleAccounts(has));
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

  const act = actor(world, has, reach, find);

  const addById = (accountId: string, text: string): RunRow => {
    const account = world.account(accountId);
    const ids = text.match(/pr-[0-9a-z-]+/gi) ?? [];
    if (ids.length !== 1) {
      throw error('bad-id', 'Type one run id, such as pr-114278, or paste the address of a run.');
    }
    if (/^https?:/.test(text.trim()) && !text.includes(account.origin)) {
      throw error('other-environment', `This address is not one of ${account.label}.`);
    }
    const runId = ids[0] as string;
    const known = world.find(runId);
    if (known) return known.row;
    if (runId === 'pr-404') {
      throw error('not-found', 'SolveXia does not know the run pr-404.', SUPPORT);
    }
    const sample = RUNS[0] as SampleRun;
    const run = world.add(
      { ...sample, id: runId, name: `Bank reconciliation : ${runId}` },
      accountId,
    );
    world.changed(run);
    return run.row;
  };

  const askToQuit = () =>
    world.send({
      type: 'quitting',
      runs: world.watchedNames(),
      unshown: has('no-desktop') ? ['Failed: Bank reconciliation'] : [],
    });

  return {
    subscribe: async (onUpdate) => {
      world.send = onUpdate;
      if (has('quitting')) {
        setTimeout(askToQuit, 500);
      }
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
          usualCallbackPort: USUAL_PORT,
          demoOrigin: null,
        },
        accounts: [...world.accounts],
        runs: world.runs.map((run) => run.row),
        inbox: [...world.inbox],
        activity: [...world.activity],
        storeProblem: has('store')
          ? 'The disk is full. Ends are still told, but history is not kept until there is room.'
          : has('damaged')
            ? 'The history file is damaged (file is not a database). The runs that are listed in it are not watched. Runwatch works without it until it is closed, but starts, cancels and restarts nothing; the file is left as it is.'
            : null,
        damaged: has('damaged')
          ? {
              file: '/home/sam/.local/share/app.runwatch.desktop/history.db',
              keptAs: 'history-damaged-2026-11-24.db',
            }
          : null,
        desktopProblem: has('no-desktop')
          ? 'The name org.freedesktop.Notifications was not provided by any service'
          : null,
        paused: has('paused'),
        seq: 0,
      };
    },
    startNewHistory: delay,
    ...accounts(world, has),
    ...network(world, has),
    getPollLimits: async () => ({ shortestSeconds: 5, longestMinutes: 5 }),
    setPollLimits: async (limits) => limits,
    ...notifications(world),
    addRun: async (accountId, text) => {
      await reach();
      return addById(accountId, text);
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
    createRun: async (accountId, processId, namePrefix) => {
      await reach();
      const sample = RUNS[0] as SampleRun;
      const name = `${namePrefix || 'New'} : run #${world.runs.length}`;
      const run = world.add(
        {
          ...sample,
          id: `pr-${270000 + world.runs.length}`,
          name,
          process: processId,
        },
        accountId,
      );
      world.changed(run);
      return run.row;
    },
    askNow: delay,
    setPaused: async (paused) => world.send({ type: 'paused', paused }),
    askToQuit: async () => askToQuit(),
    quit: async () => undefined,
    stay: async () => undefined,
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
