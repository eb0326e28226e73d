/** The sections of the settings, in their order. */
export const SECTIONS = [
  'accounts',
  'notifications',
  'start',
  'poll-limits',
  'connection',
  'keyboard',
  'diagnostics',
  'about',
] as const;

export type Section = (typeof SECTIONS)[number];
