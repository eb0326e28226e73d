/** What people read around the list of runs: its tabs, its filters, its columns, today. Pure functions. */
import type { ListColumn } from '../generated/contract';
import { count } from './runs';

/** The heads of its columns. */
export const COLUMN_WORDS: Record<ListColumn, string> = {
  run: 'Run',
  'now-at': 'Now at',
  ends: 'Ends',
  took: 'Took',
};

export const VIEWS = {
  label: 'Views',
  runs: 'Runs in this view',
  selected: 'Selected',
  today: 'Timeline of today',
  save: 'Save this view…',
  saveTitle: 'Save this view, with its filters and order…',
  endsLast: 'Ends last:',
};

export const FILTERS = {
  placeholder: 'Name, id or step',
  search: 'Search the runs',
  since: 'Since',
  clear: 'Clear',
};

/** Runs that need somebody and are out of sight. */
export const HIDDEN = {
  words: (n: number) =>
    `${count(n, 'more run')} ${n === 1 ? 'needs' : 'need'} attention, hidden by the filters.`,
  show: 'Show all',
};

/** Archived runs that are shown, or that the search finds. */
export const ARCHIVED = {
  shown: (n: number) => `${count(n, 'archived run')} shown.`,
  match: (n: number) => `${count(n, 'archived run')} ${n === 1 ? 'matches' : 'match'}.`,
  hide: 'Hide',
  show: 'Show',
};

/** What the marks of a row say to those who do not see them. */
export const ROW = {
  select: (name: string) => `Select ${name}`,
  stale: 'Not up to date',
  staleTitle: (state: string) => `Not up to date: ${state}`,
  archived: 'Archived',
  handled: 'Dealt with',
  muted: 'Watched, muted',
  mutedTitle: 'Watched and muted: its end goes into the Inbox',
  watched: 'Watched',
  watchedTitle: (told: string) => `Watched. ${told}`,
  unread: 'Read failed',
};

export const TODAY = {
  label: 'Runs of today',
  empty: 'Nothing today',
  emptyWords: 'None of the runs in this view ran today or runs now.',
  when: 'When',
};
