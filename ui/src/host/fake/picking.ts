/** What the picker of the fake host finds: processes, their runs and steps; and new runs. */
import type { ActionResult, CreateReply, ProcessRunRow } from '../../generated/contract';
import type { Host } from '../host';
import { written } from './activity';
import { error } from './errors';
import type { Playback } from './playback';
import { PROCESSES, RUNS, type SampleRun } from './sample';
import { HUGE, type Has } from './scenario';

type Part = Pick<
  Host,
  | 'listProcesses'
  | 'getProcess'
  | 'listProcessRuns'
  | 'processRunStatus'
  | 'listProcessSteps'
  | 'createRun'
>;

export function picking(playback: Playback, has: Has, reach: () => Promise<void>): Part {
  let unanswered = 0;
  /** What is in SolveXia and not in the list. */
  const elsewhere: ProcessRunRow[] = [
    { runId: 'pr-260933', name: 'September, final', added: false },
    { runId: 'pr-261411', name: 'October, final', added: false },
    ...numbered(has('huge') ? HUGE : 0).map((n) => ({
      // As SolveXia lists them: in no order that means anything.
      runId: `pr-${100_000 + ((n * 7919) % HUGE)}`,
      name: `Bank reconciliation : day ${n}`,
      added: false,
    })),
  ];
  const processes = [
    ...PROCESSES,
    ...numbered(has('huge') ? HUGE : 0).map((n) => ({
      processId: `p-${500_000 + n}`,
      name: `Reconciliation of entity ${n}`,
    })),
  ];

  const created = (accountId: string, runId: string, name: string, result: ActionResult) => {
    const message = result === 'ok' ? 'SolveXia has created the run.' : 'The answer was lost.';
    const run = { accountId, runId, name, attempt: null };
    written(playback, run, { action: 'create', result, message });
  };

  return {
    listProcesses: async (_accountId, name) => {
      await reach();
      const rows = processes.filter((row) => row.name.toLowerCase().includes(name.toLowerCase()));
      return { rows, isCut: has('huge') };
    },
    getProcess: async (_accountId, processId) => {
      await reach();
      const row = processes.find((candidate) => candidate.processId === processId);
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
      if (has('unlisted') && unanswered > 0) {
        throw error('server', 'SolveXia could not list the runs of this process.');
      }
      const own = playback.runs.filter((run) => run.row.processId === processId);
      const rows = [
        ...elsewhere.filter(({ runId }) => !playback.find(runId)),
        ...own.map(({ row }) => ({ runId: row.runId, name: row.name, added: true })),
      ];
      return { rows, isCut: has('huge') };
    },
    processRunStatus: async (_accountId, runId) => {
      await reach();
      // By its number, so that it stands the same whenever it is asked for.
      const n = Number(runId.slice(3)) % ELSEWHERE.length;
      const status = playback.find(runId)?.row.status ?? ELSEWHERE[n] ?? 'NotStarted';
      const started = status === 'NotStarted' ? null : Date.now() - 86_400_000 * (n + 1);
      const ended = !['NotStarted', 'Scheduled', 'Running'].includes(status);
      const finished = ended && started !== null ? started + 900_000 : null;
      return { status, ended, started, finished };
    },
    listProcessSteps: async () => {
      await reach();
      const names = ['Load', 'Match', 'Post', 'Mail'];
      return numbered(has('huge') ? HUGE : names.length).map((n) => ({
        stepId: `ds-${n + 1}`,
        name: names[n % names.length] ?? '',
        order: `1.${n + 1}`,
        enabled: n !== 3,
      }));
    },
    createRun: async (accountId, processId, namePrefix): Promise<CreateReply> => {
      await reach();
      const name = `${namePrefix || 'New'} : run #${playback.runs.length + unanswered}`;
      const id = `pr-${270_000 + playback.runs.length + unanswered}`;
      if (has('create-lost')) {
        unanswered += 1;
        const newRuns = [{ runId: id, name, added: false }];
        elsewhere.push(...newRuns);
        created(accountId, '', name, 'unknown');
        return {
          row: null,
          message:
            'SolveXia’s answer was lost, so the run may have been created or not. Look among the runs of the process before you create another one.',
          newRuns: has('unlisted') ? [] : newRuns,
        };
      }
      const run = playback.add(
        { ...(RUNS[0] as SampleRun), id, name, process: processId },
        accountId,
      );
      const isUnread = has('create-unread');
      if (isUnread) {
        Object.assign(run.row, { name: id, status: '', summary: '' });
        Object.assign(run, { description: null, steps: [] });
      }
      playback.changed(run);
      created(accountId, id, name, 'ok');
      const message = isUnread ? `It was created as ${id}, and is in your list.` : null;
      return { row: run.row, message, newRuns: [] };
    },
  };
}

/** How runs stand that are in SolveXia and not in the list. */
const ELSEWHERE = ['Finished', 'NotStarted', 'Finished', 'Cancelled', 'TimedOut'];

const numbered = (many: number) => Array.from({ length: many }, (_, n) => n);
