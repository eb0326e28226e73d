import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Announcer } from './announcer.svelte';
import { failure } from './testing';
import { Undo } from './undo.svelte';

const STAYS = 10_000;

function made() {
  const announcer = new Announcer();
  const say = vi.spyOn(announcer, 'say');
  const fail = vi.fn();
  return { undo: new Undo(announcer, fail), announcer, say, fail };
}

const nothing = async () => undefined;
const words = (undo: Undo) => undo.shown.map((offer) => offer.words);

describe('an offer to undo', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('is announced with its key, and stays ten seconds at least', () => {
    const { undo, announcer } = made();
    undo.offer('No longer watching.', nothing);
    expect(announcer.text).toMatch(/^No longer watching\. .*Z/);
    vi.advanceTimersByTime(STAYS - 1);
    expect(words(undo)).toEqual(['No longer watching.']);
    vi.advanceTimersByTime(1);
    expect(words(undo)).toEqual([]);
  });

  it('stays while somebody looks at it, and as long again afterwards', () => {
    const { undo } = made();
    undo.offer('Muted.', nothing);
    vi.advanceTimersByTime(STAYS - 1);
    undo.hold();
    // The mouse over it, and the focus in it.
    undo.hold();
    vi.advanceTimersByTime(10 * STAYS);
    undo.release();
    vi.advanceTimersByTime(10 * STAYS);
    expect(words(undo)).toEqual(['Muted.']);
    undo.release();
    vi.advanceTimersByTime(STAYS - 1);
    expect(words(undo)).toEqual(['Muted.']);
    vi.advanceTimersByTime(1);
    expect(words(undo)).toEqual([]);
  });

  it('that is made behind a dialog stays as long once the dialog is gone', () => {
    const { undo } = made();
    undo.hold();
    undo.offer('Account muted.', nothing);
    vi.advanceTimersByTime(10 * STAYS);
    undo.release();
    vi.advanceTimersByTime(STAYS - 1);
    expect(words(undo)).toEqual(['Account muted.']);
    vi.advanceTimersByTime(1);
    expect(words(undo)).toEqual([]);
  });

  it('is not cut short by the next one', () => {
    const { undo } = made();
    undo.offer('First.', nothing);
    vi.advanceTimersByTime(6000);
    undo.offer('Second.', nothing);
    expect(words(undo)).toEqual(['Second.', 'First.']);
    vi.advanceTimersByTime(4000);
    expect(words(undo)).toEqual(['Second.']);
  });

  it('is taken once, the newest first', async () => {
    const { undo, say } = made();
    const first = vi.fn(nothing);
    const second = vi.fn(nothing);
    undo.offer('First.', first);
    undo.offer('Second.', second);
    const offer = undo.shown[0];
    if (offer) await Promise.all([undo.take(offer), undo.take(offer)]);
    expect(second).toHaveBeenCalledTimes(1);
    expect(first).not.toHaveBeenCalled();
    expect(words(undo)).toEqual(['First.']);
    expect(say).toHaveBeenLastCalledWith('Undone.');
    await undo.takeNewest();
    expect(first).toHaveBeenCalledTimes(1);
    await undo.takeNewest();
    expect(first).toHaveBeenCalledTimes(1);
  });

  it('says what went wrong where it could not be undone', async () => {
    const { undo, say, fail } = made();
    undo.offer('Removed.', () => Promise.reject(failure('store')));
    await undo.takeNewest();
    expect(say).not.toHaveBeenCalledWith('Undone.');
    expect(fail).toHaveBeenCalledWith(failure('store'));
  });

  it('that failed is offered again at its place, as long as a new one', async () => {
    const { undo, say } = made();
    const back = vi.fn(nothing).mockRejectedValueOnce(failure('store'));
    undo.offer('First.', nothing);
    vi.advanceTimersByTime(1000);
    undo.offer('Second.', back);
    undo.offer('Third.', nothing);
    const second = undo.shown[1];
    if (second) await undo.take(second);
    expect(words(undo)).toEqual(['Third.', 'Second.', 'First.']);
    vi.advanceTimersByTime(STAYS - 1);
    if (second) await undo.take(second);
    expect(back).toHaveBeenCalledTimes(2);
    expect(say).toHaveBeenLastCalledWith('Undone.');
    vi.advanceTimersByTime(STAYS);
    expect(words(undo)).toEqual([]);
  });
});
