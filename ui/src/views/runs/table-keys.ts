/** What keys do in the list of runs. Pure. */

export type Move = { to: number } | 'open' | 'select' | 'all' | 'clear' | 'handle';

type Key = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey'>;

/** What a key means at the place `at` of `count`; a page has `page` rows. None where nothing. */
export function moveOf(event: Key, at: number, count: number, page: number): Move | null {
  if (event.altKey) return null;
  if (event.ctrlKey || event.metaKey) return byChord(event.key.toLowerCase());
  const to = {
    ArrowDown: at + 1,
    ArrowUp: at - 1,
    PageDown: at + page,
    PageUp: at - page,
    Home: 0,
    End: count - 1,
  }[event.key];
  if (to !== undefined) return { to: Math.max(0, Math.min(count - 1, to)) };
  if (event.key === 'Enter') return 'open';
  if (event.key === ' ') return 'select';
  return event.key === 'Escape' ? 'clear' : null;
}

function byChord(key: string): Move | null {
  if (key === 'a') return 'all';
  return key === 'd' ? 'handle' : null;
}
