import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { isolated } from '../words/names';
import type { RunChange } from '../words/runs';
import { Announcer } from './announcer.svelte';

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

const change = (n: number, word = 'Failed'): [string, RunChange] => [
  `a/pr-${n}`,
  { name: `Run ${n}`, word },
];

const heard = (n: number, word = 'Failed') => `${isolated(`Run ${n}`)}: ${word}`;

/** All that stood in the live region for at least a second and a half, in order. */
async function read(announcer: Announcer, seconds = 60): Promise<string[]> {
  const texts: string[] = [];
  let before = '';
  for (let tick = 0; tick < seconds * 4; tick += 1) {
    const steady = announcer.text === before;
    if (steady && before !== '' && texts.at(-1) !== before) texts.push(before);
    before = announcer.text;
    await vi.advanceTimersByTimeAsync(250);
  }
  return texts;
}

it('reads three ends that come at once, one after the other', async () => {
  const announcer = new Announcer();
  announcer.tell([change(1), change(2, 'Succeeded'), change(3)]);
  expect(announcer.text).toBe(heard(1));
  expect(await read(announcer)).toEqual([heard(1), heard(2, 'Succeeded'), heard(3)]);
});

it('leaves each sentence long enough to be read, a longer one longer', async () => {
  const announcer = new Announcer();
  announcer.say('Short.');
  announcer.say('x'.repeat(100));
  announcer.say('Last.');
  await vi.advanceTimersByTimeAsync(1300);
  expect(announcer.text).toBe('Short.');
  await vi.advanceTimersByTimeAsync(5000);
  expect(announcer.text).toBe('x'.repeat(100));
  await vi.advanceTimersByTimeAsync(5000);
  expect(announcer.text).toBe('Last.');
});

it('loses none that come while another is read', async () => {
  const announcer = new Announcer();
  announcer.tell([change(1)]);
  await vi.advanceTimersByTimeAsync(100);
  announcer.tell([change(2)]);
  await vi.advanceTimersByTimeAsync(100);
  announcer.tell([change(3)]);
  expect(await read(announcer)).toEqual([heard(1), heard(2), heard(3)]);
});

it('sums up many at once in one sentence', async () => {
  const announcer = new Announcer();
  const ends = Array.from({ length: 12 }, (_, n) => change(n, n < 3 ? 'Failed' : 'Succeeded'));
  announcer.tell(ends);
  expect(await read(announcer)).toEqual(['12 runs changed. Failed: 3. Succeeded: 9.']);
});

it('counts runs and not their changes: of each it says the last one', async () => {
  const announcer = new Announcer();
  announcer.say('8 runs of 8 started.');
  for (const word of ['Start asked', 'Scheduled']) {
    announcer.tell(Array.from({ length: 8 }, (_, n) => change(n, word)));
  }
  announcer.tell([change(0, 'Running')]);
  expect((await read(announcer)).slice(1)).toEqual(['8 runs changed. Running: 1. Scheduled: 7.']);
});

it('says what the user did before what runs did', async () => {
  const announcer = new Announcer();
  announcer.tell([change(1), change(2)]);
  announcer.say('Copied.');
  expect(await read(announcer)).toEqual([heard(1), 'Copied.', heard(2)]);
});

it('makes the same sentence new, so that it is read again', async () => {
  const announcer = new Announcer();
  announcer.say('Copied.');
  await vi.advanceTimersByTimeAsync(5000);
  announcer.say('Copied.');
  expect(announcer.text).toBe('Copied. ');
});
