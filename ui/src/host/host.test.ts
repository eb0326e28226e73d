import { expect, it } from 'vitest';
import { toAppError } from './host';

it('keeps an error of the backend as it is', () => {
  const error = { code: 'offline', message: 'No network.', supportId: 's', retryAfterMs: 5 };
  expect(toAppError(error)).toBe(error);
});

it('turns whatever else was thrown into an error with words', () => {
  expect(toAppError('command not found')).toMatchObject({
    code: 'internal',
    message: 'command not found',
  });
  expect(toAppError(new Error('broken'))).toMatchObject({ code: 'internal', message: 'broken' });
  expect(toAppError({ code: 'toString', message: 'x' }).code).toBe('internal');
  expect(toAppError(undefined).message).not.toBe('');
});
