/**
 * Keys. A single letter only opens or closes something, only in the list or in the panel that it opened, and
 * only where its user wants letters to do so: typed by mistake it changes nothing.
 */
import { tick } from 'svelte';
import type { App } from '../../state/app.svelte';
import { chord, KEY_WORDS } from '../../words/keys';

export interface Shortcut {
  keys: string[];
  words: string;
  /** It works only while single letters are switched on and the focus is in the list, or in the panel it closes. */
  isLetter?: boolean;
}

export const SHORTCUTS: Shortcut[] = [
  { keys: [chord('K')], words: KEY_WORDS.palette },
  { keys: [chord('F')], words: KEY_WORDS.search },
  { keys: [chord('N')], words: KEY_WORDS.add },
  { keys: ['↓'], words: KEY_WORDS.toList },
  { keys: ['↑', '↓'], words: KEY_WORDS.move },
  { keys: ['Enter'], words: KEY_WORDS.open },
  { keys: ['Space', 'Shift+↓', 'Shift+↑'], words: KEY_WORDS.select },
  { keys: [chord('A')], words: KEY_WORDS.selectAll },
  { keys: [chord('D')], words: KEY_WORDS.handle },
  { keys: [chord('R')], words: KEY_WORDS.refresh },
  { keys: [chord('Z')], words: KEY_WORDS.undo },
  { keys: ['F6'], words: KEY_WORDS.toUndo },
  { keys: [chord('+'), chord('−'), chord('0')], words: KEY_WORDS.zoom },
  { keys: [chord(',')], words: KEY_WORDS.settings },
  { keys: ['F1'], words: KEY_WORDS.list },
  { keys: ['Esc'], words: KEY_WORDS.close },
  { keys: ['I'], words: KEY_WORDS.inbox, isLetter: true },
  { keys: ['A'], words: KEY_WORDS.activity, isLetter: true },
  { keys: ['/'], words: KEY_WORDS.search, isLetter: true },
  { keys: ['?'], words: KEY_WORDS.list, isLetter: true },
];

type Act = (() => void) | null;

/** Start, cancel and restart have no key on purpose: they are asked about by name. */
export function shortcut(app: App, event: KeyboardEvent): void {
  if (event.defaultPrevented || event.altKey) return;
  const key = event.key.toLowerCase();
  const isChord = event.ctrlKey || event.metaKey;
  // Wherever it is pressed, the web view's own would load the page anew.
  if (isChord && key === 'r') event.preventDefault();
  const act = (isChord ? byZoom(app, key) : null) ?? (isCovered() ? null : uncovered(app, event));
  if (!act) return;
  event.preventDefault();
  act();
}

/** What is open on top has keys of its own. */
const isCovered = () => document.querySelector('dialog[open], [role="menu"]') !== null;

function byZoom(app: App, key: string): Act {
  const how = { '+': 'in', '=': 'in', '-': 'out', _: 'out', '0': 'reset' }[key];
  return how ? () => app.pageChoices.zoom(how as 'in' | 'out' | 'reset') : null;
}

function uncovered(app: App, event: KeyboardEvent): Act {
  const key = event.key.toLowerCase();
  if (key === 'escape') return escape(app, event);
  if (app.page === 'loading' || app.page === 'broken') return null;
  const isChord = event.ctrlKey || event.metaKey;
  if (key === 'f1') return () => app.settings.show('keyboard');
  if (isChord && key === 'k') return () => app.palette.open();
  if (isChord && key === ',') return () => app.settings.show();
  if (app.page !== 'runs') return null;
  if (key === 'f6') return app.undo.shown.length > 0 ? () => focus('undo') : null;
  return isChord ? byChord(app, key, event) : byLetter(app, key, event);
}

/** One step back: what is selected, then the panel; the panel alone where it covers that or has the focus. */
function escape(app: App, { target }: KeyboardEvent): Act {
  const isSelecting = !app.isUnderPanel && find('bulk-bar') !== null;
  if (isSelecting && !isIn('aside', target)) return () => app.selection.clear();
  return app.panel && (() => app.closePanel());
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

function byLetter(app: App, key: string, { target }: KeyboardEvent): Act {
  if (!app.pageChoices.now.letters || isTyping(target)) return null;
  if (isIn('aside', target)) return closing(app, key);
  if (!isIn('[role="grid"]', target)) return null;
  switch (key) {
    case '?':
      return () => app.settings.show('keyboard');
    case '/':
      return () => focusInList(app, 'search');
    case 'i':
      return () => app.togglePanel('inbox');
    case 'a':
      return () => app.togglePanel('activity');
    default:
      return null;
  }
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement;
}

/** The letter that opened a panel closes it from inside, where the focus is then. */
function closing(app: App, key: string): Act {
  const panel = { i: 'inbox', a: 'activity' }[key];
  return panel !== undefined && panel === app.panel ? () => app.closePanel() : null;
}

function isIn(place: string, target: EventTarget | null): boolean {
  return target !== null && (target as Element).closest(place) !== null;
}

/** In a narrow window the open run, or a panel, may be in the list's way. */
export function focusInList(app: App, testid: string): void {
  app.showList();
  // The bar of what is selected stands where the search does.
  if (testid === 'search') app.selection.clear();
  void tick().then(() => focus(testid));
}

/** Puts the focus into a field by its handle. */
export function focus(testid: string): void {
  find(testid)?.focus();
}

/** The row of the list that Tab reaches. Answers whether there is one. */
export function focusList(): boolean {
  const row = document.querySelector<HTMLElement>('[data-testid="run-row"][tabindex="0"]');
  row?.focus();
  return row !== null;
}

const find = (testid: string) => document.querySelector<HTMLElement>(`[data-testid="${testid}"]`);
