import { describe, expect, it } from 'vitest';
import { Runs } from './runs.svelte';
import { row, RUN } from './testing';

describe('taking rows', () => {
  it('takes a row only if its seq is newer', () => {
    const runs = new Runs();
    expect(runs.take(row({ seq: 5, status: 'Running' }), 'updates')).toBe(true);
    expect(runs.take(row({ seq: 4, status: 'NotStarted' }), 'updates')).toBe(false);
    expect(runs.take(row({ seq: 5, status: 'NotStarted' }), 'answer')).toBe(false);
    expect(runs.get(RUN)?.status).toBe('Running');
    expect(runs.take(row({ seq: 6, status: 'Finished' }), 'answer')).toBe(true);
    expect(runs.get(RUN)?.status).toBe('Finished');
  });

  it('keeps the same run of two accounts apart', () => {
    const runs = new Runs();
    runs.take(row({ name: 'one' }), 'updates');
    runs.take(row({ name: 'two', accountId: 'b' }), 'updates');
    expect(runs.of('a').map((r) => r.name)).toEqual(['one']);
    expect(runs.of('b').map((r) => r.name)).toEqual(['two']);
  });

  it('does not bring a removed run back by an answer from before', () => {
    const runs = new Runs();
    runs.take(row({ seq: 7 }), 'updates');
    runs.remove(RUN);
    expect(runs.take(row({ seq: 7 }), 'answer')).toBe(false);
    expect(runs.get(RUN)).toBeUndefined();
    expect(runs.take(row({ seq: 8 }), 'answer')).toBe(true);
  });

  it('takes a run that is added again, as the stream is in order', () => {
    const runs = new Runs();
    runs.take(row({ seq: 7 }), 'updates');
    runs.remove(RUN);
    expect(runs.take(row({ seq: 7 }), 'updates')).toBe(true);
  });
});

describe('the table', () => {
  const filled = () => {
    const runs = new Runs();
    runs.take(row({ runId: 'pr-1', name: 'Bank', started: 100, status: 'Running' }), 'updates');
    runs.take(row({ runId: 'pr-2', name: 'Pack' }), 'updates');
    runs.take(
      row({ runId: 'pr-3', name: 'Bank', started: 200, ended: true, outcome: 'failed' }),
      'updates',
    );
    return runs;
  };
  const ids = (runs: Runs) => runs.visible('a', 0).map((r) => r.runId);

  it('shows first what comes next, then the newest', () => {
    expect(ids(filled())).toEqual(['pr-2', 'pr-3', 'pr-1']);
  });

  it('finds by name, id and the word of the status, in any order', () => {
    const runs = filled();
    runs.search = 'FAILED bank';
    expect(ids(runs)).toEqual(['pr-3']);
    runs.search = 'pr-2';
    expect(ids(runs)).toEqual(['pr-2']);
  });

  it('keeps the search over updates', () => {
    const runs = filled();
    runs.search = 'bank';
    runs.take(row({ runId: 'pr-4', name: 'Bank', seq: 9 }), 'updates');
    expect(runs.search).toBe('bank');
    expect(ids(runs)).toEqual(['pr-4', 'pr-3', 'pr-1']);
  });

  it('turns the order round at a second click', () => {
    const runs = filled();
    runs.sortBy('name');
    expect(ids(runs)).toEqual(['pr-1', 'pr-3', 'pr-2']);
    runs.sortBy('name');
    expect(ids(runs)[0]).toBe('pr-2');
  });

  it('sorts what wants a look first by status', () => {
    const runs = filled();
    runs.sortBy('status');
    expect(ids(runs)).toEqual(['pr-3', 'pr-1', 'pr-2']);
  });

  it('filters a thousand runs with very long names in no time', () => {
    const runs = new Runs();
    const name = 'x'.repeat(100_000);
    for (let n = 0; n < 1000; n += 1) {
      runs.take(row({ runId: `pr-${n}`, name }), 'updates');
    }
    runs.search = 'pr-999';
    const before = performance.now();
    expect(ids(runs)).toEqual(['pr-999']);
    expect(performance.now() - before).toBeLessThan(500);
  });
});
