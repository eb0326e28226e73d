import { expect, it } from 'vitest';
import { marks, placeOf } from './timeline';

it('names no hour so near the end of the timeline that its label would be cut', () => {
  const HOUR = 3_600_000;
  for (let hours = 2; hours <= 30; hours += 1) {
    const span = { from: 0, to: hours * HOUR };
    const found = marks(span);
    expect(found.length, `${hours} hours`).toBeGreaterThan(0);
    expect(found.length, `${hours} hours`).toBeLessThanOrEqual(8);
    expect(placeOf(found.at(-1) ?? Infinity, span), `${hours} hours`).toBeLessThan(94);
  }
});
