/** What people read in the editor of a plan. Pure functions. */
import type {
  CalendarForm,
  PlanItemForm,
  ProposedFrom,
  StartRuleForm,
} from '../generated/contract';
import { listed } from './close';
import { isolated, nameOf } from './names';
import { count, cut, roughly } from './runs';

/** `WD3`, `WD−1`: the working days around a period's end. */
export const workingDay = (day: number) => `WD${day < 0 ? `−${-day}` : day}`;

/** What a working day is, for its choice. */
export function workingDayWords(day: number): string {
  if (day > 0) return `${workingDay(day)}, ${ordinal(day)} working day after`;
  const last = day === -1 ? 'last' : `${ordinal(-day)} last`;
  return `${workingDay(day)}, ${last} working day of the period`;
}

function ordinal(n: number): string {
  const ending = { one: 'st', two: 'nd', few: 'rd', other: 'th', many: 'th', zero: 'th' };
  const kind = new Intl.PluralRules('en', { type: 'ordinal' }).select(n);
  return `${n}${ending[kind]}`;
}

/** The working days that can be chosen; one that is set already is among them. */
export function workingDays(set: number): number[] {
  const usual = Array.from({ length: 26 }, (_, n) => n - 10).filter((day) => day !== 0);
  return [...new Set([...usual, set])].sort((a, b) => a - b);
}

export const START_WORDS: Record<StartRuleForm['kind'], string> = {
  'by-hand': 'A person starts it',
  'after-others': 'SolveXia starts it after others',
  at: 'SolveXia starts it at a time',
};

/** What an item waits for, in the line that opens the choice. */
export function waitsWords({ waitsFor }: PlanItemForm, items: PlanItemForm[]): string {
  const names = waitsFor.map((id) => {
    const found = items.find((item) => item.processId === id);
    return isolated(cut(nameOf(found?.name ?? id, id), 40));
  });
  return names.length === 0 ? 'Waits for nothing' : `Waits for ${listed(names)}`;
}

/** What a proposed item rests on. */
export function seenWords(seen: ProposedFrom): string {
  const delay =
    seen.usualDelaySeconds === null
      ? ''
      : `, ${roughly(seen.usualDelaySeconds)} after what it waits for`;
  return `Usually takes ${roughly(seen.usualSeconds)}${delay}; seen in ${count(seen.seenIn, 'close', 'closes')}.`;
}

/** Which days are worked on. */
export function calendarWords({ name, holidays, knownUntil }: CalendarForm): string {
  if (holidays.length === 0) return 'Monday to Friday, no holidays.';
  const until = knownUntil === null ? '' : `, known until ${dayWords(knownUntil)}`;
  const from = name === '' ? '' : ` of ${isolated(cut(name, 80))}`;
  return `Monday to Friday, without ${count(holidays.length, 'holiday')}${from}${until}.`;
}

const dayFormat = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeZone: 'UTC' });

/** A day as the system writes it; as it came where that is no day. */
export function dayWords(day: string): string {
  const at = Date.parse(`${day}T00:00Z`);
  return Number.isNaN(at) ? day : dayFormat.format(at);
}
