import { expect, it } from 'vitest';
import { forecast, step } from '../state/testing';
import { differenceWords, leftWords, moreFailedWords, stepPlace, thanUsualWords } from './open-run';

const NOON = new Date(2026, 10, 24, 12, 0).getTime();

it('says what is left as far as it is known', () => {
  const ends = NOON + 241_000;
  expect(leftWords(forecast({ ends }), NOON + 200_000)).toBe('Less than a minute left');
  expect(leftWords(forecast({ ends, stepsOver: 2, stepsCounted: 5 }), NOON)).toBe(
    'About 4 min left, 3 steps to go',
  );
  expect(leftWords(forecast({ stepsOver: 4, stepsCounted: 5 }), NOON)).toBe('1 step to go');
  expect(leftWords(forecast({ stepsOver: 5, stepsCounted: 5 }), NOON)).toBeNull();
  expect(leftWords(forecast(), NOON)).toBeNull();
});

it('says a difference with its sign, and none as that', () => {
  expect([212, -27.4, 0.4].map(differenceWords)).toEqual(['+3 min 32 s', '−27 s', 'the same']);
});

it('beside what is usual, says nothing of a few seconds', () => {
  expect(thanUsualWords(932, 720)).toBe('3 min 32 s longer than usual');
  expect(thanUsualWords(600, 720)).toBe('2 min shorter than usual');
  expect(thanUsualWords(728, 720)).toBe('as usual');
});

it('calls a step without a place by its name', () => {
  expect(stepPlace(step({ order: '1.3' }))).toBe('1.3');
  expect(stepPlace(step({ order: null, name: 'Post' }))).toContain('Post');
  expect(stepPlace(step({ order: null, name: '', stepId: 'as-7' }))).toContain('as-7');
});

it('says that more than one step failed', () => {
  expect([0, 1, 3].map(moreFailedWords)).toEqual([
    null,
    '1 more step failed.',
    '3 more steps failed.',
  ]);
});
