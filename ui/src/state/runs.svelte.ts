/** The table of runs: what is known of each, what the search leaves, and in which order. */
import type { RunRow } from '../generated/contract';
import type { RunRef } from '../host/host';
import { nameOf } from '../words/names';
import { elapsed, isGoing, runStanding } from '../words/runs';
import { Many, together } from './many.svelte';

export type SortColumn = 'status' | 'name' | 'started' | 'duration';

export interface Sort {
  column: SortColumn;
  descending: boolean;
}

export const runKey = ({ accountId, runId }: RunRef) => `${accountId}/${runId}`;

/** What wants a look comes first: broken, then doubtful, then going, then waiting, then done. */
const STATUS_RANK = ['bad', 'warn', 'busy', 'neutral', 'good'];

/** A run with what finding and sorting it takes: worked out once, not at each look. */
interface Line {
  key: string;
  row: RunRow;
  name: string;
  /** What a search looks through; made when one does. */
  text: string | null;
}

export class Runs {
  private lines = new Many<string, Line>();
  /** All lines by name, which settles every tie: that order hardly ever changes. */
  private named: Line[] = [];
  private inOrder = true;
  /** The `seq` at which a run was taken off: an answer from before must not bring it back. */
  private removed = new Many<string, number>();

  /** What the user typed into the search field; lives here so that nothing on screen resets it. */
  search = $state('');
  /** What was archived is in sight too. */
  showArchived = $state(false);
  sort = $state<Sort>({ column: 'started', descending: true });

  get(run: RunRef): RunRow | undefined {
    return this.lines.get(runKey(run))?.row;
  }

  /** Takes a row if it is newer than what is known. Says whether it was. */
  take(row: RunRow, from: 'updates' | 'answer'): boolean {
    const key = runKey(row);
    const line = this.lines.get(key);
    if (line && row.seq <= line.row.seq) return false;
    const removedAt = this.removed.get(key);
    // The stream of updates is in order, an answer may be older than the removal.
    if (from === 'answer' && removedAt !== undefined && row.seq <= removedAt) return false;
    this.removed.delete(key);
    this.put(line ?? this.added(key, row), row);
    return true;
  }

  private added(key: string, row: RunRow): Line {
    const line = { key, row, name: nameOf(row.name, row.runId), text: null };
    this.named.push(line);
    this.inOrder = false;
    return line;
  }

  private put(line: Line, row: RunRow): void {
    if (row.name !== line.row.name) {
      line.name = nameOf(row.name, row.runId);
      this.inOrder = false;
    }
    line.row = row;
    line.text = null;
    this.lines.set(line.key, line);
  }

  remove(run: RunRef): void {
    const key = runKey(run);
    this.removed.set(key, this.lines.get(key)?.row.seq ?? 0);
    this.lines.delete(key);
    this.inOrder = false;
  }

  /** An account was removed: its rows go with it. */
  removeAccount(accountId: string): void {
    together(() => this.of(accountId).forEach((row) => this.remove(row)));
  }

  of(accountId: string | null): RunRow[] {
    return this.all().filter((row) => row.accountId === accountId);
  }

  all(): RunRow[] {
    return this.lines.values().map(({ row }) => row);
  }

  /** An account's rows as the table shows them. */
  visible(accountId: string | null, now: number): RunRow[] {
    const shown = this.matching(accountId).filter((row) => this.showArchived || !isPutAway(row));
    return sorted(shown, this.sort, now);
  }

  private byName(): Line[] {
    const { lines } = this;
    lines.depend();
    if (!this.inOrder) {
      // What is in order already costs the sort little.
      this.named = this.named.filter((line) => lines.get(line.key) === line).sort(compareNames);
      this.inOrder = true;
    }
    return this.named;
  }

  /** How many runs the table would show without a search. */
  inSight(accountId: string | null): number {
    return this.of(accountId).filter((row) => this.showArchived || !isPutAway(row)).length;
  }

  /** How many archived runs the search finds; all of them where nothing is searched. */
  archivedMatches(accountId: string | null): number {
    return this.matching(accountId).filter(isPutAway).length;
  }

  /** An account's rows that the search finds, in the order of their names. */
  private matching(accountId: string | null): RunRow[] {
    const words = this.search.toLowerCase().split(/\s+/).filter(Boolean);
    const found = this.byName().filter((line) => {
      if (line.row.accountId !== accountId) return false;
      if (words.length === 0) return true;
      line.text ??= haystack(line);
      const { text } = line;
      return words.every((word) => text.includes(word));
    });
    return found.map(({ row }) => row);
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

function haystack({ name, row }: Line): string {
  const parts = [name, row.runId, row.processId ?? '', runStanding(row).word, row.status];
  return parts.join('\n').toLowerCase();
}

const names = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });

const compareNames = (a: Line, b: Line) =>
  names.compare(a.name, b.name) || names.compare(a.row.runId, b.row.runId);

/** Puts rows that are in the order of their names into the order that was chosen. */
function sorted(rows: RunRow[], { column, descending }: Sort, now: number): RunRow[] {
  if (column === 'name') return descending ? rows.reverse() : rows;
  const direction = descending ? -1 : 1;
  const keyed = rows.map((row) => ({ row, by: sortKey(row, column, now) }));
  keyed.sort((a, b) => (a.by < b.by ? -direction : a.by > b.by ? direction : 0));
  return keyed.map(({ row }) => row);
}

function sortKey(row: RunRow, column: Exclude<SortColumn, 'name'>, now: number): number | string {
  switch (column) {
    case 'status': {
      const { tone, word } = runStanding(row);
      return `${STATUS_RANK.indexOf(tone)} ${word}`;
    }
    case 'started':
      // What has not started stands where the newest would: it is what comes next.
      return row.started ?? Infinity;
    case 'duration':
      return elapsed(row, isGoing(row), now) ?? -1;
  }
}
