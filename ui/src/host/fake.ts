/**
 * A host without a backend, for browser development: recorded sample data, and on request some
 * misbehaviour. It decides nothing: what a run shows was written down beforehand. Scenarios are words
 * in the address, such as `?fake=many,offline`.
 */
import type { Snapshot } from '../generated/contract';
import { accounts } from './fake/accounts';
import { actions } from './fake/actions';
import { activity } from './fake/activity';
import { close } from './fake/close';
import { error, SUPPORT } from './fake/errors';
import { inbox } from './fake/inbox';
import { launchAtLogin } from './fake/launch-at-login';
import { list } from './fake/list';
import { network } from './fake/network';
import { notifications } from './fake/notifications';
import { pageSettings } from './fake/page-settings';
import { picking } from './fake/picking';
import { Playback, type FakeRun } from './fake/playback';
import { CANCELLED, STARTED } from './fake/recordings';
import { fill, sampleAccounts, samplePolicy, USUAL_PORT, wait, type Has } from './fake/scenario';
import type { Host, RunRef } from './host';

/** What the backend says once. */
const NOTES = [
  'Runwatch stopped unexpectedly last time. Your list and your history are as they were.',
  'A part of the history could not be read, so 3 entries of Activity are missing.',
];

export { fromAddress } from './fake/scenario';

/** `has` says which scenarios are on. */
export function fakeHost(has: Has = () => false): Host {
  const playback = new Playback(sampleAccounts(has));
  if (!has('first-run')) fill(playback, has);
  const delay = () => wait(has('slow') ? 3000 : 120);

  const find = ({ runId }: RunRef): FakeRun => {
    const run = playback.find(runId);
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
    playback.changed(run);
    return playback.detail(run);
  };

  const act = actions(playback, has, reach, find);

  const start = (run: FakeRun) =>
    playback.play(run, STARTED, {
      started: null,
      finished: null,
      durationSeconds: null,
      watched: true,
      attempt: run.row.attempt + 1,
    });
  const cancel = (run: FakeRun) => playback.play(run, CANCELLED);

  const askToQuit = () =>
    playback.send({
      type: 'quitting',
      runs: playback.watchedNames(),
      unshown: has('no-desktop') ? ['Failed: Bank reconciliation'] : [],
    });

  const snapshot = async (): Promise<Snapshot> => {
    await delay();
    if (has('broken')) throw error('internal', 'The local database could not be opened.');
    return {
      app: {
        name: 'Runwatch',
        version: '0.1.0',
        demo: !has('first-run'),
        dataFolder: 'sample data, kept nowhere',
        usualCallbackPort: USUAL_PORT,
        demoOrigin: null,
        policy: samplePolicy(has),
      },
      accounts: playback.accounts,
      runs: playback.runs.map((run) => run.row),
      inbox: playback.inbox,
      activity: playback.activity,
      historyWasRead: !has('history-unread'),
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
      notes: has('notes') ? NOTES : [],
      openRun: null,
      place: null,
      seq: 0,
    };
  };

  return copying({
    subscribe: async (onUpdate) => {
      playback.onUpdates = onUpdate;
      // Measures play updates by it.
      Object.assign(globalThis, { playback });
      if (has('quitting')) {
        setTimeout(askToQuit, 500);
      }
      if (has('clicked')) setTimeout(() => playback.clicked(), 1500);
      if (has('vanish')) setTimeout(() => playback.vanish(), 3000);
      if (!has('still')) setInterval(() => playback.tick(), 4000);
      return snapshot();
    },
    snapshot,
    pageAlive: async () => undefined,
    keepPlace: async () => undefined,
    startNewHistory: delay,
    ...accounts(playback, has),
    ...network(playback, has),
    getPollLimits: async () => ({ shortestSeconds: 5, longestMinutes: 5 }),
    setPollLimits: async (limits) => limits,
    ...launchAtLogin(has),
    ...pageSettings(),
    openSampleData: delay,
    ...notifications(playback, has),
    ...list(playback, reach, find),
    ...picking(playback, has, reach),
    ...close(playback, has, reach),
    showRun: async () => undefined,
    runDetail: async (ref) => playback.detail(find(ref)),
    pastAttempts: async (ref) => find(ref).attempts,
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
      playback.changed(run);
      return playback.detail(run);
    },
    removeStep: async (ref, stepId) => {
      const run = find(ref);
      run.steps = run.steps.filter((step) => step.stepId !== stepId);
      playback.changed(run);
      return playback.detail(run);
    },
    startRun: (action) => act(action, 'start', false, start),
    cancelRun: (action) => act(action, 'cancel', false, cancel),
    startRunDeprecated: (action) => act(action, 'start', true, start),
    cancelRunDeprecated: (action) => act(action, 'cancel', true, cancel),
    restartFromStep: ({ stepId, ...action }) => act(action, 'restart', false, start, stepId),
    askNow: delay,
    setPaused: async (paused) => playback.send({ type: 'paused', paused }),
    askToQuit: async () => askToQuit(),
    quit: async () => undefined,
    stay: async () => undefined,
    ...inbox(playback),
    ...activity(has, delay),
    copyText: async (text) => {
      await navigator.clipboard.writeText(text);
    },
  });
}

/** Every answer is a copy, as from a backend: the page has none of the fake host's own rows. */
function copying(host: Host): Host {
  const calls = Object.entries(host).map(([name, call]) => [
    name,
    async (...args: unknown[]) => structuredClone(await (call as Call)(...args)),
  ]);
  return Object.fromEntries(calls) as Host;
}

type Call = (...args: unknown[]) => Promise<unknown>;
