import { expect, it } from 'vitest';
import { STEPS } from './steps';

it('tells listed steps that are switched off from the others, as an outcome counts these alone', () => {
  expect(STEPS.listed(5, 0)).toBe('5 steps listed, read');
  expect(STEPS.listed(5, 1)).toBe('5 steps listed, 1 of them switched off, read');
});
