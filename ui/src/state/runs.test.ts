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

  it('does not bring a removed run back by an answer, however new', () => {
    const runs = new Runs();
    runs.take(row({ seq: 7 }), 'updates');
    runs.remove(RUN);
    // It changed while it was being removed.
    expect(runs.take(row({ seq: 8 }), 'answer')).toBe(false);
    expect(runs.get(RUN)).toBeUndefined();
  });

  it('brings a removed run back for who adds it again, by an answer from after the removal', () => {
    const runs = new Runs();
    runs.take(row({ seq: 7 }), 'updates');
    runs.remove(RUN);
    runs.remove(RUN);
    expect(runs.take(row({ seq: 7 }), 'added')).toBe(false);
    expect(runs.take(row({ seq: 8 }), 'added')).toBe(true);
    expect(runs.take(row({ seq: 9 }), 'answer')).toBe(true);
  });

  it('takes a run that is added again, as the stream is in order', () => {
    const runs = new Runs();
    runs.take(row({ seq: 7 }), 'updates');
    runs.remove(RUN);
    expect(runs.take(row({ seq: 7 }), 'updates')).toBe(true);
  });
});
