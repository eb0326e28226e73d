/** Activity of the fake host: a row for each thing that is done, and its export. */
import type { ActivityRow, RunRow } from '../../generated/contract';
import type { Host } from '../host';
import { error } from './errors';
import type { Playback } from './playback';
import type { Has } from './scenario';

type Run = Pick<RunRow, 'accountId' | 'runId' | 'name'> & { attempt: number | null };
type Done = Pick<ActivityRow, 'action' | 'result'> & Partial<ActivityRow>;

/** Writes down what was done to a run, as the backend does. */
export function written(playback: Playback, run: Run, done: Done): ActivityRow {
  const account = playback.account(run.accountId);
  const row: ActivityRow = {
    id: playback.id(),
    accountId: account.id,
    accountLabel: account.label,
    identity: account.identity,
    osUser: 'sample user',
    runId: run.runId,
    runName: run.name,
    attempt: run.attempt,
    stepId: null,
    stepName: null,
    deprecated: false,
    message: '',
    note: '',
    supportId: null,
    askedAt: Date.now(),
    answeredAt: Date.now(),
    ...done,
  };
  playback.activity.unshift(row);
  playback.send({ type: 'activity', row });
  return row;
}

export function activity(has: Has, delay: () => Promise<void>): Pick<Host, 'exportActivity'> {
  return {
    exportActivity: async () => {
      await delay();
      if (has('refuses')) {
        throw error(
          'internal',
          '“/media/close/activity.csv” was not saved. The disk is full. Save it in another place.',
        );
      }
      return '/home/sam/Runwatch activity 2026-11-26.csv';
    },
  };
}
