import { describe, expect, it } from 'vitest';
import { chartWords, endWords, progressWords, usualWords } from './forecast';
import { forecast } from '../state/testing';
import { between, roughly } from './runs';

const NOON = new Date(2026, 10, 24, 12, 0).getTime();
const first = { runId: 'pr-9', attempt: 1 };
const past = (seconds: number) => ({ runId: 'pr-1', ended: 0, seconds });

describe('what earlier runs say', () => {
  it('is nothing where there is none', () => {
    const none = forecast();
    expect(usualWords(none, first)).toContain('not known yet');
    expect(endWords(none, NOON)).toBeNull();
    expect(progressWords(none)).toBeNull();
  });

  it('gives the usual duration, and the band once that is known', () => {
    const two = forecast({ usualSeconds: 720, learnedFrom: 2 });
    expect(usualWords(two, first)).toBe('Usually 12 min (from 2 runs)');
    const seven = forecast({ usualSeconds: 730, bandSeconds: [540, 1080], learnedFrom: 7 });
    expect(usualWords(seven, first)).toBe('Usually 12 min (9–18 min, from 7 runs)');
  });

  it('is not told of a run by itself alone', () => {
    const own = forecast({ usualSeconds: 60, learnedFrom: 1, latest: [past(60)] });
    expect(usualWords(own, { runId: 'pr-1', attempt: 1 })).toContain('not known yet');
    expect(usualWords(own, first)).toContain('Usually 1 min');
  });

  it('says of a restarted run why it says nothing', () => {
    expect(usualWords(forecast({ latest: [past(60)] }), { ...first, attempt: 2 })).toContain(
      'restarted',
    );
  });

  it('says when it is expected to end', () => {
    const minute = 60_000;
    const ends = NOON + 32 * minute;
    const words = endWords(
      forecast({ ends, endsBetween: [NOON + 29 * minute, NOON + 40 * minute] }),
      NOON,
    );
    expect(words).toMatch(/12[:.]32.*between.*12[:.]29.*12[:.]40/);
  });

  it('says how far it is, and by what that is judged', () => {
    const byTime = forecast({ progress: 0.624, usualSeconds: 60, stepsOver: 3, stepsCounted: 5 });
    expect(progressWords(byTime)).toBe('About 62% by its usual time · 3 of 5 steps are over');
    const bySteps = forecast({ progress: 0.5, stepsOver: 1, stepsCounted: 2 });
    expect(progressWords(bySteps)).toBe('1 of 2 steps is over');
  });

  it('beyond what nine of ten runs take, says so without their times and makes up no share and no end', () => {
    const late = forecast({
      progress: 0.99,
      usualSeconds: 600,
      bandSeconds: [540, 660],
      isLate: true,
      stepsOver: 2,
      stepsCounted: 3,
    });
    expect(progressWords(late)).toBe('Nine of ten runs have ended by now · 2 of 3 steps are over');
    expect(endWords(late, NOON)).toBeNull();
  });

  it('says in a sentence what the chart shows', () => {
    expect(chartWords([past(1080), past(540)])).toBe(
      'Durations of the latest 2 runs of this process, oldest first: 9–18 min; the newest took 18 min.',
    );
  });
});

describe('durations that nobody takes to the second', () => {
  it('are rounded once they are long', () => {
    expect([48, 570, 731, 3850].map(roughly)).toEqual([
      '48 s',
      '9 min 30 s',
      '12 min',
      '1 h 04 min',
    ]);
  });

  it('share their unit where they have the same', () => {
    expect(between(540, 1080)).toBe('9–18 min');
    expect(between(516, 840)).toBe('9–14 min');
    expect(between(50, 70)).toBe('50 s – 1 min 10 s');
    expect(between(540, 3900)).toBe('9 min – 1 h 05 min');
    expect(between(60, 60)).toBe('1 min');
  });
});
