import { expect, it } from 'vitest';
import { detail, row, step } from '../../state/testing';
import { NOT_READ_YET } from '../../words/open-run';
import {
  distinctReasons,
  isPassed,
  moreFailed,
  reasonInSight,
  reasonsOf,
  stageOf,
  stoppedAt,
} from './stage';

const no = (reason: string) => ({ allowed: false, reason, warning: null });
const yes = { allowed: true, reason: null, warning: null };

it('is at “stopped” with every outcome that is no success, and with no other', () => {
  for (const outcome of ['failed', 'timed-out', 'unverified', 'cancelled'] as const) {
    expect(stageOf(row({ status: 'Finished', ended: true, outcome })), outcome).toBe('stopped');
  }
  for (const outcome of ['succeeded', 'warnings'] as const) {
    expect(stageOf(row({ status: 'Finished', ended: true, outcome })), outcome).toBe('done');
  }
});

it('is never “done” before its outcome is known', () => {
  expect(stageOf(row({ status: 'Finished', ended: true }))).toBe('checking');
  expect(stageOf(row({ status: 'Finished' })), 'a start is waited for').toBe('to-start');
  expect(stageOf(row({ status: 'NotStarted' }))).toBe('to-start');
  for (const status of ['Running', 'Scheduled', 'AwaitingApproval']) {
    expect(stageOf(row({ status })), status).toBe('going');
  }
  expect(stageOf(row({ status: 'NotStarted', gone: true }))).toBe('going');
});

it('stops at the step that failed, before one that was cancelled because of it', () => {
  const of = (...statuses: string[]) =>
    stoppedAt(statuses.map((status, n) => step({ stepId: `ds-${n}`, status })))?.stepId ?? null;
  expect(of('Success', 'Cancelled', 'Failed')).toBe('ds-2');
  expect(of('Success', 'Cancelled', 'NotStarted')).toBe('ds-1');
  expect(of('Success', 'Skipped', 'Running', 'NotStarted')).toBe('ds-2');
  expect(of('Success', 'Warning', 'Skipped')).toBeNull();
});

it('does not stop at a step that is switched off', () => {
  const off = step({ stepId: 'ds-1', status: 'Failed', enabled: false });
  expect(stoppedAt([off])).toBeNull();
  expect(isPassed(off)).toBe(true);
  expect(stoppedAt([{ ...off, byHand: true }])?.stepId).toBe('ds-1');
});

it('counts what failed beside the first', () => {
  const steps = ['Failed', 'Success', 'Failed', 'Failed'].map((status) => step({ status }));
  expect([moreFailed(steps), moreFailed(steps.slice(1, 2))]).toEqual([2, 0]);
});

it('gives each reason once, and what is being sent in the place of all', () => {
  const steps = [step({ restart: no('Off.') }), step({ restart: no('It is running.') })];
  const open = detail({ steps, start: no('It is running.'), cancel: yes });
  const reasons = reasonsOf(open, null);
  expect(distinctReasons(reasons, steps)).toEqual(['It is running.', 'Off.']);
  expect(reasons.cancel).toBeNull();
  const sending = reasonsOf(open, 'Starting…');
  expect(distinctReasons(sending, steps)).toEqual(['Starting…']);
  expect(reasonsOf(null, null).start).toBe(NOT_READ_YET);
});

it('shows without a hover why what comes first at its stage cannot be done', () => {
  const at = step({ restart: no('No right.') });
  const reasons = reasonsOf(detail({ start: no('Locked.'), cancel: no('Ended.') }), null);
  expect(reasonInSight(reasons, 'to-start', null)).toBe('Locked.');
  expect(reasonInSight(reasons, 'going', null)).toBe('Ended.');
  expect(reasonInSight(reasons, 'stopped', at)).toBe('No right.');
  expect(reasonInSight(reasons, 'stopped', null)).toBe('Locked.');
});
