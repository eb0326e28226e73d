/** What the chips above the list leave of it. Pure functions. */
import type { ListFilters, ListSince, RunRow } from '../generated/contract';

export const NO_FILTERS: ListFilters = {
  account: null,
  process: null,
  status: null,
  outcome: null,
  since: null,
};

const DAYS_BACK: Record<ListSince, number> = { today: 0, yesterday: 1, week: 7, month: 30 };

/** The morning from which on a run counts (ms), in the user's own zone. */
export function sinceWhen(since: ListSince, now: number): number {
  const morning = new Date(now);
  morning.setHours(0, 0, 0, 0);
  morning.setDate(morning.getDate() - DAYS_BACK[since]);
  return morning.getTime();
}

/** Says which runs pass; `from` is the moment that `filters.since` means now. */
export function passing(filters: ListFilters, from: number | null): (row: RunRow) => boolean {
  const { account, process, status, outcome } = filters;
  return (row) => {
    if (account !== null && row.accountId !== account) return false;
    if (process !== null && row.processId !== process) return false;
    if (status !== null && row.status !== status) return false;
    if (outcome !== null && row.outcome !== outcome) return false;
    // What goes on has not happened before any moment.
    const at = row.finished ?? (row.ended ? row.started : row.started && Infinity);
    return from === null || (at !== null && at >= from);
  };
}

export const isFiltered = (filters: ListFilters) =>
  Object.values(filters).some((value) => value !== null);
