import { expect, it } from 'vitest';
import { step } from '../../state/testing';
import { lines } from './steps';

it('puts a gap at its place in the order', () => {
  const steps = ['1.1', '1.2', '1.10'].map((order) => step({ stepId: `ds-${order}`, order }));
  const keys = lines({ steps, gaps: ['1.3', '1.11', '1.4'] }).map((line) => line.key);
  expect(keys).toEqual(['ds-1.1', 'ds-1.2', 'gap 1.3', 'gap 1.4', 'ds-1.10', 'gap 1.11']);
});

it('keeps steps without a place after every gap', () => {
  const steps = [step(), step({ stepId: 'as-1', order: null, byHand: true })];
  const keys = lines({ steps, gaps: ['1.2'] }).map((line) => line.key);
  expect(keys).toEqual(['ds-1', 'gap 1.2', 'as-1']);
});

it('puts thousands of gaps among thousands of steps in no time', () => {
  const steps = Array.from({ length: 5000 }, (_, n) =>
    step({ stepId: `ds-${n}`, order: `1.${2 * n + 1}` }),
  );
  const gaps = Array.from({ length: 5000 }, (_, n) => `1.${2 * n + 2}`);
  const before = performance.now();
  const keys = lines({ steps, gaps }).map((line) => line.key);
  expect(performance.now() - before).toBeLessThan(500);
  expect(keys.slice(-2)).toEqual(['ds-4999', 'gap 1.10000']);
});
