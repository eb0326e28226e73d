/** Focus inside a list that only holds what is in sight. */
import { tick } from 'svelte';

/**
 * Focuses the row that Tab reaches: at once where it is there, so that the next key meets it. One far away is
 * drawn, measured and only then shown: some frames later.
 */
export function focusRow(
  list: HTMLElement | undefined,
  options: FocusOptions = {},
  frames = 20,
): void {
  const row = list?.querySelector<HTMLElement>('[tabindex="0"]');
  row?.focus(options);
  if (row && document.activeElement === row) return;
  if (list?.isConnected && frames > 0) {
    requestAnimationFrame(() => focusRow(list, options, frames - 1));
  }
}

/** Called before the rows change: where the change draws the focused one anew, it gets the focus again. */
export function keepFocus(list: HTMLElement | undefined): void {
  if (!list?.contains(document.activeElement)) return;
  void tick().then(() => {
    if (document.activeElement === document.body) focusRow(list, { preventScroll: true });
  });
}
