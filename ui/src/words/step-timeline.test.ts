import { expect, it } from 'vitest';
import { row, step } from '../state/testing';
import { stepTimeline, ticks } from './step-timeline';

const START = new Date(2026, 10, 24, 12, 0).getTime();
const at = (seconds: number) => START + seconds * 1000;
const ran = (stepId: string, from: number, to: number) =>
  step({ stepId, started: at(from), finished: at(to), durationSeconds: to - from });

const ended = row({ status: 'Finished', ended: true, started: START, finished: at(100) });
const none = () => null;

it('draws waiting and running to scale', () => {
  const steps = [ran('ds-1', 0, 40), ran('ds-2', 50, 100)];
  const timeline = stepTimeline(ended, steps, none, at(500), true);
  expect(timeline?.span).toEqual({ from: START, to: at(100) });
  expect(timeline?.bars.map(({ waited, ran: bar }) => [waited, bar])).toEqual([
    [null, { left: 0, width: 40 }],
    [
      { left: 40, width: 10 },
      { left: 50, width: 50 },
    ],
  ]);
  expect(timeline?.bars[1]?.words).toMatch(/^Waited 10 s, then ran from 12:00.* for 50 s$/);
});

it('has a running step grow with the clock, and the usual length beside it', () => {
  const going = row({ status: 'Running', started: START });
  const running = step({ stepId: 'ds-1', status: 'Running', started: START });
  const timeline = stepTimeline(going, [running], () => 80, at(40), true);
  expect(timeline?.span.to, 'its usual end is in sight').toBe(at(80));
  expect(timeline?.bars[0]).toMatchObject({ ran: { width: 50 }, usual: { width: 100 } });
  expect(timeline?.bars[0]?.words).toMatch(/^Running since .*, for 40 s; usually 1 min 20 s$/);
  const gone = stepTimeline({ ...going, gone: true }, [running], none, at(40), true);
  expect(gone?.bars[0]?.ran, 'nothing grows of a run that is gone').toEqual({ left: 0, width: 0 });
});

it('does not draw what ran in an earlier attempt, or has not run', () => {
  const restarted = { ...ended, attempt: 2 };
  const steps = [ran('ds-1', -9000, -8000), ran('ds-2', 5, 50), step({ status: 'NotStarted' })];
  const timeline = stepTimeline(restarted, steps, none, at(500), true);
  expect(timeline?.span.from).toBe(START);
  expect(timeline?.bars.map(({ words }) => words)).toEqual([
    'Ran in an earlier attempt',
    expect.stringContaining('Waited 5 s'),
    'Has not run',
  ]);
  expect(timeline?.bars[0]?.ran).toBeNull();
});

it('begins with its first step while the zone of the run’s dates is not known', () => {
  const shifted = { ...ended, started: at(-36_000) };
  expect(stepTimeline(shifted, [ran('ds-1', 10, 20)], none, 0, false)?.span.from).toBe(at(10));
  const later = { ...ended, started: at(36_000) };
  expect(stepTimeline(later, [ran('ds-1', 10, 20)], none, 0, true)?.span.from).toBe(at(10));
});

it('is nothing where no step has a date', () => {
  expect(stepTimeline(ended, [step(), step({ status: 'NotStarted' })], none, 0, true)).toBeNull();
});

it('has a few marks at round times', () => {
  expect(ticks({ from: 0, to: 932_000 })).toEqual([300, 600]);
  expect(ticks({ from: 0, to: 1000 })).toEqual([]);
  expect(ticks({ from: 0, to: 400 * 86_400_000 }).length).toBeLessThanOrEqual(4);
});
