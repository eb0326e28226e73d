/** The list of the fake host: runs found in a text, added, watched, archived, taken off and put back. */
import type { FoundRun, ListSettings, RunRow } from '../../generated/contract';
import type { Host, RunRef } from '../host';
import { written } from './activity';
import { error, SUPPORT } from './errors';
import type { FakeRun, Playback } from './playback';
import { RUNS, type SampleRun } from './sample';

type Part = Pick<
  Host,
  | 'findRunIds'
  | 'addRun'
  | 'removeRun'
  | 'undoRemove'
  | 'archiveRuns'
  | 'watchRun'
  | 'markHandled'
  | 'unmarkHandled'
  | 'getListSettings'
  | 'setListSettings'
>;

const DASHES = /[\u2010-\u2015\u2212]/g;
const INVISIBLE = /[\u200b-\u200d\u2060\ufeff]/g;

export function list(
  playback: Playback,
  reach: () => Promise<void>,
  find: (run: RunRef) => FakeRun,
): Part {
  const takenOff = new Map<string, FakeRun>();
  let settings = keptSettings();

  const handle = (runs: RunRef[], handled: RunRow['handled']) => {
    const ids = new Set(runs.map(({ runId }) => runId));
    for (const run of playback.runs.filter(({ row }) => ids.has(row.runId))) {
      if (!handled && !run.row.handled) continue;
      run.row.handled = handled;
      playback.changed(run);
      const action = handled ? 'dealt-with' : 'not-dealt-with';
      written(playback, run.row, { action, result: 'ok', note: handled?.note ?? '' });
    }
  };

  const foundIn = (accountId: string, text: string): FoundRun[] => {
    const account = playback.account(accountId);
    const plain = decoded(text).replace(INVISIBLE, '').replace(DASHES, '-');
    const named = [...plain.matchAll(/\bpr-[0-9]+\b/gi)].map(([id]) => id.toLowerCase());
    const guessed = named.length > 0 ? [] : [...plain.matchAll(/\b[0-9]{3,}\b/g)];
    const ids = [...new Set([...named, ...guessed.map(([number]) => `pr-${number}`)])];
    if (ids.length === 0) {
      throw error('bad-id', 'Type a run id, such as pr-114278, or paste the address of a run.');
    }
    if (/https?:\/\//.test(plain) && !plain.includes(account.origin)) {
      throw error('other-environment', `This address is not one of ${account.label}.`);
    }
    return ids.map((runId) => ({
      runId,
      isGuess: named.length === 0,
      added: playback.find(runId) !== undefined,
    }));
  };

  const added = (accountId: string, text: string): RunRow => {
    const [found, ...more] = foundIn(accountId, text);
    if (!found || more.length > 0) throw error('bad-id', 'Type one run id, such as pr-114278.');
    const { runId } = found;
    const known = playback.find(runId);
    if (known) return known.row;
    if (runId.endsWith('404')) {
      throw error('not-found', `SolveXia does not know the run ${runId}.`, SUPPORT);
    }
    const sample = RUNS[0] as SampleRun;
    const name = `Bank reconciliation : ${runId}`;
    const run = playback.add({ ...sample, id: runId, name }, accountId);
    playback.changed(run);
    return run.row;
  };

  return {
    findRunIds: async (accountId, text) => foundIn(accountId, text),
    addRun: async (accountId, text) => {
      await reach();
      return added(accountId, text);
    },
    removeRun: async ({ accountId, runId }) => {
      takenOff.set(runId, find({ accountId, runId }));
      playback.runs = playback.runs.filter((candidate) => candidate.row.runId !== runId);
      playback.send({ type: 'run-removed', accountId, runId });
    },
    undoRemove: async ({ runId }) => {
      const run = takenOff.get(runId);
      if (!run) throw error('not-found', `${runId} can no longer be put back. Add it again.`);
      takenOff.delete(runId);
      playback.runs.push(run);
      playback.changed(run);
      return run.row;
    },
    archiveRuns: async (runs, archived) => {
      const ids = new Set(runs.map(({ runId }) => runId));
      for (const run of playback.runs) {
        if (!ids.has(run.row.runId) || (archived && !run.row.ended)) continue;
        run.row.archived = archived;
        playback.changed(run);
      }
    },
    markHandled: async (runs, note) => handle(runs, { who: 'sample user', at: Date.now(), note }),
    unmarkHandled: async (runs) => handle(runs, null),
    getListSettings: async () => settings,
    setListSettings: async (kept) => {
      settings = kept;
      sessionStorage.setItem(KEPT, JSON.stringify(kept));
    },
    watchRun: async (ref, watched) => {
      const run = find(ref);
      run.row.watched = watched;
      playback.changed(run);
      return run.row;
    },
  };
}

const KEPT = 'list-settings';

/** As long as the browser's tab is open, as a backend would keep it. */
function keptSettings(): ListSettings {
  const kept = globalThis.sessionStorage?.getItem(KEPT);
  if (kept) return JSON.parse(kept) as ListSettings;
  return {
    look: {
      filters: { account: null, process: null, status: null, outcome: null, since: null },
      sort: { column: 'ends', descending: true },
      grouped: false,
    },
    saved: [],
  };
}

/** Links of mail programs hold the address percent-encoded. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
