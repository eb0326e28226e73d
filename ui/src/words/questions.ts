/** What people are asked before something is done, as far as it does not depend on the run. Pure functions. */
import { BUTTONS } from './common';
import { count } from './runs';

/** Around every question. */
export const QUESTION = {
  label: 'What is asked',
  asItIsNow: 'Here is how it is now.',
  why: 'Why (optional)',
  whyHint: 'It is shown in Activity and in the evidence of a close, and is not sent to SolveXia.',
  oneMoment: 'One moment…',
};

/** What a fact of a question is, where it is not called by its own name. */
export const FACTS = {
  address: 'Address',
  statusNow: 'Status now',
  fromStep: 'From step',
  typed: 'You typed',
  notSaved: 'Not saved',
  damaged: 'Damaged',
  keptAs: 'Kept as',
  changes: 'What changes',
  closes: 'Closes',
  processesNow: 'Processes now',
};

export const ADD_GUESS = {
  title: (runId: string) => `Add ${runId}?`,
  explanation: 'You typed a number alone. It may not be the id of a run.',
  confirm: 'Add run',
  dismiss: 'Do not add',
};

const SECOND = 'If SolveXia created that run all the same, this creates a second run.';

export const CREATE_ANOTHER = {
  title: 'Create another run?',
  warning: {
    listed: `The answer to the first one was lost. ${SECOND}`,
    unlisted: `The answer to the first one was lost, and the runs of this process could not all be listed: look at them in SolveXia first. ${SECOND}`,
  },
  confirm: 'Create another run',
  dismiss: 'Do not create',
};

export const START = {
  title: 'Start this run?',
  confirm: 'Start run',
  dismiss: 'Do not start',
  sending: 'Starting…',
  button: 'Start',
  explanation: null,
};

export const START_OLDER = {
  title: 'Start this run the older way?',
  explanation:
    'SolveXia did not know the usual way to start this run. There is an older way that does the same. The run has not been started yet.',
};

export const CANCEL = {
  title: 'Cancel this run?',
  confirm: 'Cancel run',
  dismiss: 'Keep it going',
  sending: 'Cancelling…',
  button: 'Cancel run',
  explanation: 'SolveXia stops it where it is. Steps that are done stay done.',
};

export const CANCEL_OLDER = {
  title: 'Cancel this run the older way?',
  explanation:
    'SolveXia did not know the usual way to cancel this run. There is an older way that does the same. The run has not been cancelled yet.',
};

/** `place` is the step's, such as `1.3`. */
export const restartWords = (place: string) => ({
  title: `Restart this run from step ${place}?`,
  confirm: `Restart from ${place}`,
  dismiss: 'Do not restart',
  sending: `Restarting from step ${place}…`,
  button: 'Restart from here',
  explanation: 'This step and all steps after it run again. Steps before it keep what they did.',
});

/** What follows an action by itself. */
export const toldWords = (isPaused: boolean) =>
  isPaused
    ? 'Watching is paused, so Runwatch tells you how it ended only after you resume watching.'
    : 'Runwatch watches the run from here and tells you how it ends.';

export const nothingSent = (button: string) => `Nothing was sent. Choose ${button} again.`;
export const olderWay = (button: string) =>
  `There is an older way. Choose ${button} again to be asked about it.`;

export const REMOVE = {
  title: 'Remove this run from the list?',
  warning: 'It will no longer be watched, so you will not be told how it ends.',
  explanation: 'Nothing changes in SolveXia, and you can add it again at any time.',
  confirm: 'Remove from the list',
  dismiss: BUTTONS.keepIt,
};

export const removeSeveral = (all: number, awaited: number) => ({
  title: `Remove ${count(all, 'run')} from the list?`,
  warning: `${all === 1 ? 'It' : `${awaited.toLocaleString()} of them`} ${awaited === 1 ? 'is' : 'are'} watched and ${awaited === 1 ? 'has' : 'have'} not ended: you will not be told how ${awaited === 1 ? 'it ends' : 'they end'}.`,
  explanation: `Nothing changes in SolveXia, and you can add ${all === 1 ? 'it' : 'them'} again at any time.`,
  confirm: 'Remove from the list',
  dismiss: all === 1 ? BUTTONS.keepIt : 'Keep them',
});

export const NEW_HISTORY = {
  title: 'Start a new history?',
  warning:
    'The list, Inbox and Activity of the damaged history do not come back, and its runs are not watched: sign in and add again those that you need.',
  explanation:
    'The damaged file stays in the same folder under its new name, for support. What you have done since you opened Runwatch goes into the new history.',
  confirm: 'Start a new history',
  dismiss: 'Leave it as it is',
};

export const REMOVE_ACCOUNT = {
  title: 'Remove this account?',
  warning: (watched: number) =>
    `You watch ${count(watched, 'run')} with it: you will not be told how ${watched === 1 ? 'it ends' : 'they end'}.`,
  explanation:
    'Watching stops, its runs leave the list, and its secrets are deleted from this computer. Nothing changes in SolveXia.',
  wish: 'Also delete its history, Inbox entries and activity on this computer',
  confirm: 'Remove account',
  dismiss: BUTTONS.keepIt,
};

export const CLOSE_UNSAVED = {
  title: 'Close without saving?',
  confirm: 'Close without saving',
  dismiss: BUTTONS.goOnEditing,
};

/** What is lost in the settings. */
export const UNSAVED_SETTINGS =
  'What you changed there is lost; everything stays as it was saved before.';

/** So many of all met the same. */
export const ofAll = (message: string, failed: number, all: number) =>
  `${message} (${count(failed, 'run')} of ${all})`;

/** Quitting while these many watched runs go, and so many notifications were not shown. */
export function quitWords(runs: number, unshown: number) {
  const [one, single] = [runs === 1, unshown === 1];
  const missed = `${count(runs, 'watched run')} ${one ? 'has' : 'have'} not ended yet. You will not be told of ${one ? 'its end' : 'their ends'} until you open Runwatch again.`;
  const held = `${count(unshown, 'notification')} ${single ? 'was' : 'were'} not shown yet. ${single ? 'It is' : 'They are'} in the Inbox, and Runwatch shows ${single ? 'it' : 'them'} once you open it again.`;
  return {
    title: 'Quit Runwatch?',
    watched: one ? 'Watched' : 'Watched runs',
    notShown: 'Not shown yet',
    warning: [runs > 0 && missed, unshown > 0 && held].filter(Boolean).join(' '),
    explanation:
      'To keep watching without the window, close it instead: Runwatch stays open without it. Nothing changes in SolveXia either way.',
    confirm: runs === 0 ? 'Quit' : one ? 'Quit and miss its end' : 'Quit and miss their ends',
    dismiss: runs === 0 ? 'Stay open' : 'Keep watching',
  };
}

/** How many more are not named. */
export const moreNames = (n: number) => `and ${n.toLocaleString()} more`;
