/** The time axis of a close: from when to when it goes, and where each item's bar stands on it. Pure functions. */
import type { BoardItem, CloseBoard } from '../generated/contract';
import type { Times } from './close-times';
import { part, placeOf, type Part, type Span } from './timeline';

const HOUR = 3_600_000;
/** Between two marks, in hours: the first that leaves at most so many of them is taken. */
const STEPS = [0.25, 0.5, 1, 2, 3, 4, 6, 12, 24, 48, 96, 168];
const MOST_MARKS = 7;
/** A stretch without bars is so many times as long as the one with bars, at most. */
const MOST_EMPTY = 3;

export interface ItemBar {
  /** What is over or goes on: from its start to its end, or to now. */
  ran: Part | null;
  /** What is to come: from its expected start, or from now, to its expected end. */
  rest: Part | null;
  /** Between when it ends in eight of ten cases. */
  band: Part | null;
}

export interface AxisMark {
  at: number;
  /** In per cent of the axis. */
  place: number;
  words: string;
}

/**
 * From the first start to the last end that is expected, with the cut-off and now. What lies so far from all of these
 * that it would make slivers of their bars is left out.
 */
export function axisSpan(board: CloseBoard, now: number): Span {
  const also = board.state === 'done' ? [board.cutOff] : [board.cutOff, now];
  const bars = board.items
    .flatMap(({ started, starts, ended, ends }) => [started, starts, ended, ends?.late ?? null])
    .filter((at) => at !== null);
  const shown = bars.length > 0 ? bars : also;
  const [first, last] = [Math.min(...shown), Math.max(...shown)];
  const far = Math.max(last - first, HOUR) * MOST_EMPTY;
  const near = also.filter((at) => at > first - far && at < last + far);
  const [from, to] = [Math.min(first, ...near), Math.max(last, ...near)];
  // Room for the line of the cut-off and its word.
  const margin = Math.max((to - from) * 0.04, HOUR / 4);
  return { from: from - margin, to: to + margin };
}

/** Where a moment stands; nothing where the axis does not go so far. */
export const placeIn = (at: number, span: Span): number | null =>
  at < span.from || at > span.to ? null : placeOf(at, span);

/** Round times in the plan's zone; days where the axis is days long. */
export function axisMarks(span: Span, times: Times): AxisMark[] {
  const hours = (span.to - span.from) / HOUR;
  const step = (STEPS.find((one) => hours / one <= MOST_MARKS) ?? 336) * HOUR;
  const ahead = times.ahead(span.from);
  const first = Math.ceil((span.from + ahead) / step) * step - ahead;
  const marks: AxisMark[] = [];
  for (let at = first; at < span.to; at += step) {
    // What stands too far to the side would be cut.
    const place = placeOf(at, span);
    if (place < 3 || place > 97) continue;
    marks.push({ at, place, words: step >= 24 * HOUR ? times.dayMark(at) : times.hour(at) });
  }
  return marks;
}

export function itemBar(item: BoardItem, span: Span, now: number): ItemBar {
  const { started, ended, ends } = item;
  const isGoing = started !== null && ended === null;
  const ran = started === null ? null : part(started, ended ?? now, span);
  if (ended !== null || ends === null) return { ran, rest: null, band: null };
  const begins = isGoing ? now : (item.starts ?? now);
  return {
    ran,
    rest: part(begins, Math.max(begins, ends.middle), span),
    band: part(ends.early, ends.late, span),
  };
}
