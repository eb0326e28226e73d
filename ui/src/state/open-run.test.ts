import { expect, it, vi } from 'vitest';
import type { RunDetail } from '../generated/contract';
import { OpenRun } from './open-run.svelte';
import { Runs } from './runs.svelte';
import { detail, failure, hostOf, later, opened, row, RUN, settle, step } from './testing';

const OTHER = { accountId: 'a', runId: 'pr-2' };

it('opens with what is known here, then asks SolveXia for the run and its steps', async () => {
  const asked: string[] = [];
  const answering = (name: string) => async () => {
    asked.push(name);
    return detail();
  };
  const host = hostOf({
    runDetail: answering('known'),
    getRun: answering('run'),
    getRunSteps: answering('steps'),
  });
  const open = new OpenRun(host, new Runs());
  await open.open(RUN);
  expect(asked).toEqual(['known', 'run', 'steps']);
  expect(open.reading).toBeNull();
});

it('drops an answer for a run that is no longer open', async () => {
  const slow = later<RunDetail>();
  const host = hostOf({
    runDetail: (run) =>
      run.runId === 'pr-1' ? slow.promise : Promise.resolve(detail({ row: row(OTHER) })),
    getRun: async () => detail({ row: row(OTHER) }),
    getRunSteps: async () => detail({ row: row(OTHER) }),
  });
  const open = new OpenRun(host, new Runs());
  const first = open.open(RUN);
  await open.open(OTHER);
  // However new it is.
  slow.answer(detail({ row: row({ seq: 9 }), description: 'late' }));
  await first;
  expect(open.detail?.row.runId).toBe('pr-2');
  expect(open.detail?.description).toBeNull();
  expect(open.reading).toBeNull();
});

it('does not let an older detail replace a newer one', async () => {
  const details = [detail({ row: row({ seq: 9 }) }), detail({ row: row({ seq: 3 }) })];
  const host = hostOf({ runDetail: async () => details.shift() ?? detail() });
  const open = new OpenRun(host, new Runs());
  await open.open(RUN);
  expect(open.detail?.row.seq).toBe(9);
  await open.changed();
  expect(open.detail?.row.seq).toBe(9);
});

it('of two details as new as each other keeps the one asked for later', async () => {
  const early = later<RunDetail>();
  const host = hostOf({
    getStepStatus: () => early.promise,
    runDetail: async () => detail({ description: 'asked later' }),
  });
  const open = new OpenRun(host, new Runs());
  await open.open(RUN);
  const reading = open.readStep('ds-1');
  await open.changed();
  early.answer(detail({ description: 'asked earlier' }));
  await reading;
  expect(open.detail?.description).toBe('asked later');
});

it('shows the newer of the table’s row and the detail’s', async () => {
  const runs = new Runs();
  const open = new OpenRun(hostOf({}), runs);
  await open.open(RUN);
  runs.take(row({ seq: 8, status: 'Running' }), 'updates');
  expect(open.row?.status).toBe('Running');
});

it('takes a burst of changes with one more question, not one each', async () => {
  const slow = later<RunDetail>();
  const runDetail = vi.fn(() => slow.promise);
  const open = new OpenRun(hostOf({ runDetail }), new Runs());
  void open.open(RUN);
  await settle();
  runDetail.mockClear();
  for (let n = 0; n < 50; n += 1) void open.changed();
  slow.answer(detail());
  await settle();
  expect(runDetail.mock.calls.length).toBeLessThanOrEqual(2);
});

it('keeps an error with its run, and says nothing of the steps when the run cannot be read', async () => {
  const getRunSteps = vi.fn(async () => detail());
  const host = hostOf({ getRun: () => Promise.reject(failure('not-found')), getRunSteps });
  const open = new OpenRun(host, new Runs());
  await open.open(RUN);
  expect(open.error?.code).toBe('not-found');
  expect(getRunSteps).not.toHaveBeenCalled();
  open.close();
  expect(open.error).toBeNull();
  await open.open(RUN);
  expect(open.error?.code).toBe('not-found');
  open.dismissError();
  expect(open.error).toBeNull();
});

it('forgets a failed read with the next good one, and an answer to an action not', async () => {
  const runs = new Runs();
  const open = new OpenRun(hostOf({ getRun: () => Promise.reject(failure('keychain')) }), runs);
  const read = (seq: number, seenAt: number) => runs.take(row({ seq, seenAt }), 'updates');
  read(2, 1_000);
  await open.open(RUN);
  expect(open.error?.code).toBe('keychain');
  read(3, 1_000);
  expect(open.error?.code).toBe('keychain');
  read(4, 2_000);
  expect(open.error).toBeNull();
  open.fail(RUN, failure('forbidden'));
  read(5, 3_000);
  expect(open.error?.code).toBe('forbidden');
});

it('keeps what was typed when a step cannot be added', async () => {
  const host = hostOf({ addStep: () => Promise.reject(failure('bad-id')) });
  const open = new OpenRun(host, new Runs());
  await open.open(RUN);
  expect(await open.addStep('nonsense')).toBe(false);
  expect(open.stepError?.code).toBe('bad-id');
});

it('a step that was taken off is put back from the message, also once another run is open (rule 25)', async () => {
  const byHand = step({ stepId: 'as-7', name: 'as-7', byHand: true });
  const addStep = vi.fn(async () => detail({ row: row({ seq: 3 }), steps: [byHand] }));
  const { app } = await opened(
    { runs: [row(), row(OTHER)] },
    {
      runDetail: async (run) => detail({ row: row(run), steps: [byHand] }),
      removeStep: async () => detail({ row: row({ seq: 2 }) }),
      addStep,
    },
  );
  await app.open.open(RUN);
  await app.open.removeStep(byHand, app.undo);
  expect(app.open.detail?.steps).toEqual([]);
  expect(app.undo.shown[0]?.words).toMatch(/Step .*as-7.* removed/);
  await app.open.open(OTHER);
  await app.undo.takeNewest();
  expect(addStep).toHaveBeenCalledWith(RUN, 'as-7');
  expect(app.open.ref).toEqual(OTHER);
});

it('a step that could not be taken off is offered to nobody', async () => {
  const removeStep = () => Promise.reject(failure('store'));
  const { app } = await opened({ runs: [row()] }, { removeStep });
  await app.open.open(RUN);
  await app.open.removeStep(step(), app.undo);
  expect(app.undo.shown).toEqual([]);
  expect(app.open.stepError?.code).toBe('store');
});
