import { describe, expect, it, vi } from 'vitest';
import type { RunRef, RunRow } from '../generated/contract';
import { failure, later, opened, row, RUN, settle } from './testing';

const rows = ['pr-1', 'pr-2', 'pr-3'].map((runId) =>
  row({ runId, name: runId, ended: true, status: 'Finished', outcome: 'failed' }),
);
const refs = rows.map(({ accountId, runId }) => ({ accountId, runId }));

describe('what is selected', () => {
  it('is what is in sight of it: nothing hidden is acted on', async () => {
    const { app } = await opened({ runs: rows });
    app.selection.all();
    expect(app.selection.selected).toHaveLength(3);
    app.open.close();
    app.views.search = 'pr-2';
    expect(app.selection.selected.map(({ runId }) => runId)).toEqual(['pr-2']);
  });

  it('goes with its tab: nothing follows into another one, or waits there', async () => {
    const { app } = await opened({ runs: rows });
    for (const change of [
      () => app.views.choose('all'),
      () => app.views.chooseSaved({ name: 'Mine', tab: 'done', look: app.views.look }),
    ]) {
      app.selection.all();
      expect(app.selection.selected).toHaveLength(3);
      change();
      expect(app.selection.selected).toEqual([]);
    }
  });

  it('goes from where it was last selected, and back', async () => {
    const { app } = await opened({ runs: rows });
    const ids = () => app.selection.selected.map(({ runId }) => runId);
    app.views.sortBy('run');
    app.selection.toggle('a/pr-1');
    app.selection.extend('a/pr-3');
    expect(ids()).toEqual(['pr-1', 'pr-2', 'pr-3']);
    app.selection.extend('a/pr-2');
    expect(ids()).toEqual(['pr-1', 'pr-2']);
  });
});

describe('dealt with', () => {
  it('marks all at once, with an undo that takes back exactly those', async () => {
    const markHandled = vi.fn(async () => undefined);
    const unmarkHandled = vi.fn(async () => undefined);
    const { app } = await opened({ runs: rows }, { markHandled, unmarkHandled });
    await app.handling.mark(rows.slice(0, 2), '');
    expect(markHandled).toHaveBeenCalledWith(refs.slice(0, 2), '');
    expect(app.undo.shown[0]?.words).toBe('2 runs marked as dealt with.');
    await app.undo.takeNewest();
    expect(unmarkHandled).toHaveBeenCalledWith(refs.slice(0, 2));
  });

  it('is taken back to what was before: a note that was changed, a mark that was taken off', async () => {
    const handled = { who: 'sam', at: 1, note: 'Ticket 4711' };
    const [first, second] = [row({ handled }), row({ runId: 'pr-2' })];
    const markHandled = vi.fn(async () => undefined);
    const unmarkHandled = vi.fn(async () => undefined);
    const { app } = await opened({ runs: [first, second] }, { markHandled, unmarkHandled });
    await app.handling.mark([first, second], 'typo');
    await app.undo.takeNewest();
    expect(unmarkHandled.mock.calls).toEqual([[[{ accountId: 'a', runId: 'pr-2' }]]]);
    expect(markHandled).toHaveBeenLastCalledWith([RUN], 'Ticket 4711');
    await app.handling.unmark(first);
    expect(app.undo.shown[0]?.words).toMatch(/needs attention again/);
    await app.undo.takeNewest();
    expect(markHandled).toHaveBeenCalledTimes(3);
    expect(markHandled).toHaveBeenLastCalledWith([RUN], 'Ticket 4711');
  });

  it('says why it could not be marked, and offers nothing to undo', async () => {
    const markHandled = async () => Promise.reject(failure('store'));
    const { app } = await opened({ runs: rows }, { markHandled });
    await app.handling.mark(rows);
    expect(app.error?.code).toBe('store');
    expect(app.undo.shown).toEqual([]);
  });
});

describe('several at once', () => {
  it('are muted in one call, and shown again by Undo', async () => {
    const muteRuns = vi.fn(async () => undefined);
    const { app } = await opened({ runs: rows }, { muteRuns });
    await app.bulk.mute(rows);
    await app.undo.takeNewest();
    expect(muteRuns.mock.calls).toEqual([
      [refs, 'forever'],
      [refs, 'unmute'],
    ]);
  });

  it('are muted where they are not, and Undo leaves muted and snoozed what was so before', async () => {
    const until = (hours: number) => ({ until: Date.now() + hours * 3_600_000, account: false });
    const muteRuns = vi.fn(async () => undefined);
    const [a, b, c, d] = [null, { until: null, account: false }, until(0.5), until(9)].map(
      (muted, n) => row({ runId: `pr-${n}`, muted }),
    ) as [RunRow, RunRow, RunRow, RunRow];
    const { app } = await opened({ runs: rows }, { muteRuns });
    await app.bulk.mute([a, b, c, d]);
    expect(app.undo.shown[0]?.words).toBe('3 runs muted.');
    await app.undo.takeNewest();
    const of = (...those: RunRow[]) => those.map(({ accountId, runId }) => ({ accountId, runId }));
    expect(muteRuns.mock.calls).toEqual([
      [of(a, c, d), 'forever'],
      [of(a), 'unmute'],
      [of(c), 'hour'],
      [of(d), 'morning'],
    ]);
  });

  it('are watched where they are not, and Undo ends exactly those watches', async () => {
    const watchRun = vi.fn(async ({ runId }: RunRef, watched: boolean) =>
      row({ runId, watched, seq: 9 }),
    );
    const { app } = await opened({ runs: rows }, { watchRun });
    await app.bulk.watch(rows.map((one) => ({ ...one, watched: one.runId === 'pr-1' })));
    expect(watchRun.mock.calls.map(([{ runId }]) => runId)).toEqual(['pr-2', 'pr-3']);
    await app.undo.takeNewest();
    expect(watchRun.mock.calls.slice(2).map(([{ runId }, on]) => [runId, on])).toEqual([
      ['pr-2', false],
      ['pr-3', false],
    ]);
  });

  it('are removed after one question that names each, where one of them is watched', async () => {
    const removeRun = vi.fn(async () => undefined);
    const { app } = await opened({ runs: rows }, { removeRun });
    const going = { watched: true, ended: false, outcome: null };
    app.bulk.remove(rows.map((one) => ({ ...one, ...(one.runId === 'pr-2' ? going : {}) })));
    expect(removeRun).not.toHaveBeenCalled();
    expect(app.ask.question?.facts.map(({ label }) => label)).toEqual(['pr-1', 'pr-2', 'pr-3']);
    await app.ask.confirm();
    expect(removeRun).toHaveBeenCalledTimes(3);
    expect(app.rows).toEqual([]);
  });

  it('are removed without a question where the watched ones were told', async () => {
    const removeRun = vi.fn(async () => undefined);
    const { app } = await opened({ runs: rows }, { removeRun });
    const told = { watched: true, ended: true, outcome: 'failed' } as const;
    app.bulk.remove(rows.map((one) => ({ ...one, ...told })));
    expect(app.ask.question).toBeNull();
    await vi.waitFor(() => expect(removeRun).toHaveBeenCalledTimes(3));
    app.bulk.remove(rows.map((one) => ({ ...one, ...told, outcome: null })));
    expect(app.ask.question?.warning).toMatch(/have not ended/);
  });

  it('go on after a failure, which is said with how many it met', async () => {
    const removeRun = vi.fn(async ({ runId }: RunRef) => {
      if (runId !== 'pr-2') throw failure('not-now', 'Not now.');
    });
    const { app } = await opened({ runs: rows }, { removeRun });
    app.bulk.remove(rows);
    await vi.waitFor(() => expect(app.undo.shown).toHaveLength(1));
    expect(app.error?.message).toBe('Not now. (2 runs of 3)');
    expect(app.rows).toHaveLength(2);
  });

  it('are put back after a bulk that is under way: Undo waits its turn', async () => {
    const slow = later<RunRow>();
    const watchRun = vi.fn(() => slow.promise);
    const removeRun = async () => undefined;
    const undoRemove = vi.fn(async ({ runId }: RunRef) => row({ runId, seq: 9 }));
    const { app } = await opened({ runs: rows }, { watchRun, removeRun, undoRemove });
    const say = vi.spyOn(app.announcer, 'say');
    app.bulk.remove(rows.slice(0, 2));
    await vi.waitFor(() => expect(app.undo.shown).toHaveLength(1));
    const watching = app.bulk.watch(rows.slice(2));
    const undoing = app.undo.takeNewest();
    await settle();
    expect(undoRemove).not.toHaveBeenCalled();
    expect(say).not.toHaveBeenCalledWith('Undone.');
    expect(app.bulk.busy).toBe(true);
    slow.answer(row({ runId: 'pr-3', watched: true, seq: 9 }));
    await Promise.all([watching, undoing]);
    expect(undoRemove.mock.calls.map(([{ runId }]) => runId)).toEqual(['pr-1', 'pr-2']);
    expect(say).toHaveBeenCalledWith('Undone.');
    expect(app.bulk.busy).toBe(false);
  });

  it('are all acted on, also where another bulk was under way when that was confirmed', async () => {
    const slow = later<RunRow>();
    const removeRun = vi.fn(async () => undefined);
    const { app } = await opened({ runs: rows }, { watchRun: () => slow.promise, removeRun });
    const watching = app.bulk.watch(rows.slice(0, 1));
    app.bulk.remove(rows.slice(1));
    slow.answer(row({ runId: 'pr-1', watched: true, seq: 9 }));
    await watching;
    await settle();
    expect(removeRun).toHaveBeenCalledTimes(2);
  });

  it('stay offered where some could not be put back, and only those are tried again', async () => {
    const undoRemove = vi.fn(async ({ runId }: RunRef) => {
      if (runId === 'pr-2' && undoRemove.mock.calls.length < 4) throw failure('store');
      return row({ runId, seq: 9 });
    });
    const removeRun = async () => undefined;
    const { app } = await opened({ runs: rows }, { removeRun, undoRemove });
    const say = vi.spyOn(app.announcer, 'say');
    app.bulk.remove(rows);
    await vi.waitFor(() => expect(app.undo.shown).toHaveLength(1));
    await app.undo.takeNewest();
    expect(app.error?.code).toBe('store');
    expect(say).not.toHaveBeenCalledWith('Undone.');
    expect(app.undo.shown).toHaveLength(1);
    await app.undo.takeNewest();
    expect(undoRemove.mock.calls.slice(3).map(([{ runId }]) => runId)).toEqual(['pr-2']);
    expect(say).toHaveBeenCalledWith('Undone.');
    expect(app.undo.shown).toEqual([]);
  });
});
