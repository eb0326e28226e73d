/** The runs of all accounts: what is known of each, in the order of their names. */
import type { RunRow } from '../generated/contract';
import type { RunRef } from '../host/host';
import { lookOf, nameOf } from '../words/names';
import { runStanding } from '../words/runs';
import { Many, together } from './many.svelte';

export const runKey = ({ accountId, runId }: RunRef) => `${accountId}/${runId}`;

/** A run with what finding and sorting it takes: worked out once, not at each look. */
export interface Line {
  key: string;
  row: RunRow;
  name: string;
  /** What its name looks like, and what a search looks through: made when somebody wants to know. */
  look: string | null;
  text: string | null;
}

export class Runs {
  private lines = new Many<string, Line>();
  /** All lines by name, which settles every tie: that order hardly ever changes. */
  private named: Line[] = [];
  private inOrder = true;
  /** The last `seq` of a run that was taken off. */
  private removed = new Many<string, number>();

  get(run: RunRef): RunRow | undefined {
    return this.byKey(runKey(run));
  }

  byKey(key: string): RunRow | undefined {
    return this.lines.get(key)?.row;
  }

  /**
   * Takes a row if it is newer than what is known. Says whether it was. One that only says when the run was read is
   * not drawn, unless it is `open`: twenty runs are read all the time.
   */
  take(row: RunRow, from: 'updates' | 'added' | 'answer', open = true): boolean {
    const key = runKey(row);
    const line = this.lines.get(key);
    if (line && row.seq <= line.row.seq) return false;
    const removedAt = this.removed.get(key);
    // The stream of updates is in order. An answer may have been given before the removal, and still be newer than
    // what was known then: only one to who adds it brings a run back.
    if (removedAt !== undefined && from !== 'updates') {
      if (from === 'answer' || row.seq <= removedAt) return false;
    }
    this.removed.delete(key);
    if (line && !open && isSame(line.row, row)) {
      line.row = row;
      return true;
    }
    this.put(line ?? this.added(key, row), row);
    return true;
  }

  private added(key: string, row: RunRow): Line {
    const line = { key, row, name: nameOf(row.name, row.runId), look: null, text: null };
    this.named.push(line);
    this.inOrder = false;
    return line;
  }

  private put(line: Line, row: RunRow): void {
    if (row.name !== line.row.name) {
      line.name = nameOf(row.name, row.runId);
      line.look = null;
      this.inOrder = false;
    }
    line.row = row;
    line.text = null;
    this.lines.set(line.key, line);
  }

  remove(run: RunRef): void {
    const key = runKey(run);
    // The answer and the stream both say it.
    const seq = this.lines.get(key)?.row.seq ?? this.removed.get(key) ?? 0;
    this.removed.set(key, seq);
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

  /** Makes what a search looks through, so that its first key does not wait for it. */
  warm(): void {
    for (const line of this.byName()) line.text ??= haystack(line);
  }

  /** All lines by name. */
  byName(): Line[] {
    const { lines } = this;
    lines.depend();
    if (!this.inOrder) {
      // What is in order already costs the sort little.
      this.named = this.named.filter((line) => lines.get(line.key) === line).sort(compareNames);
      this.inOrder = true;
    }
    return this.named;
  }
}

/** Whether both say the same, but for when that was read. */
function isSame(before: RunRow, row: RunRow): boolean {
  const said = (one: RunRow) => JSON.stringify({ ...one, seq: 0, seenAt: 0 });
  return said(before) === said(row);
}

/** What its name looks like: others may look the same. */
export function lookOfLine(line: Line): string {
  const { name, runId } = line.row;
  return (line.look ??= lookOf(name, runId));
}

/** Whether a search for these words finds it. */
export function isFound(line: Line, words: string[]): boolean {
  if (words.length === 0) return true;
  line.text ??= haystack(line);
  const { text } = line;
  return words.every((word) => text.includes(word));
}

/** Only what has ended is ever out of sight: a run that goes on must not be missed. */
export const isPutAway = (row: RunRow) => row.archived && row.ended;

function haystack({ name, row }: Line): string {
  const { atStep, handled } = row;
  const parts = [name, row.runId, row.processName, row.processId, runStanding(row).word];
  parts.push(row.status, atStep?.name ?? null, atStep?.message ?? null, handled?.note ?? null);
  return parts.filter(Boolean).join('\n').toLowerCase();
}

const names = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });

const compareNames = (a: Line, b: Line) =>
  names.compare(a.name, b.name) || names.compare(a.row.runId, b.row.runId);

/** What names these runs to the backend. */
export const refsOf = (rows: RunRef[]): RunRef[] =>
  rows.map(({ accountId, runId }) => ({ accountId, runId }));
