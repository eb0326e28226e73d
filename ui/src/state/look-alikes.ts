/** Rows of the list that a person cannot tell apart by their names. */

/** What is longer is cut on the screen: rows whose names begin alike look alike. */
export const SEEN = 30;

/** Their keys. */
export function lookAlikes(lines: { key: string; look: string }[]): Set<string> {
  const first = new Map<string, string>();
  const alike = new Set<string>();
  for (const { key, look } of lines) {
    const other = first.get(look);
    if (other === undefined) first.set(look, key);
    else alike.add(other).add(key);
  }
  return alike;
}
