/** Focus inside a list that only holds what is in sight. */
import { tick } from 'svelte';

/** Focuses the row that Tab reaches. One far away is drawn, measured and only then shown: some frames later. */
export function focusRow(
  list: HTMLElement | undefined,
  options: FocusOptions = {},
  frames = 20,
): void {
  requestAnimationFrame(() => {
    const row = list?.querySelector<HTMLElement>('[tabindex="0"]');
    row?.focus(options);
    const isThere = row !== null && document.activeElement === row;
    if (!isThere && list?.isConnected && frames > 0) focusRow(list, options, frames - 1);
  });
}

/** Called before the rows change: where the change draws the focused one anew, it gets the focus again. */
export function keepFocus(list: HTMLElement | undefined): void {
  if (!list?.contains(document.activeElement)) return;
  void tick().then(() => {
    if (document.activeElement === document.body) focusRow(list, { preventScroll: true });
  });
}
