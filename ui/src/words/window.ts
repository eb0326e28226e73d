/** What people read around everything else: the top bar, the way back, what was just done. */
import { TERMS } from './common';

export const WINDOW = {
  opening: 'Opening…',
  couldNotOpen: 'Runwatch could not open',
  toList: 'Back to the list',
  toBoard: 'Back to the board',
  closePanel: (panel: string) => `Close ${panel}`,
  closePanelTitle: 'Close (Esc)',
  sampleOpens: 'The sample data opens in a second window.',
};

export const TOP_BAR = {
  label: 'Lists, account and settings',
  sample: 'Sample data',
  settingsTitle: (keys: string) => `Settings (${keys})`,
  board: 'Close board',
  boardTitle: 'Close board: will the month-end make its cut-off?',
  listTitle: 'Back to the list of runs',
  inbox: (unread: number) => (unread > 0 ? `${TERMS.inbox}, ${unread} unread` : TERMS.inbox),
};

/** In Inbox and Activity, while the history cannot be read. */
export const UNREAD =
  'The history cannot be read at the moment, so entries may be missing here. It is tried again every few seconds.';

export const UNDO = {
  label: 'Just done',
  undo: 'Undo',
  title: (keys: string) => `Undo (${keys})`,
};
