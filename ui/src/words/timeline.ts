/** The timeline of today: from when to when it goes, and where each run's bar stands on it. Pure functions. */
import type { RunRow } from '../generated/contract';
import { isGoing } from './runs';

const HOUR = 3_600_000;

/** From when to when a timeline goes (ms). */
export interface Span {
  from: number;
  to: number;
}

/** A part of a bar, in per cent of the timeline. */
export interface Part {
  left: number;
  width: number;
}

export interface Bar {
  /** From its start to its end, or to now. */
  ran: Part;
  /** From now to when it is expected to end. */
  rest: Part | null;
  /** Between when it ends in nine of ten cases. */
  band: Part | null;
}

export function startOfDay(now: number): number {
  const morning = new Date(now);
  morning.setHours(0, 0, 0, 0);
  return morning.getTime();
}

/** Whether something of it happens today: what goes on does. */
export function isToday(row: RunRow, now: number): boolean {
  const morning = startOfDay(now);
  if (isGoing(row)) return row.started !== null;
  return (row.finished ?? row.started ?? -Infinity) >= morning;
}

/** Whole hours around all that these runs do today. */
export function spanOf(rows: RunRow[], now: number): Span {
  const morning = startOfDay(now);
  const evening = morning + 24 * HOUR;
  let [from, to] = [now - HOUR, now + HOUR];
  for (const row of rows) {
    if (row.started !== null) from = Math.min(from, Math.max(morning, row.started));
    const late = row.endsBetween?.[1] ?? row.ends;
    // What is expected far away would leave nothing of today to see.
    if (isGoing(row) && late !== null) to = Math.max(to, Math.min(late, evening + 6 * HOUR));
  }
  const whole = (at: number, round: (n: number) => number) =>
    morning + round((at - morning) / HOUR) * HOUR;
  return { from: Math.max(morning, whole(from, Math.floor)), to: whole(to, Math.ceil) };
}

/** Hours that are named: eight of them at most, and none so near the end that it would be cut. */
export function marks({ from, to }: Span): number[] {
  const hours = (to - from) / HOUR;
  const step = [1, 2, 3, 4, 6].find((n) => hours / n <= 8) ?? 6;
  const found: number[] = [];
  for (let at = from + step * HOUR; at + (step * HOUR) / 2 <= to; at += step * HOUR) found.push(at);
  return found;
}

/** Where a moment stands, in per cent. */
export function placeOf(at: number, { from, to }: Span): number {
  return Math.min(100, Math.max(0, ((at - from) / (to - from)) * 100));
}

/** A part of a bar between two moments. */
export function part(from: number, to: number, span: Span): Part {
  const left = placeOf(from, span);
  return { left, width: Math.max(0, placeOf(to, span) - left) };
}

/** The bar of a run that has something to do with today. */
export function barOf(row: RunRow, span: Span, now: number): Bar {
  const going = isGoing(row);
  const started = row.started ?? now;
  const end = going ? now : (row.finished ?? started);
  const foreseen = going && row.ends !== null ? row.ends : null;
  return {
    ran: part(started, end, span),
    rest: foreseen === null ? null : part(now, foreseen, span),
    band: going && row.endsBetween ? part(...row.endsBetween, span) : null,
  };
}
