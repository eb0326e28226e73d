import { expect, it } from 'vitest';
import { lookAlikes } from './look-alikes';
import { Runs, type Line } from './runs.svelte';
import { row } from './testing';

it('names the rows that look alike, so that their ids tell them apart', () => {
  const named = (runId: string, name: string) => {
    const runs = new Runs();
    runs.take(row({ runId, name }), 'updates');
    return runs.byName()[0] as Line;
  };
  const lines = [
    named('pr-1', 'Month-end close'),
    named('pr-2', 'Month-end\u00a0close\u200b'),
    named('pr-3', 'Month-end open'),
    named('pr-4', ''),
    named('pr-5', '\u200b'),
    named('pr-6', `${'long '.repeat(20)}first`),
    named('pr-7', `${'long '.repeat(20)}second`),
  ];
  const alike = (seen: number) => [...lookAlikes(lines, seen)].sort();
  expect(alike(30)).toEqual(['a/pr-1', 'a/pr-2', 'a/pr-6', 'a/pr-7']);
  expect(alike(10), 'where less of a name is seen').toContain('a/pr-3');
  expect(alike(110), 'where all of them is seen').toEqual(['a/pr-1', 'a/pr-2']);
});
