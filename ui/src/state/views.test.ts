import { describe, expect, it, vi } from 'vitest';
import type { Host } from '../host/host';
import type { ListSettings, RunRow } from '../generated/contract';
import { failure, listSettings, opened, row, settle } from './testing';

const running = (over: Partial<RunRow> = {}) =>
  row({ runId: 'pr-1', name: 'Bank', status: 'Running', started: 100, ends: 900, ...over });
const pack = row({ runId: 'pr-2', name: 'Pack' });
const failed = (over: Partial<RunRow> = {}) =>
  row({
    runId: 'pr-3',
    name: 'Bank',
    status: 'Finished',
    started: 200,
    finished: 300,
    ended: true,
    outcome: 'failed',
    ...over,
  });
const ended = (runId: string, over: Partial<RunRow> = {}) =>
  failed({ runId, outcome: 'succeeded', ...over });

async function filled(rows: RunRow[] = [running(), pack, failed()], over: Partial<Host> = {}) {
  const { app, push } = await opened({ runs: rows }, over);
  app.views.choose('all');
  const ids = () => app.rows.map(({ runId }) => runId);
  return { app, views: app.views, push, ids };
}

describe('the list opens', () => {
  it('on what needs attention, else on what runs, else on everything', async () => {
    const tab = async (...runs: RunRow[]) => (await opened({ runs })).app.views.tab;
    expect(await tab(running(), pack, failed())).toBe('attention');
    expect(await tab(running(), pack)).toBe('running');
    expect(await tab(pack)).toBe('all');
    expect(await tab()).toBe('all');
  });

  it('as it was looked at last', async () => {
    const kept = listSettings();
    const look = {
      ...kept.look,
      grouped: true,
      sort: { column: 'took', descending: false },
    } as const;
    const { views } = await filled(undefined, { getListSettings: async () => ({ ...kept, look }) });
    expect(views.look).toEqual(look);
  });
});

it('says how many failures its filters hide, which stay set over a restart', async () => {
  const kept = listSettings();
  const filters = { ...kept.look.filters, process: 'p-other' };
  const look = { ...kept.look, filters };
  const { app } = await opened(
    { runs: [running(), failed(), failed({ runId: 'pr-4', processId: 'p-other' })] },
    { getListSettings: async () => ({ ...kept, look }) },
  );
  expect([app.views.tab, app.rows.length, app.views.hidden]).toEqual(['attention', 1, 1]);
  app.views.choose('all');
  expect(app.views.hidden, 'elsewhere the tab’s count says it').toBe(0);
  app.views.choose('attention');
  app.views.clear();
  expect([app.rows.length, app.views.hidden]).toEqual([2, 0]);
});

describe('the order', () => {
  it('has what ends last first, and what has no end last', async () => {
    const late = running({ runId: 'pr-4', ends: null });
    const { ids } = await filled([running(), pack, failed(), late]);
    expect(ids()).toEqual(['pr-4', 'pr-1', 'pr-3', 'pr-2']);
  });

  it('turns round at a second click, but for what has no value', async () => {
    const { views, ids } = await filled();
    views.sortBy('ends');
    expect(ids()).toEqual(['pr-3', 'pr-1', 'pr-2']);
    views.sortBy('run');
    expect(ids()).toEqual(['pr-1', 'pr-3', 'pr-2']);
    views.sortBy('run');
    expect(ids()[0]).toBe('pr-2');
  });

  it('has what wants a look first by how it stands', async () => {
    const { views, ids } = await filled();
    views.sortBy('now-at');
    expect(ids()).toEqual(['pr-3', 'pr-1', 'pr-2']);
  });

  it('stays while somebody is in the table: what is new comes last', async () => {
    const { views, ids, push } = await filled();
    expect(ids()).toEqual(['pr-1', 'pr-3', 'pr-2']);
    views.hold(true);
    push({ type: 'run', row: running({ seq: 5, ends: 250 }) });
    push({ type: 'run', row: running({ runId: 'pr-9', seq: 6, ends: 9_000 }) });
    expect(ids()).toEqual(['pr-1', 'pr-3', 'pr-2', 'pr-9']);
    views.hold(false);
    expect(ids()).toEqual(['pr-9', 'pr-3', 'pr-1', 'pr-2']);
  });

  it('that somebody chooses while in the table is taken at once', async () => {
    const { views, ids } = await filled();
    ids();
    views.hold(true);
    views.sortBy('now-at');
    expect(ids()).toEqual(['pr-3', 'pr-1', 'pr-2']);
  });

  it('puts the runs of a process together, by its name', async () => {
    const { views } = await filled([
      running({ processId: 'p-2', processName: 'Tax' }),
      failed({ processId: 'p-1', processName: 'Bank' }),
      ended('pr-4', { processId: 'p-2', processName: 'Tax' }),
    ]);
    views.group(true);
    const names = views.items.map((item) => (item.kind === 'group' ? item.name : item.row.runId));
    expect(names).toEqual(['Bank', 'pr-3', 'Tax', 'pr-1', 'pr-4']);
  });
});

describe('the search', () => {
  it('finds by name, id, process, step message and the word of the status, in any order', async () => {
    const atStep = { name: 'Match', message: 'Column “Valuta” missing', place: 1, of: 2 };
    const { views, ids } = await filled([
      running(),
      pack,
      failed({ atStep, processName: 'Reconcile' }),
    ]);
    for (const [search, found] of [
      ['FAILED bank', ['pr-3']],
      ['pr-2', ['pr-2']],
      ['reconcile', ['pr-3']],
      ['valuta', ['pr-3']],
    ] as const) {
      views.search = search;
      expect(ids(), search).toEqual(found);
    }
  });

  it('is kept over updates, and finds what comes', async () => {
    const { views, ids, push } = await filled();
    views.search = 'bank';
    push({ type: 'run', row: running({ runId: 'pr-4', seq: 9 }) });
    expect(views.search).toBe('bank');
    expect(ids()).toEqual(['pr-1', 'pr-4', 'pr-3']);
  });

  it('goes through a thousand runs with very long names in no time', async () => {
    const name = 'x'.repeat(100_000);
    const many = Array.from({ length: 1000 }, (_, n) => row({ runId: `pr-${n}`, name }));
    const { views, ids } = await filled(many);
    views.search = 'pr-999';
    const before = performance.now();
    expect(ids()).toEqual(['pr-999']);
    expect(performance.now() - before).toBeLessThan(500);
  });
});

describe('filters', () => {
  it('all have to apply, and do not change what a tab counts', async () => {
    const { views, ids } = await filled([running(), pack, failed(), ended('pr-4')]);
    views.filter({ status: 'Finished' });
    expect(ids()).toEqual(['pr-3', 'pr-4']);
    views.filter({ outcome: 'succeeded' });
    expect(ids()).toEqual(['pr-4']);
    expect(views.counts.attention).toBe(1);
    views.clear();
    expect(ids()).toHaveLength(4);
  });

  it('since a day have what ended or goes on since its morning', async () => {
    const morning = new Date().setHours(0, 0, 0, 0);
    const { views, ids } = await filled([
      running({ started: morning - 99e6 }),
      pack,
      ended('pr-4', { finished: morning + 1 }),
      ended('pr-5', { finished: morning - 1 }),
    ]);
    views.filter({ since: 'today' });
    expect(ids().sort()).toEqual(['pr-1', 'pr-4']);
    views.filter({ since: 'yesterday' });
    expect(ids().sort()).toEqual(['pr-1', 'pr-4', 'pr-5']);
  });

  it('and order are kept by the backend with each change', async () => {
    const kept: ListSettings[] = [];
    const setListSettings = vi.fn(async (settings: ListSettings) => void kept.push(settings));
    const { views } = await filled(undefined, { setListSettings });
    views.filter({ process: 'p-1' });
    views.sortBy('took');
    await settle();
    expect(kept.at(-1)?.look.filters.process).toBe('p-1');
    expect(kept.at(-1)?.look.sort).toEqual({ column: 'took', descending: true });
  });
});

describe('a saved view', () => {
  it('brings its tab, filters and order back, and can be taken off and put back', async () => {
    const { views, ids } = await filled();
    views.choose('done');
    views.filter({ outcome: 'failed' });
    views.save('My failures');
    views.clear();
    views.choose('all');
    expect(ids()).toHaveLength(3);
    views.saved.slice(0, 1).forEach((view) => views.chooseSaved(view));
    expect([views.tab, ids()]).toEqual(['done', ['pr-3']]);
    expect([views.savedName, views.savedCounts['My failures']]).toEqual(['My failures', 1]);
    views.sortBy('took');
    expect(views.savedName, 'what is in sight is not it any more').toBeNull();
    const back = views.unsave('My failures');
    expect(views.saved).toEqual([]);
    await back();
    expect(views.saved.map(({ name }) => name)).toEqual(['My failures']);
  });

  it('put back leaves alone what was saved meanwhile', async () => {
    const { views } = await filled();
    views.save('Mine');
    const back = views.unsave('Mine');
    views.save('Later');
    await back();
    expect(views.saved.map(({ name }) => name)).toEqual(['Mine', 'Later']);
    const again = views.unsave('Mine');
    views.choose('done');
    views.save('Mine');
    await again();
    expect(views.saved.map(({ name, tab }) => [name, tab])).toContainEqual(['Mine', 'done']);
    expect(views.saved).toHaveLength(2);
  });

  it('that could not be put back in the settings says so to who put it back', async () => {
    const setListSettings = vi.fn<Host['setListSettings']>(async () => undefined);
    const { views } = await filled(undefined, { setListSettings });
    views.save('Mine');
    const back = views.unsave('Mine');
    setListSettings.mockRejectedValueOnce(failure('store'));
    await expect(back()).rejects.toEqual(failure('store'));
  });

  it('takes the place of one of its name', async () => {
    const { views } = await filled();
    views.save('Mine');
    views.choose('done');
    views.save('Mine');
    expect(views.saved.map(({ name, tab }) => [name, tab])).toEqual([['Mine', 'done']]);
    views.save('mine');
    expect(views.saved.map(({ name }) => name)).toEqual(['mine']);
  });

  it('goes with the account that it is of, and so does a filter', async () => {
    const { views } = await filled();
    views.filter({ process: 'p-1' });
    views.save('Process');
    views.filter({ account: 'gone' });
    views.save('Gone');
    views.forgetAccount('gone');
    expect(views.saved.map(({ name }) => name)).toEqual(['Process']);
    expect(views.savedName).toBeNull();
    expect(views.look.filters).toMatchObject({ account: null, process: 'p-1' });
  });
});

describe('the run that somebody is at', () => {
  it('stays in sight though it leaves the tab, until another tab is chosen', async () => {
    const { app, views, ids, push } = await filled([failed(), running()]);
    views.choose('attention');
    app.openRun(failed());
    push({ type: 'run', row: failed({ seq: 9, status: 'Running', ended: false, outcome: null }) });
    expect(ids()).toEqual(['pr-3']);
    views.choose('attention');
    expect(ids()).toEqual([]);
  });

  it('is no match for a search that does not find it', async () => {
    const { app, views, ids } = await filled();
    app.openRun(pack);
    views.search = 'bank';
    expect(ids()).not.toContain('pr-2');
  });
});

it('shows the runs of one process in one go, whatever narrowed the list before', async () => {
  const { views, ids } = await filled([
    running({ processId: 'p-1' }),
    { ...pack, processId: 'p-2' },
    failed({ processId: 'p-1' }),
  ]);
  views.choose('attention');
  views.search = 'nothing is called so';
  views.filter({ outcome: 'succeeded' });
  views.showProcess(null, 'p-1');
  expect(ids().sort()).toEqual(['pr-1', 'pr-3']);
  views.showProcess('another account', 'p-1');
  expect(ids()).toEqual([]);
});

describe('what is archived', () => {
  it('is out of sight until it is asked for', async () => {
    const { views, ids } = await filled([ended('pr-1', { archived: true }), ended('pr-2')]);
    views.kept = null;
    expect(ids()).toEqual(['pr-2']);
    views.showArchived = true;
    expect(ids()).toEqual(['pr-1', 'pr-2']);
  });

  it('never hides a run that goes on', async () => {
    const { ids } = await filled([running({ archived: true })]);
    expect(ids()).toEqual(['pr-1']);
  });

  it('is counted where the search finds it and does not show it', async () => {
    const { views, ids } = await filled([
      ended('pr-1', { name: 'Bank', archived: true }),
      ended('pr-2', { name: 'Tax', archived: true }),
    ]);
    expect(views.archived).toBe(2);
    views.search = 'bank';
    expect(views.archived).toBe(1);
    expect(ids()).toEqual([]);
  });
});
