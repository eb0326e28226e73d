/** What people read in the guide to SolveXia's API portal. Pure functions. */
import type { SignInMethod } from '../generated/contract';

export const GUIDE = {
  tokenTitle: 'Where an access token comes from',
  token:
    'A script or an API tool that signs in to SolveXia shows the token that it was given. Paste it at once: it is good for about ten minutes.',
  title: 'Where client id and secret come from',
  folded: 'Where client id and secret come from, in three steps',
};

export const GUIDE_STEPS = {
  create: {
    title: 'Open SolveXia’s API portal',
    words: 'Choose “Create new application”. If you cannot, an administrator of your SolveXia can.',
  },
  name: {
    title: 'Name it, paste the callback URL, allow what Runwatch does',
    words: (method: SignInMethod) =>
      `${
        method === 'browser'
          ? 'Any name will do, such as “Runwatch”. The callback URL must be exactly the one here.'
          : 'Any name will do. The callback URL matters only for signing in with the browser.'
      } Allow it “process”, “process_read” and “process_execute”; without the last, Runwatch only watches.`,
  },
  secret: {
    title: 'Copy client id and secret',
    words:
      'Into the fields here. SolveXia shows the secret once: copy it before you close the page.',
  },
};

/** What is written in the drawings, and what they show in words. */
export const DRAWINGS = {
  create: {
    said: 'Sketch of SolveXia’s API portal: a list of applications, and above it the button “Create new application”.',
    applications: 'Applications',
    createNew: 'Create new application',
  },
  name: {
    said: (url: string) =>
      `Sketch of the new application’s form: a field for its name, and below it the field for the callback URL, which holds ${url}.`,
  },
  secret: {
    said: 'Sketch of the finished application: its client id and its client secret, each with a copy button; a note says that the secret is shown once.',
    shownOnce: 'shown once',
  },
};
