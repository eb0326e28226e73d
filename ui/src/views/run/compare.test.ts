import { expect, it } from 'vitest';
import type { RunRow } from '../../generated/contract';
import { detail, row, step } from '../../state/testing';
import {
  comparedWith,
  compareSteps,
  earlierRuns,
  sameStep,
  usualStepSeconds,
  wholeDifference,
} from './compare';

const on = (year: number, month: number, day: number) =>
  new Date(year, month - 1, day, 9).getTime();
const NOW = on(2026, 11, 26);

const ended = (runId: string, finished: number, seconds: number | null = 600) =>
  row({
    runId,
    status: 'Finished',
    ended: true,
    outcome: 'succeeded',
    started: seconds === null ? null : finished - seconds * 1000,
    finished,
    durationSeconds: seconds,
  });

const open = ended('pr-9', on(2026, 11, 20));
const ids = (all: { runId: string }[]) => all.map(({ runId }) => runId);

it('knows the earlier runs of its process, newest first, each once, and not itself', () => {
  const rows = [
    open,
    ended('pr-1', on(2026, 9, 30)),
    ended('pr-2', on(2026, 10, 30)),
    ended('pr-later', on(2026, 11, 25)),
    { ...ended('pr-other', on(2026, 10, 29)), processId: 'p-2' },
    { ...ended('pr-account', on(2026, 10, 29)), accountId: 'b' },
    { ...ended('pr-going', on(2026, 10, 29)), outcome: null },
  ];
  const latest = [
    { runId: 'pr-9', ended: on(2026, 11, 20), seconds: 600 },
    { runId: 'pr-2', ended: on(2026, 10, 30), seconds: 600 },
    { runId: 'pr-0', ended: on(2026, 8, 31), seconds: 500 },
  ];
  const earlier = earlierRuns(open, rows, latest, NOW);
  expect(ids(earlier)).toEqual(['pr-2', 'pr-1', 'pr-0']);
  expect(earlier[0]?.row?.runId, 'its row is kept').toBe('pr-2');
  expect(earlier[2], 'its duration alone').toMatchObject({ row: null, seconds: 500 });
});

it('never takes a run for an earlier one of itself, also where its start is not known', () => {
  const undated = { ...open, started: null };
  const latest = [{ runId: 'pr-9', ended: on(2026, 11, 20), seconds: 600 }];
  expect(earlierRuns(undated, [undated], latest, NOW)).toEqual([]);
});

const comparedOf = (of: RunRow, rows: RunRow[]) =>
  comparedWith(of, earlierRuns(of, rows, [], NOW), NOW);

it('compares with the run nearest to a month before, on whichever side of a month’s end', () => {
  const november = ended('pr-9', on(2026, 11, 30));
  const rows = [
    ended('pr-october', on(2026, 11, 3)),
    ended('pr-september', on(2026, 10, 2)),
    ended('pr-trial', on(2026, 11, 29)),
  ];
  const last = { run: { runId: 'pr-october' }, isMonthBefore: true };
  expect(comparedOf(november, rows)).toMatchObject(last);
  const january = ended('pr-9', on(2027, 1, 4));
  const december = ended('pr-december', on(2026, 12, 2));
  expect(comparedOf(january, [...rows, december])?.run.runId).toBe('pr-december');
});

it('compares with one that went well rather than with one that did not', () => {
  const cancelled = { ...ended('pr-2', on(2026, 10, 21)), outcome: 'cancelled' as const };
  const good = ended('pr-1', on(2026, 10, 18));
  expect(comparedOf(open, [cancelled, good])?.run.runId).toBe('pr-1');
  expect(comparedOf(open, [cancelled])?.run.runId, 'better than none').toBe('pr-2');
});

it('compares with the run before where there is none of a month before, and says so', () => {
  const rows = [ended('pr-1', on(2026, 9, 20)), ended('pr-2', on(2026, 11, 12))];
  const before = { run: { runId: 'pr-2' }, isMonthBefore: false };
  expect(comparedOf(open, rows)).toMatchObject(before);
  expect(comparedWith(open, [], NOW)).toBeNull();
});

it('takes the difference of the whole only where both did all of their work', () => {
  const difference = (over: Parameters<typeof row>[0], then: Parameters<typeof row>[0] = {}) => {
    const before = { ...ended('pr-1', on(2026, 10, 30), 500), ...then };
    const compared = comparedWith(open, earlierRuns(open, [before], [], NOW), NOW);
    return compared && wholeDifference({ ...open, ...over }, compared);
  };
  expect(difference({})).toBe(100);
  expect(difference({ attempt: 2 })).toBeNull();
  expect(difference({}, { attempt: 3 })).toBeNull();
  expect(difference({ ended: false, outcome: null })).toBeNull();
  expect(difference({}, { started: null, durationSeconds: null })).toBeNull();
});

it('finds a step again by its id, else by its name, and by its place among those of one name', () => {
  const load = step({ stepId: 'ds-1', name: 'Load', order: '1.1' });
  const others = [
    step({ stepId: 'ds-7', name: 'Load', order: '1.2' }),
    step({ stepId: 'ds-8', name: 'Load', order: '1.1' }),
    step({ stepId: 'ds-9', name: 'Match', order: '1.3' }),
  ];
  expect(sameStep(load, others)?.stepId).toBe('ds-8');
  expect(sameStep({ ...load, order: '1.9' }, others)).toBeNull();
  expect(sameStep(step({ stepId: 'x', name: 'Match', order: '1.1' }), others)?.stepId).toBe('ds-9');
  expect(sameStep({ ...load, stepId: 'ds-7' }, others)?.stepId).toBe('ds-7');
});

it('takes the difference of a step where both of its durations are known', () => {
  const took = (stepId: string, durationSeconds: number | null, status = 'Success') =>
    step({ stepId, durationSeconds, status });
  const compared = compareSteps(
    [took('ds-1', 60), took('ds-2', 30, 'Failed'), took('ds-3', null, 'NotStarted')],
    [took('ds-1', 90), took('ds-2', 40, 'Cancelled'), took('ds-3', 20)],
  );
  expect(compared.map(({ difference }) => difference)).toEqual([-30, null, null]);
  expect(compared[2]).toMatchObject({ seconds: null, before: 20 });
});

it('has as usual the middle of what a step took where it did all of its work', () => {
  const run = (seconds: number, status = 'Success') =>
    detail({ steps: [step({ durationSeconds: seconds, status })] });
  const usual = (...runs: ReturnType<typeof detail>[]) => usualStepSeconds(step(), runs);
  expect(usual(run(60), run(10), run(20))).toBe(20);
  expect(usual(run(60), run(20))).toBe(40);
  expect(usual(run(5, 'Failed'), run(20, 'Warning'))).toBe(20);
  expect(usual(run(5, 'Failed'))).toBeNull();
});
