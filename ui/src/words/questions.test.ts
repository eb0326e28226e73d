import { expect, it } from 'vitest';
import { removeSeveral } from './questions';

it('asks about one run as about one', () => {
  const { title, warning, explanation, dismiss } = removeSeveral(1, 1);
  expect(title).toBe('Remove 1 run from the list?');
  expect([warning, explanation, dismiss].join(' ')).not.toMatch(/them|they/i);
  expect(removeSeveral(3, 1).warning).toMatch(
    /^1 of them is watched and has not ended: .+ it ends/,
  );
});
