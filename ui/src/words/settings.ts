/** What people read in the settings. */
import type { Section } from '../state/sections';

export const SECTION_WORDS: Record<Section, string> = {
  accounts: 'Accounts',
  notifications: 'Notifications',
  start: 'Start and tray',
  'poll-limits': 'How often SolveXia is asked',
  connection: 'Proxy and connection',
  keyboard: 'Keyboard and zoom',
  diagnostics: 'Diagnostics',
  about: 'About Runwatch',
};

/** Beside a section in which something was changed. */
export const UNSAVED = 'Not saved yet';
