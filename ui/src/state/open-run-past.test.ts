import { expect, it } from 'vitest';
import { OpenRunPast } from './open-run-past.svelte';
import { detail, failure, hostOf, later, row, RUN, settle } from './testing';
import type { PastAttempt, RunDetail } from '../generated/contract';

const first: PastAttempt = {
  attempt: 1,
  started: null,
  finished: 5,
  seconds: null,
  outcome: 'failed',
};
const other = { ...RUN, runId: 'pr-2' };

it('holds the earlier attempts, and those earlier runs that could be read', async () => {
  const past = new OpenRunPast(
    hostOf({
      pastAttempts: async () => [first],
      runDetail: async ({ runId }) => {
        if (runId === 'pr-3') throw failure('not-found', 'It was taken off the list.');
        return detail({ row: row({ runId }) });
      },
    }),
  );
  await past.load(RUN, [other, { ...RUN, runId: 'pr-3' }]);
  expect(past.attempts).toEqual([first]);
  expect(past.runs.map((run) => run.row.runId)).toEqual(['pr-2']);
});

it('rule 28: a late answer is not shown with the run that was opened since', async () => {
  const slow = later<RunDetail>();
  const past = new OpenRunPast(
    hostOf({ pastAttempts: async () => [], runDetail: () => slow.promise }),
  );
  const loading = past.load(RUN, [other]);
  await settle();
  past.forget();
  slow.answer(detail({ row: row(other) }));
  await loading;
  expect(past.runs).toEqual([]);
});

it('does without where the history cannot be read', async () => {
  const past = new OpenRunPast(
    hostOf({
      pastAttempts: async () => {
        throw failure('store', 'The disk is full.');
      },
    }),
  );
  await past.load(RUN, []);
  expect(past.attempts).toEqual([]);
});
