/** What to say and offer for every kind of trouble. Total: a new code fails the type check here. */
import type { AppError, ErrorCode } from '../generated/contract';
import { duration } from './runs';

/** What the user can do about it from the banner itself. */
export type Offer = 'sign-in' | 'retry' | null;

export interface ErrorWords {
  title: string;
  offer: Offer;
  /** `info` where nothing is broken: the app only needs something of the user, or of time. */
  tone: 'bad' | 'warn' | 'info';
}

export const ERRORS: Record<ErrorCode, ErrorWords> = {
  'bad-id': { title: 'That cannot be read', offer: null, tone: 'bad' },
  'other-environment': { title: 'That is another environment', offer: null, tone: 'warn' },
  'not-found': { title: 'Not found in SolveXia', offer: 'retry', tone: 'bad' },
  forbidden: { title: 'SolveXia does not allow this', offer: null, tone: 'bad' },
  'signed-out': { title: 'Sign in again', offer: 'sign-in', tone: 'warn' },
  offline: { title: 'SolveXia cannot be reached', offer: 'retry', tone: 'warn' },
  'bad-answer': { title: 'The answer could not be understood', offer: 'retry', tone: 'bad' },
  server: { title: 'SolveXia has a problem', offer: 'retry', tone: 'bad' },
  store: { title: 'History is not being kept', offer: null, tone: 'bad' },
  keychain: { title: 'The keychain could not be used', offer: null, tone: 'warn' },
  changed: { title: 'The run has changed', offer: null, tone: 'warn' },
  'not-now': { title: 'Not possible now', offer: null, tone: 'info' },
  stopped: { title: 'Stopped', offer: null, tone: 'info' },
  'port-taken': { title: 'This port cannot be used', offer: null, tone: 'warn' },
  'confirm-origin': { title: 'Confirm the address first', offer: null, tone: 'warn' },
  policy: { title: 'Your organisation does not allow this', offer: null, tone: 'warn' },
  internal: { title: 'Runwatch has a problem', offer: 'retry', tone: 'bad' },
};

export const SUPPORT_ID = {
  label: 'Support id',
  forSolvexia: 'Support id for SolveXia:',
  copy: 'Copy the support id',
};

/** Said where what went wrong says nothing of itself. */
export const NO_REASON = 'No reason given.';

/** How long SolveXia asks to wait, in words, unless the message says it already. */
export function waitWords(error: AppError): string | null {
  if (error.retryAfterMs === null || error.retryAfterMs <= 0) return null;
  const wait = duration(error.retryAfterMs / 1000);
  return error.message.includes(wait) ? null : `SolveXia asks Runwatch to wait ${wait}.`;
}
