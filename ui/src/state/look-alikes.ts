/** Rows of the list that a person cannot tell apart by their names. */
import type { RunRow } from '../generated/contract';
import { lookOf } from '../words/names';
import { runKey } from './runs.svelte';

/** What is longer is cut on the screen: rows whose names begin alike look alike. */
const SEEN = 30;

/** Them, by key. */
export function lookAlikes(rows: RunRow[]): Set<string> {
  const first = new Map<string, string>();
  const alike = new Set<string>();
  for (const row of rows) {
    const look = lookOf(row.name, row.runId).slice(0, SEEN);
    const other = first.get(look);
    if (other === undefined) first.set(look, runKey(row));
    else alike.add(other).add(runKey(row));
  }
  return alike;
}
