import { describe, expect, it } from 'vitest';
import { isolated, lookOf, nameOf, oneLine } from './names';

describe('a name', () => {
  it('is shown as it is, cut', () => {
    expect(nameOf('Bank reconciliation', 'pr-1')).toBe('Bank reconciliation');
    expect(nameOf('x'.repeat(100_000), 'pr-1')).toHaveLength(300);
  });

  it('that is empty or cannot be seen gives way to the id', () => {
    const unseen = ['', '  ', '\u200b\u2060', '\u00a0\t\n', '\u3164', '\u2800', '\u202e\u202c'];
    for (const name of unseen) expect(nameOf(name, 'pr-1')).toBe('pr-1');
    // What joins and what stands above a letter shows nothing by itself either.
    expect(nameOf('\u200d\u0301', 'pr-1')).toBe('pr-1');
  });

  it('in any writing counts as seen', () => {
    for (const name of ['تسوية', '決算', '☂', '0', '👩‍💼']) expect(nameOf(name, 'pr-1')).toBe(name);
  });

  it('looks like another one that has other signs for the same picture', () => {
    const look = lookOf('Payroll', 'pr-1');
    for (const other of [
      'payroll',
      'Payroll\u2800',
      '\u2800Pay\u200broll',
      'Раyroll',
      'ΡΑΥRΟLL'.replace('Υ', 'Y'),
    ])
      expect(lookOf(other, 'pr-2'), other).toBe(look);
    expect(lookOf('Payroll 2', 'pr-2')).not.toBe(look);
  });

  it('inside a sentence cannot turn the rest of it round', () => {
    expect(isolated('تسوية')).toBe('\u2068تسوية\u2069');
    // What it opens and does not close ends with it.
    expect(isolated('a\u202eb\u2069')).toBe('\u2068ab\u2069');
  });
});

it('lines and cells that are pasted into one line keep apart', () => {
  expect(oneLine('pr-1\npr-2\r\npr-3')).toBe('pr-1, pr-2, pr-3');
  expect(oneLine('\npr-1\tBank rec\n\n')).toBe('pr-1, Bank rec');
  expect(oneLine('pr-1\u2028pr-2')).toBe('pr-1, pr-2');
  expect(oneLine('pr-1 pr-2')).toBe('pr-1 pr-2');
});
