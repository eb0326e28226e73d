/** What people read where notifications are muted. Pure functions. */

/** How long, beside what is muted. */
export const MUTE = {
  hour: 'Snooze 1 hour',
  until: (when: string) => `Until ${when}`,
  nextMorning: 'the next working morning',
  forever: 'Mute',
  unmute: 'Show again',
  settings: 'Notifications…',
};

/** `told` says that an end is told; of a run that SolveXia no longer has, only if it is back. */
export const toldOf = (told: string, isGone: boolean) =>
  isGone ? `${told}, should SolveXia have it again.` : `${told}.`;
