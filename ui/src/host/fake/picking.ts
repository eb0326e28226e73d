/** What the picker of the fake host finds: processes, their runs and steps; and new runs. */
import type { ActionResult, CreateReply, ProcessRunRow } from '../../generated/contract';
import type { Host } from '../host';
import { error } from './errors';
import type { Playback } from './playback';
import { PROCESSES, RUNS, type SampleRun } from './sample';
import { HUGE, type Has } from './scenario';

type Part = Pick<
  Host,
  'listProcesses' | 'getProcess' | 'listProcessRuns' | 'listProcessSteps' | 'createRun'
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

  const written = (accountId: string, runId: string, runName: string, result: ActionResult) => {
    const account = playback.account(accountId);
    const row = {
      id: playback.id(),
      accountId,
      accountLabel: account.label,
      identity: account.identity,
      osUser: 'sample user',
      runId,
      runName,
      stepId: null,
      stepName: null,
      action: 'create' as const,
      deprecated: false,
      result,
      message: result === 'ok' ? 'SolveXia has created the run.' : 'The answer was lost.',
      supportId: null,
      askedAt: Date.now(),
      answeredAt: Date.now(),
    };
    playback.activity.unshift(row);
    playback.send({ type: 'activity', row });
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
        written(accountId, '', name, 'unknown');
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
      written(accountId, id, name, 'ok');
      const message = isUnread ? `Created as ${id}, but it could not be read yet.` : null;
      return { row: run.row, message, newRuns: [] };
    },
  };
}

const numbered = (many: number) => Array.from({ length: many }, (_, n) => n);
