/** How keys are called on this computer, and what they do. */
import { ADDING } from './adding';
import { TERMS } from './common';
import { FILTERS } from './list-views';
import { PALETTE } from './palette';

const isMac = /mac/i.test(globalThis.navigator?.platform ?? '');

/** `Ctrl+Z`, or `⌘Z` on a Mac. */
export const chord = (letter: string) => (isMac ? `⌘${letter}` : `Ctrl+${letter}`);

/** What keys do, for the list of them. */
export const KEY_WORDS = {
  palette: PALETTE.label,
  search: FILTERS.search,
  add: ADDING.field,
  toList: 'From the search to the list',
  move: 'Move through the list',
  open: 'Open the run that has the focus',
  select: 'Select runs',
  selectAll: 'Select all runs in this list, while the focus is in the list',
  handle: 'Mark as dealt with: the selected runs, or else the one that has the focus',
  refresh: 'Refresh the open run',
  undo: 'Undo what was just done, while it is offered',
  toUndo: 'Go to the message that offers to undo',
  zoom: 'Zoom in, zoom out, usual size',
  settings: TERMS.settings,
  list: 'Show this list',
  close: 'Close what is open on top',
  inbox: 'Open or close the Inbox',
  activity: 'Open or close Activity',
};
