/** What people read in the command palette. */
import type { OfferKind } from '../state/palette.svelte';

/** What the offers of a kind are called together. */
export const KIND_WORDS: Record<OfferKind, string> = {
  'run-action': 'Open run',
  view: 'Views',
  action: 'Actions',
  process: 'Processes',
  run: 'Runs',
};

export const foundWords = (count: number, most: number) => {
  if (count === 0) return 'Nothing was found';
  return count < most ? `${count} found` : `The first ${most}. Type more to see others.`;
};
