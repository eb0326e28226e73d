/** What people read in the settings. Pure functions. */

/** Its sections, by `Section`. */
export const SECTION_WORDS = {
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
export const SAVED = 'Saved.';

export const ACCOUNTS = {
  none: 'There is no account yet.',
  details: 'Details…',
  remove: 'Remove…',
};

export const NOTIFICATIONS = {
  always:
    'These settings are for the notifications of this computer’s desktop. The Inbox always gets everything.',
  show: 'Show when a watched run',
  long: 'Runs much longer than usual',
  quietHours: 'Quiet hours',
  hold: 'Hold notifications each day, and sum them up afterwards',
  from: 'From',
  to: 'to',
  timeHint: 'such as 18:30 or 6:30 pm',
  failuresPierce: 'Show failures all the same',
  privacy: 'Privacy',
  hideDetails: 'Hide names and messages, as others may see the screen',
  muteAccount: 'Mute a whole account, at once',
};

export const START = {
  withComputer: 'With the computer',
  launch: 'Start Runwatch with the computer, so that you are notified after a restart, too',
  closed: 'When the window is closed',
  closedWords:
    'Runwatch stays in the tray while a watched run has not ended, and tells you how it ends. Its icon there opens the window again, pauses watching or quits. While no watched run is going, closing the window quits Runwatch; started with the computer, it stays in the tray until you quit it.',
};

export const POLL_LIMITS = {
  explanation:
    'While this window is open, SolveXia is asked about running runs every few seconds. Behind a closed window, Runwatch learns how long each process usually takes, and asks often around the usual end and seldom before it. It stays between these two.',
  shortest: 'Never more often than every',
  seconds: 'seconds',
  longest: 'Never less often than every',
  minutes: 'minutes',
  defaults:
    'The defaults are 5 seconds and 5 minutes. A run that has not been started is checked once a minute.',
  cannotSet: 'That cannot be set',
};

export const ZOOM = {
  title: 'Zoom',
  in: 'Zoom in',
  out: 'Zoom out',
  reset: 'Usual size',
  now: (percent: number) => `${percent}%`,
  said: (percent: number) => `Zoom: ${percent}%.`,
};

export const KEYBOARD = {
  keys: 'Keys',
  letters: 'Single letters, while the focus is in the list',
  allow: 'Letters open and close things. They change nothing.',
};

export const DIAGNOSTICS = {
  words:
    'This is the whole text that is copied. It holds no secrets, no names of runs and no figures, so that you can send it to whoever helps you.',
  collecting: 'Collecting…',
  copy: 'Copy the diagnostics',
  text: 'The text',
};

export const ABOUT = {
  unknownVersion: 'unknown',
  words:
    'Runwatch watches your process runs in SolveXia and tells you how they really ended. It is independent of SolveXia: not made, supported or endorsed by SolveXia.',
  dataFolder: 'Data folder',
  copyDataFolder: 'Copy the data folder',
  simulated: 'Simulated SolveXia',
};
