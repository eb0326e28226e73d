/** A plan as it is being written: what a new one begins with, changes of its list, what still lacks. Pure. */
import type { DayTimeForm, PlanForm, PlanItemForm, StartRuleForm } from '../generated/contract';
import { LACKS, NEW_PLAN_NAME } from '../words/close-editor';
import { isZone } from '../words/close-times';

/** Monday to Friday, each month, through by the evening of the third working day. */
export function newPlan(accountId: string, zone: string): PlanForm {
  return {
    planId: null,
    accountId,
    name: NEW_PLAN_NAME,
    zone,
    calendar: { name: '', holidays: [], knownUntil: null },
    periods: { kind: 'months' },
    cutOff: { day: 3, time: '18:00' },
    items: [],
  };
}

/** A process at the end of the list: started by hand after the one before it, as most are. */
export function withProcess(
  items: PlanItemForm[],
  { processId, name }: { processId: string; name: string },
): PlanItemForm[] {
  if (items.some((item) => item.processId === processId)) return items;
  const last = items.findLast(({ optional }) => !optional);
  const added: PlanItemForm = {
    processId,
    name,
    start: { kind: 'by-hand' },
    waitsFor: last ? [last.processId] : [],
    gate: 'succeeded',
    optional: false,
    estimateMinutes: null,
  };
  return [...items, added];
}

/** The plan's items without one: those that waited for it wait for its own predecessors instead. */
export function withoutProcess(items: PlanItemForm[], processId: string): PlanItemForm[] {
  const gone = items.find((item) => item.processId === processId);
  const left = items.filter((item) => item !== gone);
  return left.map((item) => {
    if (!gone || !item.waitsFor.includes(processId)) return item;
    const instead = [...item.waitsFor, ...gone.waitsFor].filter(
      (id) => id !== processId && id !== item.processId,
    );
    return { ...item, waitsFor: [...new Set(instead)] };
  });
}

/** With one of them moved up (-1) or down (1). */
export function moved(items: PlanItemForm[], processId: string, by: 1 | -1): PlanItemForm[] {
  const from = items.findIndex((item) => item.processId === processId);
  const to = from + by;
  if (from < 0 || to < 0 || to >= items.length) return items;
  const next = [...items];
  next.splice(to, 0, ...next.splice(from, 1));
  return next;
}

/** A start rule of this kind, with what is usual where more must be known. */
export function startRule(kind: StartRuleForm['kind'], cutOff: DayTimeForm): StartRuleForm {
  if (kind !== 'at') return { kind };
  return { kind, at: { day: cutOff.day, time: '09:00' }, graceMinutes: 15 };
}

/** What a field lacks, by the field; `items` are by their process. */
export interface Lacks {
  name?: string;
  zone?: string;
  cutOff?: string;
  begin?: string;
  ends?: string;
  list?: string;
  items: Record<string, string>;
}

/** What is plainly missing. All else the backend says when the plan is saved. */
export function lacks(form: PlanForm): Lacks {
  const found: Lacks = { items: {} };
  if (form.name.trim() === '') found.name = LACKS.name;
  if (!isZone(form.zone.trim())) {
    found.zone = LACKS.zone;
  }
  if (!isTime(form.cutOff.time)) found.cutOff = LACKS.cutOff;
  if (form.periods.kind === 'listed') {
    if (!isDay(form.periods.begin)) found.begin = LACKS.begin;
    const wrong = form.periods.ends.find((day) => !isDay(day));
    if (form.periods.ends.length === 0) found.ends = LACKS.ends;
    else if (wrong !== undefined) found.ends = LACKS.badDay(wrong);
  }
  if (form.items.every(({ optional }) => optional)) {
    found.list = LACKS.list;
  }
  for (const item of form.items) {
    const lack = itemLack(item);
    if (lack !== null) found.items[item.processId] = lack;
  }
  return found;
}

function itemLack({ start, waitsFor, estimateMinutes }: PlanItemForm): string | null {
  if (start.kind === 'after-others' && waitsFor.length === 0) {
    return LACKS.waitsFor;
  }
  if (start.kind === 'at' && !isTime(start.at.time)) return LACKS.start;
  if (start.kind === 'at' && !(start.graceMinutes > 0)) return LACKS.grace;
  if (estimateMinutes !== null && !(estimateMinutes > 0)) {
    return LACKS.estimate;
  }
  return null;
}

export const isComplete = ({ items, ...fields }: Lacks) =>
  Object.keys(fields).length === 0 && Object.keys(items).length === 0;

const isTime = (text: string) => /^([01]?\d|2[0-3]):[0-5]\d(:00)?$/.test(text.trim());

const isDay = (text: string) =>
  /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(`${text}T00:00Z`));

/** The days that a text names, one a line. */
export const daysOf = (text: string): string[] =>
  text
    .split(/[\s,;]+/)
    .map((day) => day.trim())
    .filter(Boolean);
