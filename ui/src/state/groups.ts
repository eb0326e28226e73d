/** The runs of a process together. Pure. */
import type { RunRow } from '../generated/contract';
import { processName } from '../words/list';

/** What stands in the table: a run, or the head of a group of them. */
export type Item =
  | { kind: 'run'; key: string; row: RunRow }
  | { kind: 'group'; key: string; name: string; count: number };

/** Runs with the head of their process before them, the processes by name. */
export function grouped(items: Item[]): Item[] {
  const groups = new Map<string, { name: string; items: Item[] }>();
  for (const item of items) {
    if (item.kind !== 'run') continue;
    const name = processName(item.row);
    const group = groups.get(name) ?? { name, items: [] };
    group.items.push(item);
    groups.set(name, group);
  }
  const inOrder = [...groups.values()].sort((a, b) => a.name.localeCompare(b.name));
  return inOrder.flatMap(({ name, items: runs }): Item[] => [
    { kind: 'group', key: `group ${name}`, name, count: runs.length },
    ...runs,
  ]);
}
