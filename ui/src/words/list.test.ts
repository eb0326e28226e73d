import { expect, it } from 'vitest';
import { row } from '../state/testing';
import { endCell } from './list';
import { shortMoment } from './runs';

it('an end is a moment only where the zone of its date is known: it may lie hours ahead (rule 24)', () => {
  const now = Date.parse('2026-11-24T02:22:00Z');
  const ended = row({ ended: true, finished: now + 36_000_000 });
  expect(endCell(ended, now)?.words).toBe(shortMoment(ended.finished ?? 0, now));
  const unknown = endCell(ended, now, false);
  expect(unknown?.words).toBe('–');
  expect(unknown?.title).toMatch(/time zone/);
  // What is expected rests on what was seen here.
  const going = row({ status: 'Running', ends: now + 60_000 });
  expect(endCell(going, now, false)).toEqual(endCell(going, now, true));
});
