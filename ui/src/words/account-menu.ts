/** What people read in the menu of an account and in its dialogs. Pure functions. */

export const ACCOUNT_MENU = {
  thisAccount: 'This account',
  accounts: 'Accounts',
  leave: 'Leave',
  details: 'Account details…',
  name: 'Name and colour…',
  openSolvexia: 'Open SolveXia in the browser',
  add: 'Add another account…',
  connect: 'Connect to SolveXia…',
  signOut: 'Sign out',
  signOutHint: 'Nothing is lost: the list is kept, watching pauses.',
  signOutSampleHint: 'The sample data signs in again when it is next started.',
  remove: 'Remove this account…',
  find: 'Find anything…',
  quit: 'Quit Runwatch',
  readOnly: 'It can look, but not start, cancel or restart runs.',
  paused: (state: string) => `${state}. The list is kept, watching is paused.`,
};

export const ACCOUNT_DETAILS = {
  title: 'Account details',
  label: 'Details',
  state: 'State',
  signsInWith: 'Signs in with',
  secret: 'Secret',
  dates: 'Dates',
  datesUnknown:
    'Not known yet. SolveXia’s dates name no time zone, so durations and expected ends rest on what Runwatch has seen itself until then.',
  rights: 'What this account may do in SolveXia',
  notAllowed: 'Not allowed:',
  rightsUnknown: 'SolveXia has not said. Runwatch finds out as you use it.',
};

export const NAMING = {
  title: 'Name and colour',
  hint: (environment: string) =>
    `As you call it in at most 60 characters, such as “Production” or “Sandbox”. Its environment is ${environment}.`,
  colour: 'Colour',
  lacksName: 'Type a name, so that you can tell this account from others.',
};

/** What is left of a pasted token. */
export const TOKEN = {
  title: 'A pasted access token cannot be renewed. Sign in again with a new one before it ends.',
  atMost: 'Access token: at most',
  endsSoon: 'The access token ends in less than two minutes.',
};

export const STILL_UNREAD = 'The keychain still cannot be read.';
