import { expect, it } from 'vitest';
import { RowSlots } from './row-slots';

it('what stays keeps its row, wherever it stands now', () => {
  for (const reuse of [true, false]) {
    const rows = new RowSlots();
    const [a, , c] = rows.assign(['a', 'b', 'c'], reuse);
    const [first, , last] = rows.assign(['c', 'x', 'a'], reuse);
    expect([first, last]).toEqual([c, a]);
  }
});

it('what comes takes over the rows of what went, in their order', () => {
  const rows = new RowSlots();
  const before = rows.assign(['a', 'b', 'c'], true);
  expect(rows.assign(['x', 'y', 'z'], true)).toEqual(before);
});

it('no row is taken over where that is not wished', () => {
  const rows = new RowSlots();
  const before = rows.assign(['a', 'b', 'c'], true);
  const after = rows.assign(['x', 'b', 'z'], false);
  expect(after.filter((slot) => before.includes(slot))).toEqual([before[1]]);
});

it('no two items have one row', () => {
  const rows = new RowSlots();
  for (const keys of ['abc', 'xbz', 'xyzab', 'b', 'cab']) {
    const slots = rows.assign([...keys], keys.length > 1);
    expect(new Set(slots).size).toBe(keys.length);
  }
});
