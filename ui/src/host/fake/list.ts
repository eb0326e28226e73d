/** The list of the fake host: runs are added, taken off and put back, and archived. */
import type { RunRow } from '../../generated/contract';
import type { Host, RunRef } from '../host';
import { error, SUPPORT } from './errors';
import type { FakeRun, Playback } from './playback';
import { RUNS, type SampleRun } from './sample';

type Part = Pick<
  Host,
  'findRunIds' | 'addRun' | 'removeRun' | 'undoRemove' | 'archiveRuns' | 'watchRun'
>;

const idsIn = (text: string) => text.match(/pr-[0-9a-z-]+/gi) ?? [];

export function list(
  playback: Playback,
  reach: () => Promise<void>,
  find: (run: RunRef) => FakeRun,
): Part {
  const takenOff: FakeRun[] = [];

  const addById = (accountId: string, text: string): RunRow => {
    const account = playback.account(accountId);
    const ids = idsIn(text);
    if (ids.length !== 1) {
      throw error('bad-id', 'Type one run id, such as pr-114278, or paste the address of a run.');
    }
    if (/^https?:/.test(text.trim()) && !text.includes(account.origin)) {
      throw error('other-environment', `This address is not one of ${account.label}.`);
    }
    const runId = ids[0] as string;
    const known = playback.find(runId);
    if (known) return known.row;
    if (runId === 'pr-404') {
      throw error('not-found', 'SolveXia does not know the run pr-404.', SUPPORT);
    }
    const sample = RUNS[0] as SampleRun;
    const run = playback.add(
      { ...sample, id: runId, name: `Bank reconciliation : ${runId}` },
      accountId,
    );
    playback.changed(run);
    return run.row;
  };

  return {
    findRunIds: async (_accountId, text) => {
      const ids = [...new Set(idsIn(text))];
      if (ids.length === 0) {
        throw error('bad-id', 'There is no run id in it, such as pr-114278.');
      }
      return ids.map((runId) => ({
        runId,
        isGuess: false,
        added: playback.find(runId) !== undefined,
      }));
    },
    addRun: async (accountId, text) => {
      await reach();
      return addById(accountId, text);
    },
    removeRun: async ({ accountId, runId }) => {
      const run = playback.find(runId);
      if (!run) return;
      takenOff.push(run);
      playback.runs = playback.runs.filter((candidate) => candidate !== run);
      playback.send({ type: 'run-removed', accountId, runId });
    },
    undoRemove: async ({ runId }) => {
      const run = takenOff.find(({ row }) => row.runId === runId);
      if (!run) throw error('not-now', 'This run can no longer be put back. Add it again.');
      takenOff.splice(takenOff.indexOf(run), 1);
      playback.runs.push(run);
      playback.changed(run);
      return run.row;
    },
    archiveRuns: async (runs, archived) => {
      for (const run of runs.map(find)) {
        if (!run.row.ended) continue;
        run.row.archived = archived;
        playback.changed(run);
      }
    },
    watchRun: async (ref, watched) => {
      const run = find(ref);
      run.row.watched = watched;
      playback.changed(run);
      return run.row;
    },
  };
}
