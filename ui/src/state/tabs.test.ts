import { describe, expect, it } from 'vitest';
import type { Outcome, RunRow } from '../generated/contract';
import { OUTCOMES } from '../words/list';
import { countTabs, isInTab, needsAttention, TABS } from './tabs';
import { row } from './testing';

const ended = (outcome: Outcome | null, over: Partial<RunRow> = {}) =>
  row({ status: 'Finished', ended: true, outcome, ...over });
const tabsOf = (run: RunRow) => TABS.filter((tab) => isInTab(run, tab) && tab !== 'all');

describe('attention', () => {
  it('has what failed, timed out, is unverified, late or gone, and nothing else', () => {
    const troubled = OUTCOMES.filter((outcome) => needsAttention(ended(outcome)));
    expect(troubled).toEqual(['failed', 'timed-out', 'unverified']);
    expect(needsAttention(ended(null))).toBe(false);
    expect(needsAttention(row({ status: 'Running', isLate: true }))).toBe(true);
    expect(needsAttention(row({ status: 'Running', isLong: true }))).toBe(true);
    expect(needsAttention(row({ status: 'Running' }))).toBe(false);
    expect(needsAttention(row({ status: 'Running', gone: true }))).toBe(true);
  });

  it('lets go of what somebody dealt with', () => {
    const handled = { who: 'ana', at: 1, note: '' };
    expect(needsAttention(ended('failed', { handled }))).toBe(false);
  });
});

it('each run is in exactly one of Running, To start and Done', () => {
  const runs = [
    row(),
    row({ status: '' }),
    row({ status: 'Scheduled' }),
    row({ status: 'Running' }),
    row({ status: 'Parked' }),
    row({ gone: true }),
    row({ status: 'Finished' }),
    ended(null),
    ended('failed'),
    ended('cancelled'),
  ];
  for (const run of runs) {
    const tabs = tabsOf(run).filter((tab) => tab !== 'attention');
    expect(tabs, JSON.stringify(run)).toHaveLength(1);
  }
});

it('what has ended and is not judged yet is not done', () => {
  expect(tabsOf(ended(null))).toEqual(['running']);
});

it('what was created and not read yet is to be started: nobody has seen it run', () => {
  expect(tabsOf(row({ status: '' }))).toEqual(['to-start']);
  expect(tabsOf(row({ status: '', gone: true }))).toEqual(['attention', 'done']);
});

it('counts what each tab shows', () => {
  const counts = countTabs([row(), ended('failed'), row({ status: 'Running', isLate: true })]);
  expect(counts).toEqual({ attention: 2, running: 1, 'to-start': 1, done: 1, all: 3 });
});
