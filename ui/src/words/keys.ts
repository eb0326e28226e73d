/** How keys are called on this computer. */
const isMac = /mac/i.test(globalThis.navigator?.platform ?? '');

/** `Ctrl+Z`, or `⌘Z` on a Mac. */
export const chord = (letter: string) => (isMac ? `⌘${letter}` : `Ctrl+${letter}`);
