/**
 * What the sample runs show, frame by frame: recorded data, played back. Nothing here is worked out from
 * steps or dates; how a run ends is decided by the backend alone.
 */
import type { Availability, Forecast, Outcome } from '../../generated/contract';

/** Which of the recorded sets of buttons a frame shows. */
export type Buttons = 'to-start' | 'going' | 'ended' | 'unknown-status' | 'read-only';

/** One moment of a run. */
export interface Frame {
  status: string;
  ended: boolean;
  outcome: Outcome | null;
  summary: string;
  buttons: Buttons;
  /** The words of its steps in order; the last one counts for all that follow. None: as before. */
  steps: string[] | null;
  /** What is told when it is reached. */
  told: { outcome: Outcome; title: string } | null;
}

const yes = (warning: string | null = null): Availability => ({
  allowed: true,
  reason: null,
  warning,
});
const no = (reason: string): Availability => ({ allowed: false, reason, warning: null });

export const BUTTONS: Record<
  Exclude<Buttons, 'read-only'>,
  { start: Availability; cancel: Availability; restart: Availability }
> = {
  'to-start': {
    start: yes(),
    cancel: no('It has not started.'),
    restart: no('The run has not started yet.'),
  },
  going: { start: no('It is running.'), cancel: yes(), restart: no('The run is going.') },
  ended: {
    start: yes('It has run before. Starting it again runs all its steps again.'),
    cancel: no('It has ended.'),
    restart: yes(),
  },
  'unknown-status': {
    start: no(
      'SolveXia says “AwaitingApproval”, which Runwatch does not know, so it cannot tell whether a start is safe.',
    ),
    cancel: yes(),
    restart: no('The run may be going.'),
  },
};

export const noButtons = (reason: string) => ({
  start: no(reason),
  cancel: no(reason),
  restart: no(reason),
});

/** The restart of a step that is switched off. */
export const SWITCHED_OFF = no('This step is switched off in SolveXia.');

const frame = (over: Partial<Frame>): Frame => ({
  status: 'Running',
  ended: false,
  outcome: null,
  summary: 'It is running.',
  buttons: 'going',
  steps: null,
  told: null,
  ...over,
});

const BEING_READ = 'It has ended. Its steps are being read to see how.';

/** A run that was started, or restarted, until it has succeeded. */
export const STARTED: Frame[] = [
  frame({
    status: 'Scheduled',
    summary: 'It is scheduled and starts soon.',
    steps: ['NotStarted'],
  }),
  frame({ steps: ['Running', 'NotStarted'] }),
  frame({ steps: ['Success', 'Running', 'NotStarted'] }),
  frame({ steps: ['Success', 'Success', 'Running', 'NotStarted'] }),
  frame({
    status: 'Finished',
    ended: true,
    summary: BEING_READ,
    buttons: 'ended',
    steps: ['Success'],
  }),
  frame({
    status: 'Finished',
    ended: true,
    outcome: 'succeeded',
    summary: 'All listed steps succeeded.',
    buttons: 'ended',
    told: { outcome: 'succeeded', title: 'Succeeded' },
  }),
];

/** A run that was going when the page opened, until one of its steps has failed. */
export const GOING: Frame[] = [
  frame({ steps: ['Success', 'Success', 'Success', 'Running', 'NotStarted'] }),
  frame({
    status: 'Finished',
    ended: true,
    summary: BEING_READ,
    buttons: 'ended',
    steps: ['Success', 'Success', 'Success', 'Failed', 'NotStarted'],
  }),
  frame({
    status: 'Finished',
    ended: true,
    outcome: 'failed',
    summary: '1 of 5 listed steps failed.',
    buttons: 'ended',
    told: { outcome: 'failed', title: 'Failed' },
  }),
];

/** A run that was cancelled. */
export const CANCELLED: Frame[] = [
  frame({
    status: 'Cancelled',
    ended: true,
    outcome: 'cancelled',
    summary: 'It was cancelled.',
    buttons: 'ended',
    steps: ['Success', 'Cancelled', 'NotStarted'],
    told: { outcome: 'cancelled', title: 'Cancelled' },
  }),
];

const LATEST = [731, 694, 802, 655, 760, 1088, 720, 548, 707, 733];

/** What earlier runs say: a process with ten of them, as seen at `now`, or with none. */
export function forecastOf(known: boolean, going: boolean, now = Date.now()): Forecast {
  const soon = (seconds: number) => now + seconds * 1000;
  return {
    learnedFrom: known ? LATEST.length : 0,
    usualSeconds: known ? 720 : null,
    bandSeconds: known ? [540, 1080] : null,
    ends: known && going ? soon(240) : null,
    endsBetween: known && going ? [soon(120), soon(480)] : null,
    progress: going ? 0.6 : null,
    stepsOver: going ? 2 : null,
    stepsCounted: going ? 5 : null,
    isLate: false,
    isLong: false,
    latest: known
      ? LATEST.map((seconds, i) => ({
          runId: `pr-${261000 - i * 411}`,
          ended: now - (i + 1) * 86_400_000,
          seconds,
        }))
      : [],
  };
}
