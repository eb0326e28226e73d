import { describe, expect, it, vi } from 'vitest';
import type { RunAction, RunDetail, RunRow } from '../generated/contract';
import type { Host } from '../host/host';
import type { App } from './app.svelte';
import { detail, failure, later, opened, reply, row, settle } from './testing';
import type { ActionReply } from '../generated/contract';

const rows = ['pr-1', 'pr-2', 'pr-3'].map((runId) => row({ runId }));
const no = { allowed: false, reason: 'It is running.', warning: null };

async function asked(over: Partial<Host> = {}, selected: RunRow[] = rows) {
  const startRun = vi.fn<Host['startRun']>(async () => reply());
  const runDetail: Host['runDetail'] = async ({ runId }) =>
    detail({ row: row({ runId, attempt: 4 }), ...(runId === 'pr-2' ? { start: no } : {}) });
  const { app } = await opened({ runs: rows }, { startRun, runDetail, ...over });
  await app.bulkStart.ask(selected);
  const results = () => app.bulkStart.starts.map(({ row: { runId }, result }) => [runId, result]);
  return { app, bulk: app.bulkStart, startRun, results };
}

describe('one question', () => {
  it('names all runs, also those that cannot be started, and sends nothing', async () => {
    const { bulk, startRun } = await asked();
    expect(bulk.starts.map(({ row: { runId }, bar }) => [runId, bar])).toEqual([
      ['pr-1', null],
      ['pr-3', null],
      ['pr-2', 'It is running.'],
    ]);
    bulk.close();
    await settle();
    expect(startRun).not.toHaveBeenCalled();
  });

  it('starts what was never started alone: what has ended comes last, with the way to start it again', async () => {
    const done = { status: 'Finished', ended: true, outcome: 'succeeded' } as const;
    const runDetail: Host['runDetail'] = async ({ runId }) =>
      detail({ row: row({ runId, ...(runId === 'pr-1' ? done : {}) }) });
    const { bulk, startRun } = await asked({ runDetail });
    expect(bulk.starts.map(({ row: { runId }, bar }) => [runId, bar])).toEqual([
      ['pr-2', null],
      ['pr-3', null],
      ['pr-1', 'It has ended: start it again from its own page.'],
    ]);
    await bulk.send();
    expect(startRun.mock.calls.map(([{ runId }]) => runId)).toEqual(['pr-2', 'pr-3']);
  });

  it('is the one that was asked for last, and a late one replaces none that is being answered', async () => {
    const slow = later<RunDetail>();
    let isSlow = true;
    const runDetail: Host['runDetail'] = ({ runId }) =>
      isSlow ? slow.promise : Promise.resolve(detail({ row: row({ runId, attempt: 4 }) }));
    const { app } = await opened({ runs: rows }, { runDetail, startRun: async () => reply() });
    const first = app.bulkStart.ask(rows.slice(0, 1));
    isSlow = false;
    await app.bulkStart.ask(rows.slice(1));
    slow.answer(detail({ row: row({ runId: 'pr-1' }) }));
    await first;
    expect(app.bulkStart.starts.map(({ row: { runId } }) => runId)).toEqual(['pr-2', 'pr-3']);
  });

  it('does not come up over what was opened or asked while the runs were read (rule 28)', async () => {
    for (const move of [
      (app: App) => app.touched(),
      (app: App) => app.openRun({ accountId: 'a', runId: 'pr-2' }),
      (app: App) => app.list.remove(row({ watched: true })),
    ]) {
      const slow = later<RunDetail>();
      const { app } = await opened({ runs: rows }, { markRunRead: async () => undefined });
      app.host.runDetail = () => slow.promise;
      const asking = app.bulkStart.ask(rows.slice(0, 1));
      move(app);
      slow.answer(detail());
      await asking;
      expect(app.bulkStart.isOpen).toBe(false);
    }
  });

  it('is answered once', async () => {
    const { bulk, startRun } = await asked();
    await Promise.all([bulk.send(), bulk.send()]);
    expect(startRun).toHaveBeenCalledTimes(2);
  });
});

describe('starting several', () => {
  it('sends each as the question showed it, one after the other', async () => {
    let under = 0;
    const most: number[] = [];
    const startRun = vi.fn<Host['startRun']>(async () => {
      most.push((under += 1));
      await settle();
      under -= 1;
      return reply();
    });
    const { bulk, results } = await asked({ startRun });
    await bulk.send();
    const expected = { status: 'NotStarted', attempt: 4 };
    expect(startRun.mock.calls.map(([action]) => action)).toEqual([
      { accountId: 'a', runId: 'pr-1', expected },
      { accountId: 'a', runId: 'pr-3', expected },
    ]);
    expect(most).toEqual([1, 1]);
    expect(results()).toEqual([
      ['pr-1', 'ok'],
      ['pr-3', 'ok'],
      ['pr-2', 'waits'],
    ]);
  });

  it('sends one reason with each, and none where none was typed', async () => {
    const { bulk, startRun } = await asked();
    bulk.reason = '  Late feed ';
    await bulk.send();
    expect(startRun.mock.calls.map(([{ reason }]) => reason)).toEqual(['Late feed', 'Late feed']);
    bulk.close();
    await bulk.ask(rows);
    expect(bulk.reason).toBe('');
    bulk.reason = '  ';
    await bulk.send();
    expect(startRun.mock.calls.slice(2).map(([action]) => 'reason' in action)).toEqual([
      false,
      false,
    ]);
  });

  it('goes on after a refusal, and says each result', async () => {
    const startRun = vi.fn(async ({ runId }: RunAction): Promise<ActionReply> => {
      if (runId === 'pr-1') throw failure('forbidden', 'No right.');
      return reply({ result: 'unknown', message: 'No answer came.' });
    });
    const { bulk, results } = await asked({ startRun });
    await bulk.send();
    expect(results()).toEqual([
      ['pr-1', 'refused'],
      ['pr-3', 'unknown'],
      ['pr-2', 'waits'],
    ]);
    expect(bulk.starts[0]?.message).toBe('No right.');
  });

  it('does not start what changed since it was asked about', async () => {
    const startRun = vi.fn(async () => Promise.reject(failure('changed')));
    const { bulk, results } = await asked({ startRun });
    await bulk.send();
    expect(startRun).toHaveBeenCalledTimes(2);
    expect(results()[0]).toEqual(['pr-1', 'refused']);
    expect(bulk.starts[0]?.message).toMatch(/Nothing was sent/);
  });

  for (const code of ['signed-out', 'offline'] as const) {
    it(`stops where everything else would be ${code} too`, async () => {
      const startRun = vi.fn(async () => Promise.reject(failure(code, 'No way.')));
      const { bulk, results } = await asked({ startRun });
      await bulk.send();
      expect(startRun).toHaveBeenCalledTimes(1);
      expect(results()[1]).toEqual(['pr-3', 'left']);
      expect(bulk.stopped).toBe('No way.');
    });
  }

  it('stops after the one that is being sent when its user says so', async () => {
    const answer = later<ActionReply>();
    const startRun = vi.fn<Host['startRun']>(() => answer.promise);
    const { bulk, results } = await asked({ startRun });
    const sending = bulk.send();
    await settle();
    bulk.close();
    answer.answer(reply());
    await sending;
    expect(startRun).toHaveBeenCalledTimes(1);
    expect(results()[1]).toEqual(['pr-3', 'left']);
  });

  it('leaves selected what was to be started and was not', async () => {
    const startRun = vi.fn(async ({ runId }: RunAction): Promise<ActionReply> => {
      if (runId === 'pr-1') throw failure('forbidden', 'No right.');
      return reply();
    });
    const { app, bulk } = await asked({ startRun });
    app.selection.all();
    await bulk.send();
    expect(app.selection.selected.map(({ runId }) => runId)).toEqual(['pr-1']);
  });

  it('does not touch a run on which another action is under way (docs/RULES.md, 10)', async () => {
    const { app, bulk, startRun, results } = await asked();
    app.open.begin({ accountId: 'a', runId: 'pr-1' }, 'Starting…');
    await bulk.send();
    expect(startRun).toHaveBeenCalledTimes(1);
    expect(results()[0]).toEqual(['pr-1', 'refused']);
  });
});
