/**
 * The columns of the list of runs, as far as it has room for them. To add one: its width here, its head in
 * `words/list-views.ts`, its cell in `RunRow.svelte`, its order in `state/sorting.ts`; for the type, `ListColumn` in
 * `core/src/settings/list_settings.rs` (then `scripts/types`) and its word in `store/src/stored/words.rs` (an older
 * version that finds it takes the list's usual look); `sample_history/settings.rs` and `golden/next.sql` in
 * `store/src/tests` have one of each.
 */
import type { ListColumn } from '../../generated/contract';
import { WIDEST_DIFFERENCE, WIDEST_ENDS, WIDEST_TOOK } from '../../words/list';

/** What a column has room for: it is measured, in the font and the spacing that the user has. */
export const WIDEST = {
  ends: WIDEST_ENDS,
  took: WIDEST_TOOK,
  difference: [WIDEST_DIFFERENCE],
};
export type Measured = Record<keyof typeof WIDEST, number>;

/** A name of which enough is seen to be read, with its account's dot, its id and two marks. */
const NAME = 268;
/** A status of one or two words. */
const STATUS = 84;
/** Beside it, a step: `3 of 5 · Match by reference`. */
const STEP = 150;
/** The box that selects a run comes before all columns. */
const SELECT = 18;
/** On both sides of a row. */
const EDGES = 24;
const GAP = 6;

export interface Layout {
  columns: ListColumn[];
  /** The grid that head and rows share. */
  tracks: string;
  /** Beside how long it took there is room for the difference from the usual. */
  hasDifference: boolean;
  /** Beside a name, for its process. */
  hasProcess: boolean;
}

/**
 * What a list of this width has room for: names and statuses always, the rest one after the other. Where runs go or
 * failed, the name of their step is worth more than how much longer than usual they took.
 */
export function layoutOf(
  width: number,
  { ends, took, difference }: Measured,
  stepFirst = false,
): Layout {
  let left = width - EDGES - SELECT - NAME - STATUS - 2 * GAP;
  const fits = (more: number) => (left -= more + GAP) >= 0;
  const tracks: Partial<Record<ListColumn, string>> = {
    // A row's middle lies beside the button in the first cell: a click there opens the run.
    run: `minmax(min(${NAME}px, 66%), 11fr)`,
    'now-at': 'minmax(0, 8fr)',
  };
  if (fits(ends)) tracks.ends = `${ends}px`;
  if (fits(took)) tracks.took = `${took}px`;
  const hasDifference = fits(difference + (stepFirst ? STEP : 0));
  if (hasDifference) tracks.took = `${took + GAP + difference}px`;
  return {
    columns: Object.keys(tracks) as ListColumn[],
    tracks: [`${SELECT}px`, ...Object.values(tracks)].join(' '),
    hasDifference,
    hasProcess: width >= 760,
  };
}

/** What is beside a name in its cell: an account's dot and two marks. */
const BESIDE_NAME = 74;
/** A letter of a name, on average, in a font that is wide. */
const LETTER = 7.2;

/** How many letters of a name can be seen in a cell of this width; in steps, so that a drag changes it seldom. */
export function lettersSeen(cell: number): number {
  return Math.max(6, Math.floor((cell - BESIDE_NAME) / LETTER / 6) * 6);
}
