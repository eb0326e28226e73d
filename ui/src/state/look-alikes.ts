/** Rows of the list that a person cannot tell apart by their names. */
import { lookOfLine, type Line } from './runs.svelte';

/** Their keys. What is longer than `seen` is cut on the screen: names that begin alike look alike. */
export function lookAlikes(lines: Line[], seen: number): Set<string> {
  const first = new Map<string, string>();
  const alike = new Set<string>();
  for (const line of lines) {
    const look = lookOfLine(line).slice(0, seen);
    const other = first.get(look);
    if (other === undefined) first.set(look, line.key);
    else alike.add(other).add(line.key);
  }
  return alike;
}
