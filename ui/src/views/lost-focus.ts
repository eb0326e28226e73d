/**
 * The keyboard's focus is never left on the page's body because what had it went: a button of the open run, a
 * bar above the list, or a dialog whose opener is gone by now.
 */

/** Where it goes: what the dialog that is open begins with, else the row that Tab reaches, else the open run. */
const IN_DIALOG = ['dialog[open] [data-focus-first]'];
const IN_PAGE = ['#runs [role="rowgroup"] [tabindex="0"]', '#run-title'];

export function neverLost(): () => void {
  let last: Element | null = null;
  let frame = 0;

  const isOnBody = () =>
    document.activeElement === document.body || document.activeElement === null;

  /** Who points at nothing wants the focus nowhere. */
  const remember = () => (last = isOnBody() ? null : document.activeElement);

  function find() {
    if (!isOnBody() || last === null || last.isConnected) return;
    const isAsked = document.querySelector('dialog[open]') !== null;
    for (const selector of isAsked ? IN_DIALOG : IN_PAGE) {
      document.querySelector<HTMLElement>(selector)?.focus();
      if (!isOnBody()) return;
    }
  }

  // What closes or is drawn anew gives the focus back itself, if it can.
  const observer = new MutationObserver(() => {
    if (!isOnBody() || last === null) return;
    cancelAnimationFrame(frame);
    frame = requestAnimationFrame(find);
  });
  observer.observe(document.body, { childList: true, subtree: true });
  document.addEventListener('focusin', remember);
  document.addEventListener('pointerup', remember);
  return () => {
    observer.disconnect();
    cancelAnimationFrame(frame);
    document.removeEventListener('focusin', remember);
    document.removeEventListener('pointerup', remember);
  };
}
