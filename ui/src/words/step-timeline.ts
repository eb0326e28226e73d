/** The steps of the open run on a line of time: what waited, what ran, what it usually takes. Pure functions. */
import type { RunRow, StepRow } from '../generated/contract';
import { duration, isGoing, timeOfDay } from './runs';
import { part, type Part, type Span } from './timeline';

/** Dates of run and steps may differ by so much and still belong together (ms). */
const LEEWAY = 60_000;

/** A step as its bar shows it. */
export interface StepBar {
  step: StepRow;
  /** From the end of what ran before it to its start. */
  waited: Part | null;
  ran: Part | null;
  /** As long as it usually takes, from its start. */
  usual: Part | null;
  /** The same for those who do not see it. */
  words: string;
}

export interface StepTimeline {
  span: Span;
  bars: StepBar[];
}

interface Ran {
  from: number;
  to: number;
  isGoing: boolean;
}

/** When a step ran in this attempt of its run. */
function ranWhen(step: StepRow, row: RunRow, from: number, now: number): Ran | null {
  if (step.started === null || step.started < from - LEEWAY) return null;
  const going = step.status === 'Running' && isGoing(row);
  const took = step.durationSeconds === null ? null : step.started + step.durationSeconds * 1000;
  const to = going ? now : (step.finished ?? took ?? step.started);
  return { from: step.started, to: Math.max(step.started, to), isGoing: going };
}

/**
 * From where the line begins: the start of the run, where its dates can be compared with those of steps
 * (`isZoned`); else the first start of a step.
 */
function beginning(row: RunRow, steps: StepRow[], isZoned: boolean): number | null {
  const starts = steps.flatMap(({ started }) => started ?? []);
  const { started } = row;
  const fits = started !== null && starts.some((start) => start >= started - LEEWAY);
  if (isZoned && fits) return started;
  return starts.length > 0 ? Math.min(...starts) : null;
}

/** None where nothing is known of when a step ran. */
export function stepTimeline(
  row: RunRow,
  steps: StepRow[],
  usualOf: (step: StepRow) => number | null,
  now: number,
  isZoned: boolean,
): StepTimeline | null {
  const from = beginning(row, steps, isZoned);
  if (from === null) return null;
  const ran = steps.map((step) => ranWhen(step, row, from, now));
  const ends = steps.flatMap((step, n) => {
    const one = ran[n];
    if (!one) return [];
    const usual = one.isGoing ? usualOf(step) : null;
    return [one.to, usual === null ? one.to : one.from + usual * 1000];
  });
  const span = { from, to: Math.max(from + 1000, ...ends) };
  let over = from;
  const bars = steps.map((step, n): StepBar => {
    const one = ran[n] ?? null;
    const usual = usualOf(step);
    if (!one) {
      const words = step.started === null ? 'Has not run' : 'Ran in an earlier attempt';
      return { step, waited: null, ran: null, usual: null, words: withUsual(words, usual) };
    }
    const waitedFor = Math.max(0, one.from - over);
    const waited = waitedFor > 0 ? part(over, one.from, span) : null;
    over = Math.max(over, one.to);
    return {
      step,
      waited,
      ran: part(one.from, one.to, span),
      usual: usual === null ? null : part(one.from, one.from + usual * 1000, span),
      words: withUsual(ranWords(one, waitedFor, now), usual),
    };
  });
  return { span, bars };
}

function ranWords({ from, to, isGoing: goes }: Ran, waited: number, now: number): string {
  const before = waited >= 1000 ? `Waited ${duration(waited / 1000)}, then ran` : 'Ran';
  const took = duration((to - from) / 1000);
  const start = timeOfDay(from, now);
  return goes
    ? `${before === 'Ran' ? 'Running' : 'Waited, now running'} since ${start}, for ${took}`
    : `${before} from ${start} for ${took}`;
}

const withUsual = (words: string, usual: number | null) =>
  usual === null ? words : `${words}; usually ${duration(usual)}`;

const STEPS = [
  1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14_400, 43_200, 86_400,
];

/** Seconds since the beginning at which a line stands: four of them at most. */
export function ticks({ from, to }: Span): number[] {
  const seconds = (to - from) / 1000;
  const step = STEPS.find((n) => seconds / n <= 4.99) ?? Math.ceil(seconds / 4);
  const found: number[] = [];
  // The last one would have no room for its words.
  for (let at = step; at < seconds * 0.88; at += step) found.push(at);
  return found;
}
