/**
 * What people read: words and icons of statuses, durations, dates and ages. Pure functions. The words for
 * outcomes come from `core/src/words/outcomes.rs`.
 */
import {
  outcomeWords,
  type Muted,
  type Outcome,
  type RunRow,
  type StepRow,
} from '../generated/contract';

/** What colour a thing may take, always beside its icon and word. */
export type Tone = 'neutral' | 'busy' | 'good' | 'warn' | 'bad';

export type StatusIconName =
  | 'unread'
  | 'not-started'
  | 'scheduled'
  | 'running'
  | 'checking'
  | 'succeeded'
  | 'warnings'
  | 'failed'
  | 'cancelled'
  | 'timed-out'
  | 'skipped'
  | 'unverified'
  | 'unknown';

export interface Standing {
  word: string;
  icon: StatusIconName;
  tone: Tone;
}

/** The words are in the backend's `core/src/words/outcomes.rs`: notifications say the same. */
const OUTCOMES: Record<Outcome, Omit<Standing, 'word'>> = {
  succeeded: { icon: 'succeeded', tone: 'good' },
  warnings: { icon: 'warnings', tone: 'warn' },
  failed: { icon: 'failed', tone: 'bad' },
  cancelled: { icon: 'cancelled', tone: 'neutral' },
  'timed-out': { icon: 'timed-out', tone: 'bad' },
  unverified: { icon: 'unverified', tone: 'warn' },
};

const RUN_STATUSES: Partial<Record<string, Standing>> = {
  '': { word: 'Not read yet', icon: 'unread', tone: 'neutral' },
  NotStarted: { word: 'Not started', icon: 'not-started', tone: 'neutral' },
  Scheduled: { word: 'Scheduled', icon: 'scheduled', tone: 'busy' },
  Running: { word: 'Running', icon: 'running', tone: 'busy' },
};

const ENDED_WORDS = ['Finished', 'Cancelled', 'TimedOut'];

const STEP_STATUSES: Partial<Record<string, Standing>> = {
  '': { word: 'Not read yet', icon: 'unread', tone: 'neutral' },
  NotStarted: { word: 'Not started', icon: 'not-started', tone: 'neutral' },
  Scheduled: { word: 'Scheduled', icon: 'scheduled', tone: 'busy' },
  Running: { word: 'Running', icon: 'running', tone: 'busy' },
  Success: { word: 'Succeeded', icon: 'succeeded', tone: 'good' },
  Warning: { word: 'Warning', icon: 'warnings', tone: 'warn' },
  Failed: { word: 'Failed', icon: 'failed', tone: 'bad' },
  Cancelled: { word: 'Cancelled', icon: 'cancelled', tone: 'neutral' },
  Skipped: { word: 'Skipped', icon: 'skipped', tone: 'neutral' },
};

export function outcomeStanding(outcome: Outcome): Standing {
  return { word: outcomeWords[outcome], ...OUTCOMES[outcome] };
}

/** How a run stands. `Finished` alone never reads as a success: only its steps tell. */
export function runStanding(run: Pick<RunRow, 'status' | 'ended' | 'outcome' | 'gone'>): Standing {
  if (run.outcome) return outcomeStanding(run.outcome);
  if (run.gone) return { word: 'No longer in SolveXia', icon: 'unknown', tone: 'warn' };
  if (run.ended) {
    const word = ENDED_WORDS.includes(run.status) ? spaced(run.status) : 'Ended';
    return { word: `${word} – checking its steps…`, icon: 'checking', tone: 'busy' };
  }
  // An ended word without an end: a start was asked for here, and SolveXia shows the old state.
  if (ENDED_WORDS.includes(run.status)) {
    return { word: 'Start requested – waiting for SolveXia…', icon: 'scheduled', tone: 'busy' };
  }
  return known(RUN_STATUSES, run.status);
}

export function stepStanding(step: Pick<StepRow, 'status' | 'enabled' | 'byHand'>): Standing {
  if (!step.enabled && !step.byHand && step.status === '') {
    return { word: 'Switched off', icon: 'skipped', tone: 'neutral' };
  }
  return known(STEP_STATUSES, step.status);
}

/** A status that nobody knows is shown as SolveXia's own word. */
function known(table: Partial<Record<string, Standing>>, status: string): Standing {
  const found = Object.hasOwn(table, status) ? table[status] : undefined;
  return found ?? { word: cut(status, 40), icon: 'unknown', tone: 'neutral' };
}

const spaced = (word: string) =>
  word.charAt(0) + word.slice(1).replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);

/** A text cut for display: a 100,000-character name must not stop the page. */
export function cut(text: string, most = 300): string {
  return text.length > most ? `${text.slice(0, most - 1).trimEnd()}…` : text;
}

/** `48 s`, `15 min 32 s`, `1 h 04 min`: as the notifications say it. */
export function duration(seconds: number): string {
  const whole = Number.isFinite(seconds) ? Math.max(0, Math.round(seconds)) : 0;
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor(whole / 60) % 60;
  const rest = whole % 60;
  const two = (n: number) => String(n).padStart(2, '0');
  if (hours > 0) return `${hours} h ${two(minutes)} min`;
  if (minutes > 0) return rest === 0 ? `${minutes} min` : `${minutes} min ${two(rest)} s`;
  return `${rest} s`;
}

/** A duration that nobody takes to the second: `48 s`, `9 min 30 s`, `12 min`, `1 h 04 min`. */
export function roughly(seconds: number): string {
  return duration(seconds < 600 ? seconds : Math.round(seconds / 60) * 60);
}

/** From one to another: `9–18 min`, `50 s – 1 min 10 s`. Both are as exact as the longer one. */
export function between(low: number, high: number): string {
  const minutes = (seconds: number) => Math.max(1, Math.round(seconds / 60));
  const [from, to] = [minutes(low), minutes(high)];
  if (high < 600 || to >= 60) {
    const words = [roughly(low), roughly(high)];
    return words[0] === words[1] ? roughly(low) : words.join(' – ');
  }
  return from === to ? `${to} min` : `${from}–${to} min`;
}

interface Timed {
  started: number | null;
  finished: number | null;
  durationSeconds: number | null;
}

/** Only what runs ticks: of a status that nobody knows, nobody can say that it still goes on. */
export const isGoing = (run: Pick<RunRow, 'status' | 'ended' | 'gone'>) =>
  run.status === 'Running' && !run.ended && !run.gone;

/** Whether somebody still waits to be told how it ends. */
export const isAwaited = (run: Pick<RunRow, 'watched' | 'ended' | 'outcome'>) =>
  run.watched && !(run.ended && run.outcome !== null);

/** Whether the desktop shows nothing of it. A snooze that is over mutes nothing. */
export function mutedNow({ muted }: { muted: Muted | null }, now: number): Muted | null {
  return muted && (muted.until === null || muted.until > now) ? muted : null;
}

/** What becomes of what happens meanwhile. */
export function mutedWords({ until, account }: Muted, now: number): string {
  if (until === null) {
    const what = account ? 'Its account is muted' : 'Muted';
    return `${what}: what happens goes into the Inbox alone.`;
  }
  const what = account ? 'Its account is snoozed' : 'Snoozed';
  return `${what} until ${upcoming(until, now)}. What happens meanwhile is shown then.`;
}

/** How long something took, or takes so far; none where nobody can say. */
export function elapsed(timed: Timed, going: boolean, now: number): number | null {
  if (going) return timed.started === null ? null : Math.max(0, (now - timed.started) / 1000);
  if (timed.durationSeconds !== null) return timed.durationSeconds;
  if (timed.started === null || timed.finished === null) return null;
  return Math.max(0, (timed.finished - timed.started) / 1000);
}

/**
 * The moment to which something that goes on is drawn where nobody counts each second: in its first minute they are
 * counted, then steps of so many seconds since its start. What is drawn less often costs less.
 */
export function inSteps(started: number | null, now: number, seconds: number): number {
  if (started === null || now - started < 60_000) return now;
  return now - ((now - started) % (seconds * 1000));
}

const sameDay = (a: Date, b: Date) => a.toDateString() === b.toDateString();

/** The one form of a time of day, as this system writes it: `9:14 AM`, `09:14`. */
const clockTime = new Intl.DateTimeFormat(undefined, { timeStyle: 'short' });
const weekday = new Intl.DateTimeFormat(undefined, { weekday: 'long' });
const shortWeekday = new Intl.DateTimeFormat(undefined, { weekday: 'short' });
const dayMonth = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short' });
const dayMonthYear = new Intl.DateTimeFormat(undefined, {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
});
const whole = new Intl.DateTimeFormat(undefined, { dateStyle: 'full', timeStyle: 'long' });

/** Said beside the dates of a run while their zone is not known. */
export const ZONE_UNKNOWN =
  'SolveXia does not say in which time zone these dates are. Until Runwatch has learned it, they may be off by some hours.';

/** A short moment in the user's zone: `Today 09:14`, `Yesterday 16:02`, `3 Nov 09:14`. */
export function moment(at: number, now: number): string {
  const date = new Date(at);
  const today = new Date(now);
  const yesterday = new Date(today.getFullYear(), today.getMonth(), today.getDate() - 1);
  if (sameDay(date, today)) return `Today ${clockTime.format(date)}`;
  if (sameDay(date, yesterday)) return `Yesterday ${clockTime.format(date)}`;
  if (date.getFullYear() !== today.getFullYear()) return dayMonthYear.format(date);
  return `${dayMonth.format(date)} ${clockTime.format(date)}`;
}

/** As short as a column: `09:14` of today, `Wed 09:14` of the days around it, `3 Nov` of others. */
export function shortMoment(at: number, now: number): string {
  const date = new Date(at);
  const today = new Date(now);
  const inDays = (days: number) =>
    new Date(today.getFullYear(), today.getMonth(), today.getDate() + days);
  if (sameDay(date, today)) return clockTime.format(date);
  if (date >= inDays(-6) && date < inDays(7)) {
    return `${shortWeekday.format(date)} ${clockTime.format(date)}`;
  }
  return (date.getFullYear() === today.getFullYear() ? dayMonth : dayMonthYear).format(date);
}

/** What `shortMoment` writes at its widest, in the words of this system: near days, and far ones. */
export const WIDEST_MOMENTS = {
  near: Array.from({ length: 7 }, (_, day) => new Date(2024, 11, 22 + day, 22, 58)).map(
    (date) => `${shortWeekday.format(date)} ${clockTime.format(date)}`,
  ),
  far: Array.from({ length: 12 }, (_, month) => dayMonthYear.format(new Date(2024, month, 28))),
};

/** The time of day; with its day where that is another one. */
export function timeOfDay(at: number, now: number): string {
  const date = new Date(at);
  return sameDay(date, new Date(now)) ? clockTime.format(date) : moment(at, now);
}

/** A moment to come, after “until”: `8:00`, `tomorrow, 8:00`, `Monday, 8:00`, `5 Jan, 8:00`. */
export function upcoming(at: number, now = Date.now()): string {
  const date = new Date(at);
  const today = new Date(now);
  const inDays = (days: number) =>
    new Date(today.getFullYear(), today.getMonth(), today.getDate() + days);
  const time = clockTime.format(date);
  if (sameDay(date, today)) return time;
  if (sameDay(date, inDays(1))) return `tomorrow, ${time}`;
  return `${(date < inDays(7) ? weekday : dayMonth).format(date)}, ${time}`;
}

/** A day of a year, for a list of earlier runs: `30 Oct`, with its year where that is another one. */
export function dayOf(at: number, now: number): string {
  const date = new Date(at);
  const isThisYear = date.getFullYear() === new Date(now).getFullYear();
  return (isThisYear ? dayMonth : dayMonthYear).format(date);
}

/** The whole moment with its zone, for a title. */
export function fullMoment(at: number): string {
  return whole.format(new Date(at));
}

/**
 * `just now`, `5 s ago`, `12 min ago`, `3 h ago`, `2 days ago`. Seconds go in fives: what is drawn less often costs
 * less.
 */
export function age(at: number, now: number): string {
  const seconds = Math.max(0, Math.round((now - at) / 1000));
  if (seconds < 5) return 'just now';
  if (seconds < 60) return `${seconds - (seconds % 5)} s ago`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min ago`;
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return `${hours} h ago`;
  return `${Math.floor(hours / 24)} days ago`;
}

/** `1 run`, `12 runs`. */
export function count(n: number, one: string, many = `${one}s`): string {
  return `${n.toLocaleString()} ${n === 1 ? one : many}`;
}

/** Compares places such as `1.2` and `1.10` by number, part by part. */
export function compareOrder(a: string, b: string): number {
  // A range, such as `1.3 – 1.5`, stands where it begins.
  const parts = (place: string) => (place.split(' ')[0] ?? '').split('.');
  const left = parts(a);
  const right = parts(b);
  for (let i = 0; i < Math.max(left.length, right.length); i += 1) {
    const difference = Number(left[i] ?? -1) - Number(right[i] ?? -1);
    if (difference !== 0 && !Number.isNaN(difference)) return difference;
  }
  return 0;
}

/** `https://app.solvexia.com` as people say it. */
export function host(origin: string): string {
  return origin.replace(/^https?:\/\//, '');
}

/** The origin that the environment field means: a prefix (`app`), a host, or a whole address. */
export function originOf(typed: string): string {
  const text = typed.trim().toLowerCase();
  if (/^[a-z0-9-]+$/.test(text)) return `https://${text}.solvexia.com`;
  const address = text.includes('://') ? text : `https://${text}`;
  return URL.canParse(address) ? new URL(address).origin : text;
}

/** What is left, as a clock shows it: `7:12`, `0:05`. */
export function countdown(seconds: number): string {
  const left = Math.max(0, Math.ceil(seconds));
  return `${Math.floor(left / 60)}:${String(left % 60).padStart(2, '0')}`;
}

/** That a run stands otherwise than before. */
export interface RunChange {
  name: string;
  word: string;
}

/** Many changes in one sentence: `12 runs changed. Failed: 3. Succeeded: 9.` */
export function summary(changes: RunChange[]): string {
  const counts = new Map<string, number>();
  for (const { word } of changes) counts.set(word, (counts.get(word) ?? 0) + 1);
  const parts = [...counts].map(([word, count]) => `${word}: ${count.toLocaleString()}`);
  return `${changes.length.toLocaleString()} runs changed. ${parts.join('. ')}.`;
}
