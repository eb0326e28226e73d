/** Keys. A single letter only opens something, and only in the list: typed by mistake it changes nothing. */
import { tick } from 'svelte';
import type { App } from '../../state/app.svelte';
import { chord } from '../../words/keys';

export const SHORTCUTS: { keys: string[]; words: string }[] = [
  { keys: [chord('F'), '/'], words: 'Search the list of runs' },
  { keys: [chord('N')], words: 'Add runs by their ids or addresses' },
  { keys: ['↑', '↓'], words: 'Move through the list' },
  { keys: ['Enter'], words: 'Open the run that has the focus' },
  { keys: ['Space', 'Shift+↓', 'Shift+↑'], words: 'Select runs' },
  { keys: [chord('A')], words: 'Select all runs in sight, while the focus is in the list' },
  { keys: [chord('R')], words: 'Refresh the open run' },
  { keys: [chord('Z')], words: 'Undo what was just done, while it is offered' },
  { keys: ['I'], words: 'Open the Inbox, while the focus is in the list' },
  { keys: ['A'], words: 'Open Activity, while the focus is in the list' },
  { keys: ['Esc'], words: 'Close what is open on top' },
  { keys: ['?'], words: 'Show this list' },
];

type Act = (() => void) | null;

/** Start, cancel and restart have no key on purpose: they are asked about by name. */
export function shortcut(app: App, event: KeyboardEvent): void {
  if (event.defaultPrevented || event.altKey) return;
  const key = event.key.toLowerCase();
  const isChord = event.ctrlKey || event.metaKey;
  // Wherever it is pressed, the web view's own would load the page anew.
  if (isChord && key === 'r') event.preventDefault();
  if (document.querySelector('dialog[open]')) return;
  if (event.key === 'Escape' && app.panel) {
    event.preventDefault();
    return app.closePanel();
  }
  if (app.page !== 'runs') return;
  const act = isChord ? byChord(app, key, event) : byKey(app, key, event);
  if (!act) return;
  event.preventDefault();
  act();
}

function byChord(app: App, key: string, { target, shiftKey }: KeyboardEvent): Act {
  if (shiftKey) return null;
  switch (key) {
    case 'f':
      return () => focusInList(app, 'search');
    case 'n':
      return () => focusInList(app, 'add-run-id');
    case 'r':
      return () => void app.open.refresh();
    case 'z':
      // What was typed has its own undo.
      return isTyping(target) || app.undo.shown.length === 0
        ? null
        : () => void app.undo.takeNewest();
    default:
      return null;
  }
}

function byKey(app: App, key: string, { target }: KeyboardEvent): Act {
  if (isTyping(target)) return null;
  if (key === '?') return () => (app.sheet = 'shortcuts');
  if (key === '/') return () => focusInList(app, 'search');
  if (!isInList(target)) return null;
  if (key === 'i') return () => app.openPanel('inbox');
  if (key === 'a') return () => app.openPanel('activity');
  return null;
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement;
}

function isInList(target: EventTarget | null): boolean {
  return target !== null && (target as Element).closest('[role="grid"]') !== null;
}

/** In a narrow window the open run may be in the list's place, and the board in any. */
function focusInList(app: App, testid: string): void {
  app.inFront = 'list';
  if (testid === 'search') app.closes.leave();
  void tick().then(() => focus(testid));
}

/** Puts the focus into a field by its handle. */
export function focus(testid: string): void {
  document.querySelector<HTMLElement>(`[data-testid="${testid}"]`)?.focus();
}
