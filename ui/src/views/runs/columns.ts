/** The columns of the list of runs: its head follows from here; the cell of each is in `RunRow.svelte`. */
import type { SortColumn } from '../../state/runs.svelte';

export type ColumnId = 'run' | 'status' | 'duration' | 'watched';

export interface Column {
  id: ColumnId;
  /** What it can be sorted by, each with its word in the head. */
  sorts: { by: SortColumn; word: string }[];
  /** The head of a column that cannot be sorted, for screen readers. */
  title?: string;
  width: string;
  /** Where there is little room. */
  compactWidth: string;
  /** Its head stands at the right, above figures. */
  right?: boolean;
}

export const COLUMNS: Column[] = [
  {
    id: 'run',
    sorts: [
      { by: 'name', word: 'Run' },
      { by: 'started', word: 'Started' },
    ],
    width: 'minmax(0, 1fr)',
    compactWidth: 'minmax(0, 1fr)',
  },
  {
    id: 'status',
    sorts: [{ by: 'status', word: 'Status' }],
    width: '136px',
    compactWidth: '118px',
  },
  {
    id: 'duration',
    sorts: [{ by: 'duration', word: 'Duration' }],
    width: '88px',
    compactWidth: '84px',
    right: true,
  },
  { id: 'watched', sorts: [], title: 'Watched', width: '16px', compactWidth: '16px' },
];

/** The grid that head and rows share. */
export function gridColumns(compact: boolean): string {
  return COLUMNS.map((column) => (compact ? column.compactWidth : column.width)).join(' ');
}
