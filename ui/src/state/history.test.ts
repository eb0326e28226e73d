import { describe, expect, it, vi } from 'vitest';
import type { Host } from '../host/host';
import { Ask } from './ask.svelte';
import { History } from './history.svelte';
import { failure, hostOf } from './testing';

const DAMAGED = { file: '/data/history.db', keptAs: 'history-damaged-2026-11-24.db' };

function made(startNewHistory: Host['startNewHistory']) {
  const ask = new Ask();
  const fail = vi.fn();
  const history = new History(hostOf({ startNewHistory }), ask, fail);
  history.problem = 'It is damaged.';
  history.damaged = DAMAGED;
  return { ask, fail, history };
}

describe('a damaged history', () => {
  it('is put aside once that is confirmed, and the question names both files', async () => {
    const start = vi.fn(async () => undefined);
    const { ask, history } = made(start);
    history.askNew(DAMAGED);
    expect(ask.question?.facts.map((fact) => fact.value)).toEqual(Object.values(DAMAGED));
    expect(start).not.toHaveBeenCalled();
    await ask.confirm();
    expect(start).toHaveBeenCalledOnce();
    expect([history.problem, history.damaged]).toEqual([null, null]);
  });

  it('goes on being said where no new one could be begun', async () => {
    const { ask, fail, history } = made(() => Promise.reject(failure('store')));
    history.askNew(DAMAGED);
    await ask.confirm();
    expect(fail).toHaveBeenCalledWith(failure('store'));
    expect(history.damaged).toEqual(DAMAGED);
  });
});
