/** The order of the list. Pure functions. */
import type { ListColumn, ListSort, RunRow } from '../generated/contract';
import { elapsed, isGoing, runStanding } from '../words/runs';

/** What wants a look comes first: broken, then doubtful, then going, then waiting, then done. */
const STATUS_RANK = ['bad', 'warn', 'busy', 'neutral', 'good'];

/** The columns whose first click puts the largest first. */
export const LARGEST_FIRST: ListColumn[] = ['ends', 'took'];

/** When it ended or is expected to; what goes on for nobody knows how long ends after all of it. */
export function endOf(row: RunRow): number | null {
  if (row.ended || row.gone) return row.finished ?? row.started;
  return row.ends ?? (row.started === null ? null : Infinity);
}

function sortKey(row: RunRow, column: ListColumn, now: number): number | string | null {
  switch (column) {
    case 'run':
      // Rows come in the order of their names.
      return 0;
    case 'now-at': {
      const { tone, word } = runStanding(row);
      const step = row.atStep ? row.atStep.place / row.atStep.of : 0;
      return `${STATUS_RANK.indexOf(tone)} ${word} ${step.toFixed(3)}`;
    }
    case 'ends':
      return endOf(row);
    case 'took':
      return elapsed(row, isGoing(row), now);
  }
}

/** Puts what comes in the order of its names into the order that was chosen; what has no value stands last. */
export function sorted<T extends { row: RunRow }>(
  lines: T[],
  { column, descending }: ListSort,
  now: number,
): T[] {
  if (column === 'run') return descending ? [...lines].reverse() : lines;
  const direction = descending ? -1 : 1;
  const keyed = lines.map((line) => ({ line, by: sortKey(line.row, column, now) }));
  keyed.sort((a, b) => {
    if (a.by === b.by) return 0;
    if (a.by === null) return 1;
    if (b.by === null) return -1;
    return a.by < b.by ? -direction : direction;
  });
  return keyed.map(({ line }) => line);
}
