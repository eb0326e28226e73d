import { describe, expect, it, vi } from 'vitest';
import type { Snapshot, Update } from '../generated/contract';
import type { Host } from '../host/host';
import { INBOX } from '../words/inbox';
import { isolated } from '../words/names';
import { App } from './app.svelte';
import { Many } from './many.svelte';
import {
  account,
  detail,
  failure,
  hostOf,
  item,
  later,
  opened,
  row,
  RUN,
  settle,
  snapshot,
} from './testing';

const OTHER = { accountId: 'a', runId: 'pr-2' };
const AT_STEP = { name: 'Match', place: 1, of: 3, message: '' };

describe('a batch of updates', () => {
  it('asks once for the detail of the open run, however often it changed', async () => {
    const runDetail = vi.fn(async () => detail());
    const { push } = await opened({ runs: [row()] }, { runDetail });
    runDetail.mockClear();
    push({ type: 'run', row: row({ seq: 5 }) }, { type: 'run', row: row({ seq: 6 }) });
    await settle();
    expect(runDetail).toHaveBeenCalledTimes(1);
  });

  it('tells a screen reader of each run how it stands in the end', async () => {
    const { app, push } = await opened({ runs: [row()] });
    push(
      { type: 'run', row: row({ seq: 5, status: 'Running' }) },
      { type: 'run', row: row({ seq: 6, status: 'Finished', ended: true, outcome: 'failed' }) },
    );
    expect(app.announcer.text).toBe(`${isolated('Bank reconciliation')}: Failed`);
  });

  it('that only says that a run was read again has nothing drawn but the open run', async () => {
    const [open, other] = [row(), row({ ...OTHER, status: 'Running', started: 1 })];
    const { app, push } = await opened({ runs: [open, other] });
    app.openRun(open);
    const told = vi.spyOn(Many.prototype, 'tell');
    const again = { ...other, seq: 5, seenAt: 9000 };
    push({ type: 'run', row: again });
    expect(app.runs.get(OTHER)).toEqual(again);
    push({ type: 'run', row: { ...again, seq: 4, isLate: true } });
    expect(app.runs.get(OTHER), 'what is older than that is not taken').toEqual(again);
    expect(told).not.toHaveBeenCalled();
    push({ type: 'run', row: { ...open, seq: 6, seenAt: 9000 } });
    expect(app.open.row?.seenAt).toBe(9000);
    expect(told).toHaveBeenCalledTimes(1);
    push({ type: 'run', row: { ...again, seq: 7, atStep: { ...AT_STEP, place: 2 } } });
    expect(app.rows.find(({ runId }) => runId === OTHER.runId)?.atStep?.place).toBe(2);
    push({ type: 'run', row: { ...again, seq: 8, atStep: { ...AT_STEP, place: 3 } } });
    expect(app.rows.find(({ runId }) => runId === OTHER.runId)?.atStep?.place).toBe(3);
    expect(told).toHaveBeenCalledTimes(3);
    told.mockRestore();
  });

  it('of ten thousand runs is taken, found and sorted in no time', { retry: 2 }, async () => {
    const many = Array.from({ length: 10_000 }, (_, n) => {
      return row({ runId: `pr-${n}`, name: `Run ${n % 100}`, seq: n, started: n });
    });
    const { app, push } = await opened({ runs: many });
    const found = vi.spyOn(app.runs, 'byName');
    // Of this thread alone: others may keep the computer busy.
    const before = process.cpuUsage();
    const isLate = true;
    push(
      ...many.map((one) => ({
        type: 'run' as const,
        row: { ...one, isLate, seq: one.seq + 20_000 },
      })),
    );
    expect(app.rows.every(({ seq }) => seq >= 20_000)).toBe(true);
    expect(found).toHaveBeenCalledTimes(1);
    expect(process.cpuUsage(before).user / 1000).toBeLessThan(500);
  });
});

describe('an address', () => {
  it('that shows nothing here is said, also where that was said and put away before', async () => {
    const { app, push } = await opened({ runs: [row()], notes: ['Other.'] });
    const problem = 'It names no account here.';
    for (const time of ['first', 'again']) {
      push({ type: 'not-opened', problem });
      await settle();
      expect(app.notes.list, time).toEqual([problem, 'Other.']);
      app.notes.dismiss(problem);
    }
    expect(app.page).toBe('runs');
  });

  it('of an empty Inbox opens it at no item', async () => {
    const { app, push } = await opened();
    push({ type: 'open-inbox', id: null });
    await settle();
    expect(app.panel).toBe('inbox');
    expect(app.inbox.target).toBeNull();
    expect(app.notes.list).toEqual([]);
  });

  it('takes the place of what the one before could not show', async () => {
    const { app, push } = await opened({ inbox: [item()], runs: [row()], notes: ['Read me.'] });
    for (const problem of ['No such run.', 'No such address.']) {
      push({ type: 'not-opened', problem });
      await settle();
      expect(app.notes.list).toEqual([problem, 'Read me.']);
    }
    push({ type: 'open-run', ...RUN });
    await settle();
    expect(app.notes.list).toEqual(['Read me.']);
  });

  it('of an item of the Inbox that is not here any more opens the Inbox and says so', async () => {
    const { app, push } = await opened({ inbox: [item()] });
    push({ type: 'open-inbox', id: 1 });
    await settle();
    expect(app.notes.list).toEqual([]);
    push({ type: 'open-inbox', id: 987654 });
    await settle();
    expect(app.panel).toBe('inbox');
    expect(app.notes.list).toEqual([INBOX.gone]);
  });
});

describe('a ping', () => {
  it('is answered at once, also while the page is still opening', async () => {
    const pageAlive = vi.fn(async () => undefined);
    const slow = later<Snapshot>();
    let push: (updates: Update[]) => void = () => undefined;
    const subscribe: Host['subscribe'] = (onUpdate) => {
      push = onUpdate;
      return slow.promise;
    };
    const app = new App(hostOf({ subscribe, pageAlive }));
    const opening = app.begin();
    await settle();
    push([{ type: 'ping' }]);
    expect(pageAlive).toHaveBeenCalledTimes(1);
    slow.answer(snapshot());
    await opening;
    expect(pageAlive).toHaveBeenCalledTimes(1);
    push([{ type: 'paused', paused: true }, { type: 'ping' }]);
    expect(pageAlive).toHaveBeenCalledTimes(2);
  });

  it('whose answer is lost says nothing', async () => {
    const { app, push } = await opened(
      {},
      { pageAlive: () => Promise.reject(failure('internal')) },
    );
    push({ type: 'ping' });
    await settle();
    expect(app.error).toBeNull();
  });
});

describe('lost updates', () => {
  /** An app whose second snapshot the test answers. */
  async function lost(first: Partial<Snapshot>, over: Partial<Host> = {}) {
    const second = later<Snapshot>();
    const snapshots = vi
      .fn<Host['snapshot']>()
      .mockResolvedValueOnce(snapshot(first))
      .mockReturnValueOnce(second.promise)
      .mockResolvedValue(snapshot(first));
    const found = await opened(first, { snapshot: snapshots, ...over });
    return {
      ...found,
      snapshots,
      whole: async (over: Partial<Snapshot> = {}) => {
        second.answer(snapshot({ seq: 50, ...over }));
        await settle();
      },
      refuse: async () => {
        second.refuse(failure('internal'));
        await settle();
      },
    };
  }

  it('are made good by a whole snapshot, which replaces everything', async () => {
    const { app, push, whole } = await lost({
      accounts: [account(), account({ id: 'b' })],
      runs: [row(), row(OTHER)],
      inbox: [item(), item({ id: 2 })],
    });
    push({ type: 'missed' });
    await whole({
      accounts: [account({ state: 'offline' })],
      runs: [row({ seq: 40, status: 'Running' })],
      inbox: [item({ read: true }), item({ id: 3 })],
      storeProblem: 'The disk is full.',
      desktopProblem: 'no server',
      paused: true,
    });
    expect(app.accounts.list.map(({ id, state }) => [id, state])).toEqual([['a', 'offline']]);
    expect(app.rows.map(({ runId, status }) => [runId, status])).toEqual([['pr-1', 'Running']]);
    expect(app.inbox.items.map(({ id, read }) => [id, read])).toEqual([
      [3, false],
      [1, true],
    ]);
    expect(app.history.problem).toBe('The disk is full.');
    expect(app.desktopProblem).toBe('no server');
    expect(app.paused).toBe(true);
  });

  it('leave what is open, typed, searched and sorted', async () => {
    const { app, push, whole } = await lost({ runs: [row(), row(OTHER)] });
    app.openRun(OTHER);
    app.views.search = 'bank';
    app.views.sortBy('took');
    app.list.text = 'pr-';
    app.openPanel('inbox');
    push({ type: 'missed' });
    await whole({ runs: [row({ seq: 40 }), row({ ...OTHER, seq: 41 })] });
    expect(app.open.ref).toEqual(OTHER);
    expect(app.views.search).toBe('bank');
    expect(app.views.look.sort.column).toBe('took');
    expect(app.list.text).toBe('pr-');
    expect(app.panel).toBe('inbox');
  });

  it('bring notes that are new, and none that was dismissed', async () => {
    const { app, push, whole } = await lost({ runs: [row()], notes: ['Read.', 'Kept.'] });
    app.notes.dismiss('Read.');
    push({ type: 'missed' });
    await whole({ runs: [row({ seq: 40 })], notes: ['Read.', 'Kept.', 'New.'] });
    expect(app.notes.list).toEqual(['Kept.', 'New.']);
  });

  it('leave a form in sight that is being filled in', async () => {
    const { app, push, whole } = await lost({ runs: [row()] });
    app.entrance.addAccount();
    app.signIn.environment = 'eu';
    push({ type: 'missed' });
    await whole({ runs: [row({ seq: 40 })] });
    expect(app.page).toBe('sign-in');
    expect(app.signIn.environment).toBe('eu');
  });

  it('lose none of those that come between the call and its answer', async () => {
    const { app, push, whole } = await lost({ runs: [row(), row(OTHER)] });
    push({ type: 'missed' });
    push({ type: 'run', row: row({ seq: 60, status: 'Running' }) });
    push({ type: 'run-removed', ...OTHER }, { type: 'inbox', item: item({ id: 9 }) });
    await whole({ runs: [row({ seq: 40 }), row({ ...OTHER, seq: 41 })] });
    expect(app.rows.map(({ runId, status }) => [runId, status])).toEqual([['pr-1', 'Running']]);
    expect(app.inbox.items.map(({ id }) => id)).toEqual([9]);
  });

  it('leave what an answer brought after the snapshot was made', async () => {
    const { app, push, whole } = await lost(
      { runs: [row()] },
      {
        findRunIds: async () => [{ runId: OTHER.runId, isGuess: false, added: false }],
        addRun: async () => row({ ...OTHER, seq: 70 }),
      },
    );
    push({ type: 'missed' });
    await app.list.add('a');
    await whole({ runs: [row({ seq: 40 })] });
    expect(app.runs.get(OTHER)?.seq).toBe(70);
    expect(app.open.ref).toEqual(OTHER);
  });

  it('close the open run where it was taken off meanwhile', async () => {
    const { app, push, whole } = await lost({ runs: [row(), row(OTHER)] });
    app.openRun(OTHER);
    push({ type: 'missed' });
    await whole({ runs: [row({ seq: 40 })] });
    expect(app.open.ref).toBeNull();
  });

  it('say of watched runs what became of them, as usual', async () => {
    const { app, push, whole } = await lost({ runs: [row({ watched: true })] });
    push({ type: 'missed' });
    await whole({ runs: [row({ seq: 40, watched: true, status: 'Running' })] });
    expect(app.announcer.text).toBe(`${isolated('Bank reconciliation')}: Running`);
  });

  it('that are lost once more meanwhile lead to one more snapshot', async () => {
    const { push, whole, snapshots } = await lost({ runs: [row()] });
    push({ type: 'missed' });
    push({ type: 'missed' });
    await whole({ runs: [row({ seq: 40 })] });
    expect(snapshots).toHaveBeenCalledTimes(3);
  });

  it('that cannot be made good are said, and can be tried again', async () => {
    const { app, push, refuse } = await lost({ runs: [row()] });
    push({ type: 'missed' });
    await refuse();
    expect(app.page).toBe('broken');
    await app.begin();
    expect(app.page).toBe('runs');
    expect(app.open.ref).toEqual(RUN);
  });
});

describe('an Inbox that cannot be read (rule 23)', () => {
  it('is not an empty one: what is known stays, and it comes back by itself', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const [known, newer] = [item({ id: 1 }), item({ id: 2, at: 2 })];
    let whole = snapshot({ inbox: [known] });
    const { app, push } = await opened({}, { snapshot: async () => whole });
    const unread = { historyWasRead: false, storeProblem: 'The history file is locked.' };
    whole = snapshot({ ...unread, inbox: [item({ id: -1, at: 3 })] });
    push({ type: 'missed' });
    await settle();
    expect(app.inbox.items.map(({ id }) => id)).toEqual([-1, 1]);
    expect([app.inbox.unread, app.history.isRead]).toEqual([2, false]);
    await vi.advanceTimersByTimeAsync(12_000);
    await settle();
    expect(app.inbox.unread).toBe(2);
    whole = snapshot({ inbox: [known, newer] });
    await vi.advanceTimersByTimeAsync(5_000);
    await settle();
    expect(app.inbox.items.map(({ id }) => id)).toEqual([2, 1]);
    expect([app.history.isRead, app.history.problem]).toEqual([true, null]);
    expect(vi.getTimerCount()).toBe(0);
    vi.useRealTimers();
  });
});
