import { describe, expect, it, vi } from 'vitest';
import type { FoundRun, RunRow } from '../generated/contract';
import type { Host } from '../host/host';
import { App } from './app.svelte';
import { failure, hostOf, later, row, RUN, settle, snapshot } from './testing';

const found = (runId: string, over: Partial<FoundRun> = {}): FoundRun => ({
  runId,
  isGuess: false,
  added: false,
  ...over,
});

async function opened(over: Partial<Host>, runs = [row()]) {
  const app = new App(hostOf({ snapshot: async () => snapshot({ runs }), ...over }));
  await app.begin();
  await settle();
  return app;
}

/** A list that finds this in any text. */
async function finding(runs: FoundRun[], over: Partial<Host> = {}) {
  const addRun = vi.fn(async (_account: string, runId: string) => row({ runId, seq: 9 }));
  const app = await opened({ findRunIds: async () => runs, addRun, ...over });
  app.list.text = 'some text';
  await app.list.add('a');
  await settle();
  return { app, addRun };
}

describe('adding from a text', () => {
  it('adds the one run that is named at once, by its id, and opens it', async () => {
    const { app, addRun } = await finding([found('pr-7')]);
    expect(addRun).toHaveBeenCalledWith('a', 'pr-7');
    expect(app.open.ref?.runId).toBe('pr-7');
    expect(app.list.text).toBe('');
  });

  it('keeps what was typed meanwhile', async () => {
    const app = await opened({
      findRunIds: async () => [found('pr-7')],
      addRun: async () => row(),
    });
    app.list.text = 'pr-7';
    const adding = app.list.add('a');
    app.list.text = 'pr-8';
    await adding;
    expect(app.list.text).toBe('pr-8');
  });

  it('asks about a bare number, by the id that it would be', async () => {
    const { app, addRun } = await finding([found('pr-7', { isGuess: true })]);
    expect(addRun).not.toHaveBeenCalled();
    expect(app.ask.question?.title).toBe('Add pr-7?');
    await app.ask.confirm();
    expect(addRun).toHaveBeenCalledWith('a', 'pr-7');
    expect(app.list.text).toBe('');
  });

  it('opens a run that a bare number means and that is in the list', async () => {
    const { app } = await finding([found('pr-7', { isGuess: true, added: true })]);
    expect(app.ask.question).toBeNull();
    expect(app.open.ref?.runId).toBe('pr-7');
  });

  it('says why nothing was found, and keeps the text to be corrected', async () => {
    const refuse = () => Promise.reject(failure('bad-id'));
    const app = await opened({ findRunIds: refuse });
    app.list.text = 'hello';
    await app.list.add('a');
    expect(app.list.error?.code).toBe('bad-id');
    expect(app.list.text).toBe('hello');
  });
});

describe('adding several', () => {
  const four = [found('pr-1', { added: true }), found('pr-2'), found('pr-3'), found('pr-2')];

  it('lists each once; what is in the list already is not ticked', async () => {
    const { app, addRun } = await finding(four);
    const { several } = app.list;
    expect(several.isOpen).toBe(true);
    expect(several.runs.map((run) => run.runId)).toEqual(['pr-1', 'pr-2', 'pr-3']);
    expect(several.chosen.map((run) => run.runId)).toEqual(['pr-2', 'pr-3']);
    expect(addRun).not.toHaveBeenCalled();
  });

  it('adds them one after the other, and is done', async () => {
    let under = 0;
    const most: number[] = [];
    const addRun = vi.fn(async (_account: string, runId: string) => {
      most.push((under += 1));
      await settle();
      under -= 1;
      return row({ runId, seq: 9 });
    });
    const { app } = await finding(four, { addRun });
    await Promise.all([app.list.several.add(), app.list.several.add()]);
    expect(addRun.mock.calls.map(([, id]) => id)).toEqual(['pr-2', 'pr-3']);
    expect(most).toEqual([1, 1]);
    expect(app.list.several.isOpen).toBe(false);
    expect(app.list.text).toBe('');
    expect(app.runs.get({ accountId: 'a', runId: 'pr-3' })).toBeDefined();
    expect(app.announcer.text).toBe('2 runs added.');
  });

  it('keeps those that failed in sight, each with its reason, and tries them alone again', async () => {
    const addRun = vi.fn(async (_account: string, runId: string) => {
      if (runId === 'pr-2') throw failure('not-found', 'SolveXia does not know it.');
      return row({ runId, seq: 9 });
    });
    const { app } = await finding(four, { addRun });
    const { several } = app.list;
    await several.add();
    expect(several.isOpen).toBe(true);
    expect(
      several.chosen.map((run) => [run.runId, several.errors.get(run.runId)?.message]),
    ).toEqual([['pr-2', 'SolveXia does not know it.']]);
    expect(several.runs.map((run) => run.runId)).toEqual(['pr-1', 'pr-2']);
    expect(app.announcer.text).toBe('1 run added. 1 run could not be added.');
    await several.add();
    expect(addRun.mock.calls.map(([, id]) => id)).toEqual(['pr-2', 'pr-3', 'pr-2']);
  });

  it('stops after the run under way once it is put away', async () => {
    const { app } = await finding(four);
    const addRun = vi.fn(async () => row({ seq: 9 }));
    app.host.addRun = addRun;
    const adding = app.list.several.add();
    app.list.several.close();
    await adding;
    expect(addRun).toHaveBeenCalledTimes(1);
  });

  it('of a list that was left ends with it, and leaves the next one, of another account, alone', async () => {
    const { app } = await finding(four);
    const { several } = app.list;
    const slow = later<RunRow>();
    const addRun = vi.fn<Host['addRun']>(() => slow.promise);
    app.host.addRun = addRun;
    const adding = several.add();
    several.close();
    const done = vi.fn();
    several.show('b', [found('pr-2'), found('pr-9')], done);
    expect(several.busy).toBe(false);
    slow.answer(row({ runId: 'pr-2', seq: 9 }));
    await adding;
    expect([several.isOpen, several.chosen.length, done.mock.calls.length]).toEqual([true, 2, 0]);
    addRun.mockImplementation(async (accountId, runId) => row({ accountId, runId, seq: 10 }));
    await several.add();
    expect(addRun.mock.calls).toEqual([
      ['a', 'pr-2'],
      ['b', 'pr-2'],
      ['b', 'pr-9'],
    ]);
    expect(done).toHaveBeenCalledOnce();
  });
});

describe('what can be undone', () => {
  const watched = row({ watched: true, name: 'Bank' });

  it('the end of a watch says so and is undone by watching again', async () => {
    const watchRun = vi.fn(async (_run, on: boolean) => row({ watched: on, seq: on ? 9 : 8 }));
    const app = await opened({ watchRun }, [watched]);
    app.list.watch(watched);
    await settle();
    expect(app.undo.shown[0]?.words).toMatch(/No longer watching .*Bank/);
    await app.undo.takeNewest();
    expect(watchRun).toHaveBeenLastCalledWith(expect.objectContaining(RUN), true);
    expect(app.runs.get(RUN)?.watched).toBe(true);
  });

  it('watching offers nothing to undo', async () => {
    const app = await opened({ watchRun: async () => row({ watched: true, seq: 8 }) });
    app.list.watch(row());
    await settle();
    expect(app.undo.shown).toEqual([]);
  });

  it('a watched run is taken off only after a question that names it', async () => {
    const removeRun = vi.fn(async () => undefined);
    const app = await opened({ removeRun }, [watched]);
    app.list.remove(watched);
    expect(removeRun).not.toHaveBeenCalled();
    expect(app.ask.question?.facts.map((fact) => fact.value)).toContain('Bank');
    expect(app.ask.question?.warning).toMatch(/not be told/);
    await app.ask.confirm();
    expect(removeRun).toHaveBeenCalledTimes(1);
    expect(app.undo.shown).toHaveLength(1);
  });

  it('a run that is taken off is put back as it was, and opened where nothing else was', async () => {
    const removeRun = vi.fn(async () => undefined);
    const undoRemove = vi.fn(async () => row({ seq: 9 }));
    const app = await opened({ removeRun, undoRemove });
    app.list.remove(row());
    await settle();
    expect(app.ask.question).toBeNull();
    expect(app.runs.get(RUN)).toBeUndefined();
    expect(app.open.ref).toBeNull();
    await app.undo.takeNewest();
    expect(undoRemove).toHaveBeenCalledWith(RUN);
    expect(app.runs.get(RUN)).toBeDefined();
    expect(app.open.ref?.runId).toBe('pr-1');
  });

  it('a mute says for how long and is undone', async () => {
    const muted = { until: null, account: false };
    const muteRun = vi.fn(async (_run, time) => {
      return time === 'forever' ? row({ muted, seq: 8 }) : row({ seq: 9 });
    });
    const app = await opened({ muteRun });
    await app.notifications.mute(row(), 'forever');
    expect(app.undo.shown[0]?.words).toMatch(/muted/i);
    await app.undo.takeNewest();
    expect(muteRun).toHaveBeenLastCalledWith(expect.objectContaining(RUN), 'unmute');
    expect(app.runs.get(RUN)?.muted).toBeNull();
    expect(app.undo.shown).toEqual([]);
  });

  it('showing again what was muted offers nothing to undo', async () => {
    const app = await opened({ muteRun: async () => row({ seq: 8 }) });
    await app.notifications.mute(row({ muted: { until: null, account: false } }), 'unmute');
    expect(app.undo.shown).toEqual([]);
  });

  it('an account that is muted is shown again by Undo', async () => {
    const muteAccount = vi.fn(async () => undefined);
    const app = await opened({ muteAccount });
    await app.notifications.muteAccount('a', 'hour');
    expect(app.undo.shown[0]?.words).toMatch(/app\.solvexia\.com/);
    await app.undo.takeNewest();
    expect(muteAccount).toHaveBeenLastCalledWith('a', 'unmute');
  });
});
