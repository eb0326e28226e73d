/**
 * All that lies outside the page, as one interface: `tauri.ts` is the real one, `fake.ts` serves
 * browser development and tests. Its methods are the backend's commands, generated from their one list.
 */
import type { AppError, Commands, ErrorCode } from '../generated/contract';
import { NO_REASON } from '../words/errors';

export type { RunRef } from '../generated/contract';

export type Host = Commands;

/** Every code, so that an answer from elsewhere is never taken for an `AppError`. */
const CODES: Record<ErrorCode, true> = {
  'bad-id': true,
  'other-environment': true,
  'not-found': true,
  forbidden: true,
  'signed-out': true,
  offline: true,
  'bad-answer': true,
  server: true,
  store: true,
  keychain: true,
  changed: true,
  'not-now': true,
  stopped: true,
  'port-taken': true,
  'confirm-origin': true,
  policy: true,
  internal: true,
};

/** Whatever was thrown, as an `AppError`: a failed call of the bridge itself rejects with text. */
export function toAppError(thrown: unknown): AppError {
  if (isAppError(thrown)) return thrown;
  const message =
    thrown instanceof Error ? thrown.message : typeof thrown === 'string' ? thrown : NO_REASON;
  return { code: 'internal', message, supportId: null, retryAfterMs: null };
}

function isAppError(thrown: unknown): thrown is AppError {
  if (typeof thrown !== 'object' || thrown === null) return false;
  const { code, message } = thrown as Partial<AppError>;
  return typeof code === 'string' && Object.hasOwn(CODES, code) && typeof message === 'string';
}
