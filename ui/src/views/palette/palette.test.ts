import { describe, expect, it, vi } from 'vitest';
import type { RunRow } from '../../generated/contract';
import { search } from './offers';
import { byKind, found, MOST_OFFERS, Palette, type Offer } from '../../state/palette.svelte';
import { account, detail, opened, row, settle, step } from '../../state/testing';
import { RUN_ACTIONS } from '../../words/open-run';

const offer = (id: string, words: string, over: Partial<Offer> = {}): Offer => ({
  id,
  kind: 'action',
  words,
  act: () => undefined,
  ...over,
});

const ids = (offers: Offer[]) => offers.map(({ id }) => id);

describe('what the palette finds', () => {
  it('has all the words that are typed, and begins with the first one if it can', () => {
    const offers = [offer('a', 'Open the Inbox'), offer('b', 'Inbox'), offer('c', 'Activity')];
    expect(ids(found(offers, ['inbox']))).toEqual(['b', 'a']);
    expect(ids(found(offers, ['inbox', 'open']))).toEqual(['a']);
  });

  it('leaves what is rare to those who type for it', () => {
    const offers = [offer('a', 'Mute', { isRare: true }), offer('b', 'Refresh')];
    expect(ids(found(offers, []))).toEqual(['b']);
    expect(ids(found(offers, ['mute']))).toEqual(['a']);
  });

  it('stands together by kind, the kind of the best one first', () => {
    const offers = [
      offer('a', 'A', { kind: 'view' }),
      offer('b', 'B'),
      offer('c', 'C', { kind: 'view' }),
    ];
    expect(byKind(offers).map(ids)).toEqual([['a', 'c'], ['b']]);
  });

  it('is never more than anybody looks through, among very many runs too', async () => {
    const runs = Array.from({ length: 2000 }, (_, n) =>
      row({ runId: `pr-${n}`, name: `Bank ${n}` }),
    );
    const { app } = await opened({ runs });
    expect(search(app, ['bank'])).toHaveLength(MOST_OFFERS);
    expect(ids(search(app, ['pr-1999']))).toEqual(['run a/pr-1999']);
  });

  it('says until when a snooze lasts, as soon as the backend has said it', async () => {
    const monday = new Date(2026, 10, 30, 8).getTime();
    const runs = [row({ watched: true })];
    const { app } = await opened({ runs }, { nextMorning: async () => monday });
    const snooze = () => search(app, ['snooze', 'until'])[0]?.words;
    expect(snooze()).toMatch(/until the next working morning$/);
    await app.notifications.askMorning();
    expect(snooze()).toMatch(/until .*8:00/);
  });

  it('names the step from which the open run can go on, and asks before it is sent', async () => {
    const steps = [step(), step({ stepId: 'ds-2', order: '1.2', name: 'Match', status: 'Failed' })];
    const read = async () => detail({ steps });
    const { app } = await opened(
      { runs: [row()] },
      { runDetail: read, getRun: read, getRunSteps: read },
    );
    await settle();
    const restart = search(app, []).find(({ id }) => id.startsWith('restart'));
    expect(restart?.id).toBe('restart ds-2');
    restart?.act();
    expect(app.ask.question?.title).toBe('Restart this run from step 1.2?');
  });

  it('calls the start of a run that ended what its own button calls it', async () => {
    const start = async (over: Partial<RunRow>) => {
      const { app } = await opened({ runs: [row({ runId: 'pr-1', ...over })] });
      await settle();
      return search(app, []).find(({ id }) => id === 'start')?.words;
    };
    expect(await start({})).toBe(RUN_ACTIONS.start);
    for (const outcome of ['succeeded', 'failed'] as const) {
      expect(await start({ status: 'Finished', ended: true, outcome })).toBe(
        RUN_ACTIONS.startAgain,
      );
    }
  });

  it('offers what the bar of selected runs does, for these and not for the open run', async () => {
    const failed = (runId: string) =>
      row({ runId, status: 'Failed', ended: true, outcome: 'failed' });
    const markHandled = vi.fn(async () => undefined);
    const { app } = await opened(
      { runs: [failed('pr-1'), failed('pr-2'), failed('pr-3')] },
      { markHandled },
    );
    app.views.choose('all');
    const offered = () => search(app, ['dealt', 'with']).filter(({ kind }) => kind === 'selection');
    expect(offered()).toEqual([]);
    app.selection.toggle('a/pr-2');
    app.selection.toggle('a/pr-3');
    offered()[0]?.act();
    await settle();
    expect(markHandled).toHaveBeenCalledWith(
      ['pr-2', 'pr-3'].map((runId) => ({ accountId: 'a', runId })),
      '',
    );
    expect(app.selection.selected).toEqual([]);
    expect(search(app, []).find(({ id }) => id === 'selected start')).toBeUndefined();
  });

  it('offers no action that the app cannot do without an account', async () => {
    const { app } = await opened({ accounts: [] });
    const offered = ids(search(app, []));
    expect(offered).toContain('add-account');
    for (const id of ['find', 'inbox', 'sign-out', 'start', 'view all']) {
      expect(offered).not.toContain(id);
    }
  });

  it('shows a process’s runs alone, whatever narrowed the list before', async () => {
    const runs = [row({ processName: 'Bank' }), row({ runId: 'pr-2', processId: 'p-2' })];
    const setListSettings = vi.fn(async () => undefined);
    const { app } = await opened({ runs, accounts: [account()] }, { setListSettings });
    app.views.search = 'nothing like it';
    search(app, ['p-1'])
      .find(({ kind }) => kind === 'process')
      ?.act();
    expect(app.rows.map(({ runId }) => runId)).toEqual(['pr-1']);
  });
});

describe('the palette', () => {
  it('begins at the best offer with each key, and goes round at its ends by steps alone', () => {
    const palette = new Palette();
    palette.move(-1, 5);
    expect(palette.active).toBe(4);
    palette.move(1, 5);
    expect(palette.active).toBe(0);
    palette.move(8, 5);
    expect(palette.active).toBe(4);
    palette.query = 'b';
    expect(palette.active).toBe(0);
  });
});
