/** The table of runs: what is known of each, what the search leaves, and in which order. */
import { SvelteMap } from 'svelte/reactivity';
import type { RunRow } from '../generated/contract';
import type { RunRef } from '../host/host';
import { nameOf } from '../words/names';
import { elapsed, isGoing, runStanding } from '../words/runs';

export type SortColumn = 'status' | 'name' | 'started' | 'duration';

export interface Sort {
  column: SortColumn;
  descending: boolean;
}

export const runKey = ({ accountId, runId }: RunRef) => `${accountId}/${runId}`;

/** What wants a look comes first: broken, then doubtful, then going, then waiting, then done. */
const STATUS_RANK = ['bad', 'warn', 'busy', 'neutral', 'good'];

export class Runs {
  private rows = new SvelteMap<string, RunRow>();
  /** The `seq` at which a run was taken off: an answer from before must not bring it back. */
  private removed = new SvelteMap<string, number>();

  /** What the user typed into the search field; lives here so that nothing on screen resets it. */
  search = $state('');
  /** What was archived is in sight too. */
  showArchived = $state(false);
  sort = $state<Sort>({ column: 'started', descending: true });

  get(run: RunRef): RunRow | undefined {
    return this.rows.get(runKey(run));
  }

  /** Takes a row if it is newer than what is known. Says whether it was. */
  take(row: RunRow, from: 'updates' | 'answer'): boolean {
    const key = runKey(row);
    const known = this.rows.get(key);
    if (known && row.seq <= known.seq) return false;
    const removedAt = this.removed.get(key);
    // The stream of updates is in order, an answer may be older than the removal.
    if (from === 'answer' && removedAt !== undefined && row.seq <= removedAt) return false;
    this.removed.delete(key);
    this.rows.set(key, row);
    return true;
  }

  remove(run: RunRef): void {
    const key = runKey(run);
    this.removed.set(key, this.rows.get(key)?.seq ?? 0);
    this.rows.delete(key);
  }

  /** An account was removed: its rows go with it. */
  removeAccount(accountId: string): void {
    this.of(accountId).forEach((row) => this.remove(row));
  }

  of(accountId: string | null): RunRow[] {
    return [...this.rows.values()].filter((row) => row.accountId === accountId);
  }

  /** An account's rows as the table shows them. */
  visible(accountId: string | null, now: number): RunRow[] {
    const direction = this.sort.descending ? -1 : 1;
    const compare = comparer(this.sort.column, now);
    return this.matching(accountId)
      .filter((row) => this.showArchived || !isPutAway(row))
      .sort((a, b) => direction * compare(a, b) || byName(a, b));
  }

  /** How many runs the table would show without a search. */
  inSight(accountId: string | null): number {
    return this.of(accountId).filter((row) => this.showArchived || !isPutAway(row)).length;
  }

  /** How many archived runs the search finds; all of them where nothing is searched. */
  archivedMatches(accountId: string | null): number {
    return this.matching(accountId).filter(isPutAway).length;
  }

  private matching(accountId: string | null): RunRow[] {
    const words = this.search.toLowerCase().split(/\s+/).filter(Boolean);
    const all = this.of(accountId);
    if (words.length === 0) return all;
    return all.filter((row) => {
      const text = haystack(row);
      return words.every((word) => text.includes(word));
    });
  }

  /** A click on a column's head: sorts by it, or turns its order round. */
  sortBy(column: SortColumn): void {
    const turned = this.sort.column === column && !this.sort.descending;
    const newest = this.sort.column !== column && (column === 'started' || column === 'duration');
    this.sort = { column, descending: turned || newest };
  }
}

/** Only what has ended is ever out of sight: a run that goes on must not be missed. */
const isPutAway = (row: RunRow) => row.archived && row.ended;

function haystack(row: RunRow): string {
  const parts = [
    nameOf(row.name, row.runId),
    row.runId,
    row.processId ?? '',
    runStanding(row).word,
    row.status,
  ];
  return parts.join('\n').toLowerCase();
}

const names = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });

const shown = (row: RunRow) => nameOf(row.name, row.runId);

const byName = (a: RunRow, b: RunRow) =>
  names.compare(shown(a), shown(b)) || names.compare(a.runId, b.runId);

function comparer(column: SortColumn, now: number): (a: RunRow, b: RunRow) => number {
  switch (column) {
    case 'name':
      return byName;
    case 'status':
      return (a, b) => rank(a) - rank(b) || runStanding(a).word.localeCompare(runStanding(b).word);
    case 'started':
      // What has not started stands where the newest would: it is what comes next.
      return (a, b) => (a.started ?? Infinity) - (b.started ?? Infinity) || 0;
    case 'duration':
      return (a, b) => (elapsed(a, isGoing(a), now) ?? -1) - (elapsed(b, isGoing(b), now) ?? -1);
  }
}

const rank = (row: RunRow) => STATUS_RANK.indexOf(runStanding(row).tone);
