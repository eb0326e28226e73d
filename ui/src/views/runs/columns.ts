/**
 * The columns of the list of runs: its head follows from here. To add one: `ListColumn` in
 * `core/src/list_settings.rs` and its word in `store/src/stored/words.rs` (an older version that finds it takes
 * the list's usual look), `scripts/types`, here, its head in `words/list-views.ts`, its cell in
 * `RunRow.svelte`, and its order in `state/sorting.ts`; `sample_history.rs` and `golden/next.sql` in
 * `store/src/tests` have one of each.
 */
import type { ListColumn } from '../../generated/contract';

export interface Column {
  id: ListColumn;
  width: string;
  /** Where there is little room. */
  compactWidth: string;
  /** Its head stands at the right, above figures. */
  right?: boolean;
}

export const COLUMNS: Column[] = [
  // A row's middle lies beside the button in the first cell: a click there opens the run.
  { id: 'run', width: 'minmax(0, 1.1fr)', compactWidth: 'minmax(0, 1fr)' },
  { id: 'now-at', width: 'minmax(0, 0.8fr)', compactWidth: 'minmax(0, 0.6fr)' },
  { id: 'ends', width: '94px', compactWidth: '80px' },
  { id: 'took', width: '128px', compactWidth: '84px', right: true },
];

/** The box that selects a run comes before them all. */
const SELECT_WIDTH = '18px';

/** The grid that head and rows share. */
export function gridColumns(compact: boolean): string {
  const widths = COLUMNS.map((column) => (compact ? column.compactWidth : column.width));
  return [SELECT_WIDTH, ...widths].join(' ');
}

/** What is beside a name in its cell: an account's dot and two marks. */
const BESIDE_NAME = 74;
/** A letter of a name, on average, in a font that is wide. */
const LETTER = 7.2;

/** How many letters of a name can be seen in a cell of this width; in steps, so that a drag changes it seldom. */
export function lettersSeen(cell: number): number {
  return Math.max(6, Math.floor((cell - BESIDE_NAME) / LETTER / 6) * 6);
}
