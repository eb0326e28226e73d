import { expect, it, vi } from 'vitest';
import { Many, together } from './many.svelte';

function watched() {
  const many = new Many<number, string>();
  return { many, tell: vi.spyOn(many, 'tell') };
}

it('tells of each change, and of nothing else', () => {
  const { many, tell } = watched();
  many.set(1, 'one');
  many.delete(1);
  expect(tell).toHaveBeenCalledTimes(2);
  many.delete(1);
  expect(tell).toHaveBeenCalledTimes(2);
});

it('tells once of what changes together, at its end', () => {
  const { many, tell } = watched();
  together(() => {
    for (let n = 0; n < 1000; n += 1) many.set(n, 'x');
    together(() => many.clear());
    many.set(1, 'one');
    expect(tell).not.toHaveBeenCalled();
  });
  expect(tell).toHaveBeenCalledTimes(1);
  expect(many.values()).toEqual(['one']);
});

it('tells of what changed together also where it was cut short', () => {
  const { many, tell } = watched();
  const act = () => {
    together(() => {
      many.set(1, 'one');
      throw new Error('half way');
    });
  };
  expect(act).toThrow('half way');
  expect(tell).toHaveBeenCalledTimes(1);
  many.set(2, 'two');
  expect(tell).toHaveBeenCalledTimes(2);
});
