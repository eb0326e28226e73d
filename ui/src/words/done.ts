/** What is said of something that was just done, mostly with an offer to undo it. Pure functions. */

/** `what` names a run, or counts several. */
export const DONE = {
  watching: (what: string) => `Watching ${what}.`,
  watchingThis: 'Watching this run.',
  notWatching: (what: string) => `No longer watching ${what}.`,
  muted: (what: string) => `${what} muted.`,
  snoozed: (what: string) => `${what} snoozed.`,
  snoozedUntil: (what: string, when: string) => `${what} snoozed until ${when}.`,
  handled: (what: string) => `${what} marked as dealt with.`,
  unhandled: (what: string) => `${what} needs attention again.`,
  added: (what: string, runId: string) => `${what} (${runId}) is in the list.`,
  archived: (what: string) => `${what} archived.`,
  stepRemoved: (what: string) => `Step ${what} removed from the list.`,
  removed: (what: string) => `${what} removed from the list.`,
  undo: (what: string, keys: string) => `${what} To undo it, press ${keys}.`,
  undone: 'Undone.',
};

/** Of several that are started one after the other. */
export const STARTING = {
  cannot: 'It cannot be started now.',
  hasEnded: 'It has ended: start it again from its own page.',
  stopped: 'You stopped here.',
  notSent: 'Not sent.',
  busy: 'Another action on this run is under way.',
  sending: 'Being sent…',
  older: ' Open it to start it the older way.',
  changed: (asked: string) =>
    `It has changed since you were asked (it was “${asked}”). Nothing was sent.`,
};
