/** Focus inside a list that only holds what is in sight. */

/** Focuses the row that Tab reaches. One far away is drawn, measured and only then shown: some frames later. */
export function focusRow(list: HTMLElement | undefined, frames = 20): void {
  requestAnimationFrame(() => {
    const row = list?.querySelector<HTMLElement>('[tabindex="0"]');
    row?.focus();
    const isThere = row !== null && document.activeElement === row;
    if (!isThere && list?.isConnected && frames > 0) focusRow(list, frames - 1);
  });
}
