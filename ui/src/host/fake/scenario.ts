/** What the fake host can be asked to be like, and the sample data that goes with it. */
import type { AccountView, PolicyView } from '../../generated/contract';
import { RUNS, SANDBOX_RUNS, type SampleRun } from './sample';
import { monthEnd } from './month-end';
import type { Playback } from './playback';

export type Scenario =
  | 'first-run'
  | 'empty'
  | 'many'
  | 'hundred'
  | 'month-end'
  | 'one'
  | 'last-month'
  | 'ten-thousand'
  | 'vanish'
  | 'clicked'
  | 'long'
  | 'offline'
  | 'signed-out'
  | 'expired'
  | 'locked'
  | 'no-keychain'
  | 'stays-locked'
  | 'token'
  | 'last-minute'
  | 'browser'
  | 'browser-waits'
  | 'browser-refused'
  | 'port-taken'
  | 'two'
  | 'moved'
  | 'real'
  | 'read-only'
  | 'clock-off'
  | 'session-only'
  | 'proxy'
  | 'no-way'
  | 'store'
  | 'damaged'
  | 'slow'
  | 'refuses'
  | 'changed'
  | 'deprecated'
  | 'still'
  | 'no-desktop'
  | 'paused'
  | 'quiet-refused'
  | 'quitting'
  | 'broken'
  | 'huge'
  | 'names'
  | 'archived'
  | 'notes'
  | 'launch-question'
  | 'no-zone'
  | 'history-unread'
  | 'create-lost'
  | 'create-unread'
  | 'unlisted'
  | 'not-allowed'
  | 'close-on-track'
  | 'close-at-risk'
  | 'close-expected-late'
  | 'close-late'
  | 'close-blocked'
  | 'close-unknown'
  | 'close-asks'
  | 'close-ready'
  | 'close-done'
  | 'close-thirty'
  | 'close-days'
  | 'close-far'
  | 'close-zone'
  | 'close-moved'
  | 'close-stale'
  | 'close-gone'
  | 'close-unopened'
  | 'close-broken'
  | 'close-turns'
  | 'policy'
  | 'unread';

/** Says which scenarios are on. */
export type Has = (scenario: Scenario) => boolean;

export const USUAL_PORT = 38417;
/** As many as the largest environments have. */
export const HUGE = 5000;
export const wait = (ms: number) => new Promise<void>((done) => setTimeout(done, ms));

function stateOf(has: Has): AccountView['state'] {
  if (has('signed-out')) return 'signed-out';
  if (has('expired')) return 'expired';
  if (has('not-allowed')) return 'not-allowed';
  if (has('locked')) return 'locked';
  if (has('no-keychain')) return 'no-keychain';
  return has('offline') ? 'offline' : 'ready';
}

/** What IT has set: nothing, or all that it can. */
export function samplePolicy(has: Has): PolicyView {
  const isSet = has('policy');
  return {
    environment: isSet ? 'https://app.solvexia.com' : '',
    noPastedTokens: isSet,
    proxyFixed: isSet,
    certificateFileFixed: isSet,
    hideDetailsFixed: isSet,
  };
}

/** No account yet, one, or a second one for trying things out. */
export function sampleAccounts(has: Has): AccountView[] {
  if (has('first-run')) return [];
  const first = sampleAccount(has);
  if (has('moved')) return [first, { ...first, id: 'moved', method: 'browser', colour: 'teal' }];
  if (!has('two') && !has('month-end')) return [first];
  const sandbox: AccountView = {
    ...sampleAccount(() => false),
    id: 'sandbox',
    label: 'Sandbox',
    colour: 'amber',
    origin: 'https://sandbox.solvexia.com',
    identity: 'try-things-out',
    muted: null,
    isSample: first.isSample,
  };
  const label = has('long')
    ? 'Group consolidation, all entities, production '.repeat(6)
    : first.label;
  return [{ ...first, label }, sandbox];
}

export function sampleAccount(has: Has): AccountView {
  const token = has('token') || has('last-minute');
  const seconds = has('last-minute') ? 75 : 502;
  const browser = has('browser');
  return {
    id: 'sample',
    label: 'sample.solvexia.com',
    colour: 'blue',
    origin: 'https://sample.solvexia.com',
    method: token ? 'token' : browser ? 'browser' : 'client',
    identity: token ? 'access token' : 'month-end-desk',
    state: stateOf(has),
    notAllowed: has('not-allowed')
      ? 'Your organisation’s rules do not allow Runwatch to sign in to sample.solvexia.com. They allow app.solvexia.com. Ask your IT department if you need another one.'
      : null,
    keeping: has('session-only') ? 'session-only' : 'keychain',
    keepingReason: has('session-only')
      ? 'This computer’s keychain did not open, so the secret is kept for this session only. You will sign in again after you close Runwatch.'
      : null,
    tokenExpiresAt: token ? Date.now() + seconds * 1000 : null,
    scopes: has('read-only')
      ? ['process_read', 'log_read', 'report_read']
      : ['process', 'process_read', 'process_execute', 'file_read'],
    readOnly: has('read-only')
      ? 'The application “month-end-desk” lacks the scope “process_execute”, so it can neither start, cancel nor restart runs. An administrator adds it in SolveXia’s API portal.'
      : null,
    dateZone: has('no-zone')
      ? null
      : 'UTC+01:00, as the start of a run here has shown on 24 November.',
    clockOff: has('clock-off')
      ? 'This computer’s clock is about 7 minutes ahead of SolveXia’s.'
      : null,
    callbackPort: browser ? USUAL_PORT : null,
    muted: null,
    isSample: !has('session-only') && !has('real'),
  };
}

/** Names as people and programs write them. */
const ODD_NAMES: [string, string][] = [
  ['pr-1001', '\u200b\u2060'],
  ['pr-1002', ''],
  ['pr-1003', 'تسوية البنك (نوفمبر) 2025'],
  ['pr-1004', 'Bank \u202edetcejer\u202c November'],
  ['pr-1005', 'Month-end close'],
  ['pr-1006', 'Month-end\u00a0close\u200b'],
];

/** The same two processes a month ago: one restarted since, so that there are attempts too. */
function lastMonth(playback: Playback): void {
  const minutes = 30 * 24 * 60;
  const slower = [1, 1.2, 0.6, 1];
  for (const [id, of, month] of [
    ['pr-261402', RUNS[2], 'October'],
    ['pr-261380', RUNS[1], 'October'],
  ] as const) {
    if (!of) continue;
    const steps = of.steps.map((step, n) => ({
      ...step,
      status: step.enabled === false ? step.status : 'Success',
      seconds: Math.round((step.seconds ?? 90) * (slower[n % slower.length] ?? 1)),
      message: 'step completed',
    }));
    playback.add({
      ...of,
      id,
      steps,
      name: of.name.replace('November', month),
      status: 'Finished',
      ended: true,
      outcome: 'succeeded',
      summary: 'All listed steps succeeded.',
      buttons: 'ended',
      started: minutes,
      seconds: 700,
      watched: false,
      frames: [],
    });
  }
  const failed = playback.find('pr-263075');
  if (!failed) return;
  const finished = (failed.row.started ?? 0) - 1_800_000;
  failed.row.attempt = 2;
  failed.attempts = [
    { attempt: 1, started: finished - 320_000, finished, seconds: 320, outcome: 'failed' },
  ];
}

export function fill(playback: Playback, has: Has): void {
  if (has('empty')) return;
  if (has('one')) return void playback.add(RUNS[1] as SampleRun);
  if (has('month-end')) return monthEnd(playback);
  RUNS.forEach((sample, n) =>
    playback.add({ ...sample, archived: has('archived') && sample.ended && n > 3 }),
  );
  if (has('last-month')) lastMonth(playback);
  if (has('two')) SANDBOX_RUNS.forEach((sample) => playback.add(sample, 'sandbox'));
  if (has('long')) {
    const first = RUNS[0] as SampleRun;
    playback.add({ ...first, id: 'pr-1', name: 'Consolidation of everything '.repeat(4000) });
    playback.add({
      ...first,
      id: 'pr-2',
      name: 'x'.repeat(100_000),
      started: 4,
      status: 'Running',
    });
  }
  if (has('huge')) {
    const steps = Array.from({ length: HUGE }, (_, n) => ({
      name: `Load entity ${n}`,
      status: n === 2600 ? 'Failed' : 'Success',
      seconds: 3,
    }));
    const stepsNote = `SolveXia lists more than ${HUGE.toLocaleString()} steps. The first ${HUGE.toLocaleString()} are read.`;
    const sample = RUNS[2] as SampleRun;
    const summary = `1 of ${HUGE.toLocaleString()} listed steps failed.`;
    playback.add({ ...sample, id: 'pr-299999', name: 'All entities', summary, steps, stepsNote });
  }
  if (has('names')) {
    for (const [id, name] of ODD_NAMES) {
      playback.add({ ...(RUNS[1] as SampleRun), id, name, frames: [], watched: false });
    }
  }
  const more = has('ten-thousand') ? 10_000 : has('many') ? 1000 : has('hundred') ? 100 : 0;
  for (let n = playback.runs.length; n < more; n += 1) {
    const sample = RUNS[n % RUNS.length] as SampleRun;
    const started = sample.started === null ? null : sample.started + n * 7;
    playback.add({ ...sample, id: `pr-${200000 + n}`, name: `${sample.name} #${n}`, started });
  }
  for (const run of [...playback.runs.slice(2, 5), ...playback.of('sandbox')]) {
    const at = run.row.finished ?? Date.now();
    const { outcome, summary } = run.row;
    const isRead = outcome !== 'failed' && !has('unread');
    if (outcome) playback.tell(run, outcome, summary.replace('.', ''), at, isRead);
  }
  playback.inbox.sort((a, b) => b.at - a.at);
}

/** The scenarios named in the page's address. */
export function fromAddress(search: string): Has {
  const named = new URLSearchParams(search).get('fake')?.split(',') ?? [];
  return (scenario) => named.includes(scenario);
}
