import { describe, expect, it } from 'vitest';
import type { Outcome } from '../generated/contract';
import { OUTCOMES } from './list';
import {
  age,
  compareOrder,
  countdown,
  cut,
  duration,
  elapsed,
  inSteps,
  isGoing,
  moment,
  originOf,
  outcomeStanding,
  runStanding,
  stepStanding,
  upcoming,
} from './runs';

const run = (status: string, ended = false, outcome: Outcome | null = null) =>
  runStanding({ status, ended, outcome, gone: false });

describe('how a run stands', () => {
  it('never reads “Finished” alone as a success', () => {
    const checking = run('Finished', true);
    expect(checking.word).toBe('Finished – checking its steps…');
    expect(checking.tone).not.toBe('good');
    for (const outcome of ['warnings', 'failed', 'unverified'] as const) {
      expect(run('Finished', true, outcome).tone, outcome).not.toBe('good');
    }
  });

  it('shows the outcome once it is decided', () => {
    expect(run('Finished', true, 'succeeded').word).toBe('Succeeded');
    expect(run('Finished', true, 'unverified').word).toBe('Ended, could not be verified');
    expect(run('TimedOut', true, 'timed-out').word).toBe('Timed out');
  });

  it('shows a status that nobody knows as its own word', () => {
    expect(run('AwaitingApproval')).toMatchObject({ word: 'AwaitingApproval', tone: 'neutral' });
    expect(run('AwaitingApproval', true).word).toBe('Ended – checking its steps…');
    expect(run('constructor').word).toBe('constructor');
    expect(run('x'.repeat(100_000)).word.length).toBeLessThanOrEqual(40);
  });

  it('says that nothing was read where nothing was', () => {
    expect(run('').word).toBe('Not read yet');
  });

  it('does not claim an end while a start is waited for', () => {
    expect(run('Finished').word).toBe('Start requested – waiting for SolveXia…');
  });

  it('gives every outcome an icon of its own beside its word', () => {
    const standings = OUTCOMES.map(outcomeStanding);
    expect(new Set(standings.map(({ icon }) => icon)).size).toBe(OUTCOMES.length);
    expect(new Set(standings.map(({ word }) => word)).size).toBe(OUTCOMES.length);
  });
});

describe('how a step stands', () => {
  it('says that it is switched off where it is', () => {
    expect(stepStanding({ status: '', enabled: false, byHand: false }).word).toBe('Switched off');
    expect(stepStanding({ status: 'Failed', enabled: false, byHand: true }).word).toBe('Failed');
  });

  it('shows a status that nobody knows as its own word', () => {
    expect(stepStanding({ status: 'Paused', enabled: true, byHand: false }).word).toBe('Paused');
  });
});

describe('durations and moments', () => {
  it('says durations as the notifications do', () => {
    expect([0, 48.4, 60, 932, 3840, -5, Number.NaN].map(duration)).toEqual([
      '0 s',
      '48 s',
      '1 min',
      '15 min 32 s',
      '1 h 04 min',
      '0 s',
      '0 s',
    ]);
  });

  it('takes SolveXia’s own duration of what ended, and the clock for what is going', () => {
    const timed = { started: 1000, finished: 5000, durationSeconds: 48 };
    expect(elapsed(timed, false, 99_000)).toBe(48);
    expect(elapsed(timed, true, 99_000)).toBe(98);
    expect(elapsed({ ...timed, durationSeconds: null }, false, 99_000)).toBe(4);
    expect(elapsed({ ...timed, finished: null, durationSeconds: null }, false, 9)).toBeNull();
  });

  it('counts the seconds of the first minute, then steps since the start', () => {
    const at = (now: number, step: number) => inSteps(1000, now, step) - 1000;
    expect([at(1000, 60), at(43_500, 60), at(61_000, 60)]).toEqual([0, 42_500, 60_000]);
    expect([at(120_999, 60), at(121_000, 60)]).toEqual([60_000, 120_000]);
    expect([at(74_999, 10), at(75_000, 10)]).toEqual([70_000, 70_000]);
    expect(inSteps(null, 75_000, 60)).toBe(75_000);
  });

  it('ticks only while a run is known to run', () => {
    expect(isGoing({ status: 'Running', ended: false, gone: false })).toBe(true);
    expect(isGoing({ status: 'AwaitingApproval', ended: false, gone: false })).toBe(false);
  });

  it('shows a run that SolveXia no longer has as that, and lets nothing of it tick', () => {
    const run = { status: 'Running', ended: false, outcome: null, gone: true };
    expect(runStanding(run).word).toBe('No longer in SolveXia');
    expect(isGoing(run)).toBe(false);
    expect(runStanding({ ...run, outcome: 'failed' }).word).toBe('Failed');
  });

  it('names today and yesterday', () => {
    const now = new Date(2026, 10, 23, 9, 0).getTime();
    expect(moment(new Date(2026, 10, 23, 0, 5).getTime(), now)).toMatch(/^Today /);
    expect(moment(new Date(2026, 10, 22, 23, 59).getTime(), now)).toMatch(/^Yesterday /);
    expect(moment(new Date(2025, 10, 22).getTime(), now)).toMatch(/2025/);
  });

  it('names tomorrow and the days of a week to come', () => {
    const now = new Date(2026, 10, 26, 17, 30).getTime();
    const at = (day: number) => upcoming(new Date(2026, 10, day, 8, 0).getTime(), now);
    expect(upcoming(new Date(2026, 10, 26, 18, 0).getTime(), now)).toMatch(/^0?[68]:00/);
    expect(at(27)).toMatch(/^tomorrow, 0?8:00/);
    expect(at(30)).toMatch(/^Monday, 0?8:00/);
    expect(at(33)).not.toMatch(/day/);
  });

  it('says ages in the unit that fits', () => {
    const ages = [0, 4_000, 9_000, 59_400, 90_000, 7_200_000, 260_000_000].map((ms) => age(0, ms));
    expect(ages).toEqual([
      'just now',
      'just now',
      '5 s ago',
      '55 s ago',
      '1 min ago',
      '2 h ago',
      '3 days ago',
    ]);
  });
});

it('reads an environment as the backend does: a prefix, a host, or a whole address', () => {
  const same = [
    'app',
    ' App ',
    'app.solvexia.com',
    'https://app.solvexia.com/x?y',
    'HTTPS://app.solvexia.com:443',
  ];
  expect(new Set(same.map(originOf))).toEqual(new Set(['https://app.solvexia.com']));
  expect(originOf('http://127.0.0.1:8080/')).toBe('http://127.0.0.1:8080');
  expect(originOf('not an address')).toBe('not an address');
});

it('counts down as a clock does, and never below nothing', () => {
  expect([432, 59.2, 60, 0, -3].map(countdown)).toEqual(['7:12', '1:00', '1:00', '0:00', '0:00']);
});

it('orders places by number, part by part', () => {
  const sorted = ['1.10', '1.2', '2.1', '1.2.1'].sort(compareOrder);
  expect(sorted).toEqual(['1.2', '1.2.1', '1.10', '2.1']);
});

it('cuts a long name for display', () => {
  expect(cut('x'.repeat(100_000))).toHaveLength(300);
  expect(cut('short')).toBe('short');
});
