/** Times of a close, in the zone of its plan: by the system's habits, never by its zone. Pure functions. */

export interface Times {
  /** `18:00` today, `Wed 18:00` within a week, else `4 Nov 18:00`. */
  time(at: number, now: number): string;
  /** Both ends of a band beside its middle: the day is said only where it is another one than the middle's. */
  band(early: number, late: number, middle: number, now: number): [string, string];
  /** The same as short as a column. */
  range(early: number, late: number, middle: number, now: number): string;
  /** A day and its time, whatever today is: `Wed, 4 Nov, 18:00`. */
  day(at: number): string;
  /** A mark on an axis that is days long: `Wed 4`. */
  dayMark(at: number): string;
  /** The hour alone, for an axis. */
  hour(at: number): string;
  /** The whole moment with its zone, for a title. */
  full(at: number): string;
  /** By how much this zone is ahead of UTC at a moment (ms). */
  ahead(at: number): number;
}

const DAY = 86_400_000;
const known = new Map<string, Times>();

/** The times of a zone. One that this computer does not know is shown as its own. */
export function timesIn(zone: string): Times {
  let times = known.get(zone);
  if (!times) {
    times = makeTimes(zone);
    known.set(zone, times);
  }
  return times;
}

function makeTimes(zone: string): Times {
  const timeZone = isZone(zone) ? zone : undefined;
  const format = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(undefined, { ...options, timeZone });
  const clock = format({ timeStyle: 'short' });
  const weekday = format({ weekday: 'short' });
  const dayMonth = format({ day: 'numeric', month: 'short' });
  const long = format({ weekday: 'short', day: 'numeric', month: 'short' });
  const mark = format({ weekday: 'short', day: 'numeric' });
  const whole = format({ dateStyle: 'full', timeStyle: 'long' });
  // Numbers alone, by no habit, to be counted with.
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
  });
  const wall = (at: number): number => {
    const found: Partial<Record<string, number>> = {};
    for (const { type, value } of parts.formatToParts(at)) found[type] = Number(value);
    const { year = 0, month = 1, day = 1, hour = 0, minute = 0 } = found;
    return Date.UTC(year, month - 1, day, hour, minute);
  };
  const ahead = (at: number) => wall(at) - Math.floor(at / 60_000) * 60_000;
  const date = (at: number) => Math.floor((at + ahead(at)) / DAY);
  const time = (at: number, now: number): string => {
    const days = date(at) - date(now);
    if (days === 0) return clock.format(at);
    const name = Math.abs(days) < 7 ? weekday : dayMonth;
    return `${name.format(at)} ${clock.format(at)}`;
  };
  const isOneDay = (...all: number[]) => new Set(all.map(date)).size === 1;
  return {
    time,
    band: (early, late, middle, now) =>
      isOneDay(early, late, middle)
        ? [clock.format(early), clock.format(late)]
        : [time(early, now), time(late, now)],
    range: (early, late, middle, now) =>
      isOneDay(early, late, middle)
        ? clock.formatRange(early, late)
        : `${time(early, now)} – ${time(late, now)}`,
    day: (at) => `${long.format(at)}, ${clock.format(at)}`,
    dayMark: (at) => mark.format(at),
    hour: (at) => clock.format(at),
    full: (at) => whole.format(at),
    ahead,
  };
}

export function isZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return zone !== '';
  } catch {
    return false;
  }
}

/** The zone of this computer. */
export const ownZone = () => new Intl.DateTimeFormat().resolvedOptions().timeZone;

/** Every zone that can be chosen by its name. */
export const allZones = (): string[] =>
  // Older web views cannot list them: a zone is typed there.
  'supportedValuesOf' in Intl ? Intl.supportedValuesOf('timeZone') : [];

/** Said where the plan's clock is not this computer's; nothing where both show the same. */
export function zoneWords(zone: string, now: number): string | null {
  const [there, here] = [timesIn(zone), timesIn(ownZone())];
  if (there.ahead(now) === here.ahead(now)) return null;
  return `Times are those of ${zone}: it is ${there.time(now, now)} there, and ${here.time(now, now)} on this computer.`;
}

/** `in 42 min`, `in 3 h`, `12 min ago`: how far away a moment is. */
export function away(at: number, now: number): string {
  const minutes = Math.round(Math.abs(at - now) / 60_000);
  if (minutes === 0) return 'now';
  const words = span(minutes);
  return at > now ? `in ${words}` : `${words} ago`;
}

/** Minutes as people say them, in a unit or two: `42 min`, `3 h 05 min`, `2 days`. */
export function span(minutes: number): string {
  const whole = Math.round(minutes);
  if (whole < 60) return `${whole} min`;
  const hours = Math.floor(whole / 60);
  const rest = whole % 60;
  // Less than there is, never more: it is said of the time that is left.
  if (hours >= 48) return `${Math.floor(hours / 24)} days`;
  return rest === 0 ? `${hours} h` : `${hours} h ${String(rest).padStart(2, '0')} min`;
}
