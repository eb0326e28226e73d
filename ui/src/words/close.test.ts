import { describe, expect, it } from 'vitest';
import type { BoardItem, BoardState } from '../generated/contract';
import { board, boardItem, HOUR, NOW } from '../state/close-testing';
import {
  boardStanding,
  chanceOf,
  finishWords,
  hindrance,
  itemBarWords,
  itemDetail,
  itemEnds,
  itemStanding,
  listed,
  restsOn,
  scoreWords,
  slackWords,
} from './close';
import { axisMarks, axisSpan, itemBar, placeIn } from './close-axis';
import { calendarWords, workingDays, workingDayWords } from './close-plan';
import { away, span, timesIn, zoneWords } from './close-times';

const MINUTE = 60_000;

describe('how a close stands', () => {
  it('is said in plain words, in the plan’s zone', () => {
    const word = (state: BoardState) => boardStanding(board({ state }), NOW).word;
    expect(word('on-track')).toMatch(/^On track for (18:00|6:00\sPM)$/);
    expect(word('at-risk')).toMatch(/^At risk: .+ may be missed$/);
    expect(word('expected-late')).toMatch(/^Expected late/);
    expect(word('late')).toMatch(/^Late: the cut-off was/);
    expect(word('blocked')).toMatch(/^Blocked/);
    expect(word('unknown')).toMatch(/^No forecast/);
  });

  it('looks like a success only where it is done', () => {
    const icon = (state: BoardState) => boardStanding(board({ state }), NOW).icon;
    expect(icon('done')).toBe('succeeded');
    for (const state of ['on-track', 'at-risk', 'blocked', 'late', 'unknown'] as const) {
      expect(icon(state), state).not.toBe('succeeded');
    }
  });

  it('says by how much it was done in time, and warns where it was not', () => {
    const done = (through: number) => boardStanding(board({ state: 'done', through }), NOW);
    expect(done(NOW + 2 * HOUR).word).toMatch(/, 1 h before the cut-off$/);
    const late = done(NOW + 3 * HOUR + 20 * MINUTE);
    expect(late.word).toMatch(/, 20 min after the cut-off$/);
    expect(late.tone).toBe('warn');
  });

  it('rule 27: has no figure where something is blocked or unknown, even if one was sent', () => {
    for (const state of ['blocked', 'unknown'] as const) {
      const one = board({ state });
      expect(chanceOf(one), state).toBeNull();
      expect(finishWords(one, NOW), state).toBeNull();
      expect(slackWords(one), state).toBeNull();
    }
    expect(chanceOf(board())).toBe(80);
  });

  it('says how much slack there is, and where there is none how much is missing', () => {
    const slack = (slackSeconds: number) => slackWords(board({ slackSeconds }));
    expect([3600, 0, -1080].map(slack)).toEqual([
      '1 h',
      '0 min',
      'none – the late end is 18 min past the cut-off',
    ]);
  });

  it('names what blocks it, and by when a restart still makes it', () => {
    const latestStart = NOW + 40 * MINUTE;
    const item = boardItem({ state: 'blocked', latestStart });
    const blocked = board({ state: 'blocked', blocked: ['p-1'], items: [item] });
    const [first, second] = hindrance(blocked, NOW);
    expect(first).toMatch(/Bank reconciliation.* is blocked, so there is no forecast/);
    expect(second).toMatch(/if it is restarted by .*(15:40|3:40\sPM) \(in 40 min\)/);
    expect(hindrance(blocked, latestStart + 1)[1]).toMatch(/even if it is restarted now/);
    const restart = (more: Partial<BoardItem>) =>
      hindrance({ ...blocked, items: [boardItem({ state: 'blocked', ...more })] }, NOW)[1];
    expect(restart({ tooLate: true })).toMatch(/even if it is restarted now/);
    expect(restart({}), 'nobody can tell').toBeUndefined();
  });

  it('says what it rests on and how right it was', () => {
    expect(restsOn(board())).toBe('Rests on 6 earlier closes.');
    expect(restsOn(board({ earlierCloses: 0 }))).toMatch(/^No earlier close yet/);
    expect(scoreWords(board())).toBe('Of the last 20 forecasts, 16 held.');
    expect(scoreWords(board({ score: { of: 0, held: 0, leftOut: 2 } }))).toBe(
      'No forecast can be checked yet. 2 closes were left out, as something failed in them.',
    );
  });
});

describe('how an item stands', () => {
  it('is its outcome once it is done, and no success where it is blocked', () => {
    expect(itemStanding(boardItem({ state: 'done', outcome: 'warnings' })).tone).toBe('warn');
    const skipped = boardItem({ state: 'blocked', outcome: 'succeeded' });
    expect(itemStanding(skipped)).toMatchObject({ word: 'Blocked', tone: 'bad' });
  });

  it('says that it did not start before all else', () => {
    const item = boardItem({ state: 'ready', didNotStart: true, due: NOW - HOUR });
    expect(itemStanding(item).word).toBe('Did not start');
    expect(itemDetail(item, board(), NOW)).toMatch(/^Was due (14:00|2:00\sPM)$/);
  });

  it('names what it waits for, without what is done or optional', () => {
    const others = [
      boardItem({ processId: 'p-2', name: 'FX' }),
      boardItem({ processId: 'p-3', name: 'VAT', optional: true }),
      boardItem({ processId: 'p-4', name: 'AP', state: 'done' }),
    ];
    const item = boardItem({ waitsFor: ['p-2', 'p-3', 'p-4'] });
    const words = itemDetail(item, board({ items: [item, ...others] }), NOW);
    expect(words.replace(/[\u2068\u2069]/g, '')).toBe('Waits for FX');
  });

  it('says the expected end with its band and what that rests on', () => {
    const ends = { early: NOW + HOUR, middle: NOW + 1.5 * HOUR, late: NOW + 2 * HOUR };
    const found = itemEnds(boardItem({ ends, learnedFrom: 0 }), board(), NOW);
    expect(found?.words).toMatch(/^≈ (16:30|4:30\sPM)$/);
    expect(found?.said).toMatch(/between .+ and .+\. Its length is an estimate\.$/);
    expect(itemBarWords(boardItem({ ends, starts: NOW }), board(), NOW)).toMatch(
      /^Expected to start about .+\. Expected to end about/,
    );
  });

  it('foresees nothing of what nothing is known of', () => {
    expect(itemEnds(boardItem(), board(), NOW)).toBeNull();
    expect(itemBarWords(boardItem(), board(), NOW)).toBe('Not started.');
  });
});

it('lists names as a sentence does', () => {
  expect(listed(['A'])).toBe('A');
  expect(listed(['A', 'B'])).toBe('A and B');
  expect(listed(['A', 'B', 'C'])).toBe('A, B and C');
  expect(listed(['A', 'B', 'C', 'D', 'E'])).toBe('A, B and 3 more');
});

describe('times', () => {
  it('are those of the plan’s zone, with the day where it is another one there', () => {
    const sydney = timesIn('Australia/Sydney');
    expect(sydney.time(NOW, NOW)).toMatch(/^(15:00|3:00\sPM)$/);
    expect(sydney.time(NOW + 10 * HOUR, NOW)).toMatch(/^Thu /);
    expect(sydney.time(NOW + 240 * HOUR, NOW)).toMatch(/Dec/);
  });

  it('say so where that is not this computer’s, and nothing where it is', () => {
    expect(zoneWords('Australia/Sydney', NOW)).toMatch(/Times are those of Australia\/Sydney/);
    expect(zoneWords('Europe/London', NOW)).toBeNull();
    // Lisbon’s clock shows the same as London’s.
    expect(zoneWords('Europe/Lisbon', NOW)).toBeNull();
  });

  it('of a zone that nobody knows are this computer’s', () => {
    expect(timesIn('Nowhere/Land').time(NOW, NOW)).toBe(timesIn('Europe/London').time(NOW, NOW));
  });

  it('are said from now, forwards and back', () => {
    expect(away(NOW + 42 * MINUTE, NOW)).toBe('in 42 min');
    expect(away(NOW - 3 * HOUR, NOW)).toBe('3 h ago');
    expect(away(NOW + 1000, NOW)).toBe('now');
    expect([59, 60, 65, 48 * 60].map(span)).toEqual(['59 min', '1 h', '1 h 05 min', '2 days']);
  });
});

describe('the axis', () => {
  const item = boardItem({
    started: NOW - HOUR,
    ends: { early: NOW + HOUR, middle: NOW + 1.5 * HOUR, late: NOW + 4 * HOUR },
  });
  const running = board({ items: [item] });

  it('holds the cut-off, now and every end that is expected', () => {
    const { from, to } = axisSpan(running, NOW);
    expect(from).toBeLessThan(NOW - HOUR);
    expect(to).toBeGreaterThan(NOW + 4 * HOUR);
  });

  it('is not made so long by a cut-off that is days away that nobody sees its bars', () => {
    const far = { ...running, cutOff: NOW + 70 * HOUR };
    const axis = axisSpan(far, NOW);
    expect(axis.to).toBeLessThan(NOW + 6 * HOUR);
    expect(placeIn(far.cutOff, axis)).toBeNull();
    expect(placeIn(NOW, axis)).toBeGreaterThan(0);
    const later = boardItem({ starts: NOW + 70 * HOUR, ends: item.ends });
    const span = axisSpan(
      board({ items: [{ ...later, ends: null }], cutOff: NOW + 73 * HOUR }),
      NOW,
    );
    expect(span.from, 'nor by the time until then').toBeGreaterThan(NOW + 60 * HOUR);
  });

  it('has its marks at whole hours of the plan’s zone', () => {
    const times = timesIn('Asia/Kolkata');
    const marks = axisMarks(axisSpan(running, NOW), times);
    expect(marks.length).toBeGreaterThan(2);
    expect(marks.length).toBeLessThanOrEqual(7);
    // Half an hour beside UTC: whole hours there.
    for (const { at } of marks) expect((at + times.ahead(at)) % HOUR).toBe(0);
  });

  it('has days for marks where it is days long', () => {
    const long = board({ cutOff: NOW + 100 * HOUR, items: [] });
    const times = timesIn('Australia/Sydney');
    const marks = axisMarks(axisSpan(long, NOW), times);
    for (const { at } of marks) expect((at + times.ahead(at)) % (24 * HOUR)).toBe(0);
  });

  it('shows what ran until now, then what is expected', () => {
    const bar = itemBar(item, axisSpan(running, NOW), NOW);
    expect(bar.ran?.width).toBeGreaterThan(0);
    expect(bar.rest?.left).toBeCloseTo((bar.ran?.left ?? 0) + (bar.ran?.width ?? 0));
    expect(bar.band?.width).toBeGreaterThan(bar.rest?.width ?? 0);
  });

  it('expects nothing of what has ended', () => {
    const over = boardItem({ ...item, ended: NOW });
    expect(itemBar(over, axisSpan(running, NOW), NOW)).toMatchObject({ rest: null, band: null });
  });
});

describe('the plan', () => {
  it('has working days on both sides of the period’s end, and no WD0', () => {
    expect(workingDays(3)).not.toContain(0);
    expect(workingDays(40)).toContain(40);
    expect([1, -1, 3, -2].map(workingDayWords)).toEqual([
      'WD1, 1st working day after',
      'WD−1, last working day of the period',
      'WD3, 3rd working day after',
      'WD−2, 2nd last working day of the period',
    ]);
  });

  it('says whose holidays it knows, and until when', () => {
    const holidays = [{ day: '2026-12-25', name: 'Christmas Day' }];
    const none = { name: '', holidays: [], knownUntil: null };
    expect(calendarWords(none)).toBe('Monday to Friday, no holidays.');
    const known = { name: 'Victoria', holidays, knownUntil: '2028-12-31' };
    expect(calendarWords(known)).toMatch(/without 1 holiday of .*Victoria.*, known until .*2028/);
  });
});
