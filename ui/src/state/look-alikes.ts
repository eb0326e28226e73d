/** Rows of the list that a person cannot tell apart by their names. */
import { lookOfLine, type Line } from './runs.svelte';

/** Their keys. */
export function lookAlikes(lines: Line[]): Set<string> {
  const first = new Map<string, string>();
  const alike = new Set<string>();
  for (const line of lines) {
    const look = lookOfLine(line);
    const other = first.get(look);
    if (other === undefined) first.set(look, line.key);
    else alike.add(other).add(line.key);
  }
  return alike;
}
