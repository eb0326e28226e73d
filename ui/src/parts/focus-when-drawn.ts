/** For so many frames a row of a long list is waited for. */
const FRAMES = 30;

/** A row far away is drawn, and can take the focus, some frames after its list has scrolled to it. */
export function focusWhenDrawn(find: () => HTMLElement | null | undefined, frames = FRAMES): void {
  const found = find();
  found?.scrollIntoView({ block: 'nearest' });
  found?.focus();
  if (document.activeElement === found || frames === 0) return;
  requestAnimationFrame(() => focusWhenDrawn(find, frames - 1));
}
