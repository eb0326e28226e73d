import { expect, it } from 'vitest';
import { waitWords } from './errors';
import { failure } from '../state/testing';

it('says how long SolveXia asks to wait, unless the message says it already', () => {
  const busy = { ...failure('server', 'SolveXia is busy.'), retryAfterMs: 45_000 };
  expect(waitWords(busy)).toBe('SolveXia asks Runwatch to wait 45 s.');
  expect(waitWords({ ...busy, message: 'It is asked again in 45 s.' })).toBeNull();
  expect(waitWords({ ...busy, retryAfterMs: null })).toBeNull();
});
