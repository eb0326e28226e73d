/** The tabs of the list: which runs each of them shows. Pure functions. */
import type { ListTab, Outcome, RunRow } from '../generated/contract';

export const TABS: ListTab[] = ['attention', 'running', 'to-start', 'done', 'all'];

/** Which ends somebody should see to. */
const IS_TROUBLED: Record<Outcome, boolean> = {
  succeeded: false,
  warnings: false,
  failed: true,
  cancelled: false,
  'timed-out': true,
  unverified: true,
};

/** It ended badly or doubtfully, is late, or is gone from SolveXia. */
function isTroubled(row: RunRow): boolean {
  const { outcome } = row;
  if (outcome !== null) return IS_TROUBLED[outcome];
  return row.gone || row.isLate || row.isLong;
}

/** Nobody has dealt with it yet, and somebody should. */
export const needsAttention = (row: RunRow) => row.handled === null && isTroubled(row);

/** It could be dealt with: it needs attention, or did until somebody dealt with it. */
export const canBeHandled = isTroubled;

/** Those of them that nobody has dealt with yet. */
export const toHandle = (rows: RunRow[]) => rows.filter(needsAttention);

/** It was not started, or nothing was read of it since it was created or added: nobody has seen it run. */
export const isToStart = (row: RunRow) =>
  ['', 'NotStarted'].includes(row.status) && !row.ended && !row.gone;

/** Its end is known, or SolveXia no longer has it. What has ended and is not judged yet still runs here. */
const isDone = (row: RunRow) => row.gone || row.outcome !== null;

/** Each run is at least in one of “Running”, “To start” and “Done”. */
export function isInTab(row: RunRow, tab: ListTab): boolean {
  switch (tab) {
    case 'attention':
      return needsAttention(row);
    case 'running':
      return !isDone(row) && !isToStart(row);
    case 'to-start':
      return isToStart(row);
    case 'done':
      return isDone(row);
    case 'all':
      return true;
  }
}

/** How many of these runs each tab shows. */
export function countTabs(rows: Iterable<RunRow>): Record<ListTab, number> {
  const counts = { attention: 0, running: 0, 'to-start': 0, done: 0, all: 0 };
  for (const row of rows) {
    for (const tab of TABS) if (isInTab(row, tab)) counts[tab] += 1;
  }
  return counts;
}
