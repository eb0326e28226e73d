/** Keys that work wherever nothing is being typed. */
import type { App } from '../../state/app.svelte';

export const SHORTCUTS: { keys: string[]; words: string }[] = [
  { keys: ['/'], words: 'Search the list of runs' },
  { keys: ['N'], words: 'Add a run by its id or address' },
  { keys: ['↑', '↓'], words: 'Move through the list' },
  { keys: ['Enter'], words: 'Open the run that has the focus' },
  { keys: ['R'], words: 'Refresh the open run' },
  { keys: ['W'], words: 'Watch the open run, or stop watching it' },
  { keys: ['I'], words: 'Open or close the Inbox' },
  { keys: ['A'], words: 'Open or close Activity' },
  { keys: ['Esc'], words: 'Close what is open on top' },
  { keys: ['?'], words: 'Show this list' },
];

/** Start, cancel and restart have no key on purpose: they are asked about by name. */
export function shortcut(app: App, event: KeyboardEvent): void {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
  if (document.querySelector('dialog[open]')) return;
  if (event.key === 'Escape' && app.panel) {
    event.preventDefault();
    return app.closePanel();
  }
  if (isTyping(event.target) || app.page !== 'runs') return;
  const act = action(app, event.key);
  if (!act) return;
  event.preventDefault();
  act();
}

function action(app: App, key: string): (() => void) | null {
  const row = app.open.row;
  switch (key.toLowerCase()) {
    case '/':
      return () => focus('search');
    case 'n':
      return () => focus('add-run-id');
    case 'r':
      return row && (() => void app.open.refresh());
    case 'w':
      return row && (() => app.list.watch(row));
    case 'i':
      return () => app.openPanel('inbox');
    case 'a':
      return () => app.openPanel('activity');
    case '?':
      return () => (app.sheet = 'shortcuts');
    default:
      return null;
  }
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement;
}

/** Puts the focus into a field by its handle. */
export function focus(testid: string): void {
  document.querySelector<HTMLElement>(`[data-testid="${testid}"]`)?.focus();
}
