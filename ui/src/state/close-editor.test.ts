/** The plan editor: nothing is kept without its button, and nothing typed is lost. */
import { describe, expect, it, vi } from 'vitest';
import type {
  CalendarForm,
  PlanForm,
  PlanItemForm,
  PlanProposal,
  PlanRow,
} from '../generated/contract';
import type { Host } from '../host/host';
import { planRow } from './close-testing';
import { isComplete, lacks, moved, newPlan, withoutProcess, withProcess } from './plan-draft';
import { failure, later, opened, settle } from './testing';

const plain: Partial<Host> = {
  listCalendars: async () => [],
  listPlans: async () => [],
  openChoices: async () => [],
};
const process = (n: number) => ({ processId: `p-${n}`, name: `Process ${n}` });
const list = (...all: number[]) =>
  all.reduce<PlanItemForm[]>((items, n) => withProcess(items, process(n)), []);

async function editing(over: Partial<Host> = {}) {
  const { app } = await opened({}, { ...plain, ...over });
  const editor = app.planEditor;
  editor.begin('a');
  await settle();
  return { app, editor };
}

const proposal = (draft: PlanForm): PlanProposal => ({
  plan: { ...draft, items: list(1, 2) },
  fromLabel: 'October 2026',
  seen: [],
});

describe('the list of a plan', () => {
  it('grows at its end, each process once, after the one before it', () => {
    const items = list(1, 2, 2);
    expect(items.map(({ processId }) => processId)).toEqual(['p-1', 'p-2']);
    expect(items[1]?.waitsFor).toEqual(['p-1']);
  });

  it('waits for nothing optional', () => {
    const [first, second] = list(1, 2);
    if (!first || !second) throw new Error('two items');
    const items = withProcess([first, { ...second, optional: true }], process(3));
    expect(items[2]?.waitsFor).toEqual(['p-1']);
  });

  it('closes up where one is taken out: what waited for it waits for what it waited for', () => {
    const items = withoutProcess(list(1, 2, 3), 'p-2');
    expect(items.map(({ waitsFor }) => waitsFor)).toEqual([[], ['p-1']]);
  });

  it('is moved by one, and not over its ends', () => {
    const ids = (items: PlanItemForm[]) => items.map(({ processId }) => processId).join(' ');
    expect(ids(moved(list(1, 2, 3), 'p-3', -1))).toBe('p-1 p-3 p-2');
    expect(ids(moved(list(1, 2, 3), 'p-1', -1))).toBe('p-1 p-2 p-3');
    expect(ids(moved(list(1, 2, 3), 'p-3', 1))).toBe('p-1 p-2 p-3');
  });
});

describe('what a plan lacks', () => {
  const whole = { ...newPlan('a', 'Europe/London'), items: list(1) };

  it('is nothing where it is whole', () => {
    expect(isComplete(lacks(whole))).toBe(true);
  });

  it('is said by its field', () => {
    const [first] = list(1);
    if (!first) throw new Error('an item');
    const found = lacks({
      ...whole,
      name: ' ',
      zone: 'Sydney',
      cutOff: { day: 3, time: '' },
      periods: { kind: 'listed', begin: '2026-07-01', ends: ['2026-07-28', '28 August'] },
      items: [{ ...first, start: { kind: 'after-others' } }],
    });
    expect(Object.keys(found).sort()).toEqual(['cutOff', 'ends', 'items', 'name', 'zone']);
    expect(found.ends).toContain('28');
    expect(found.items['p-1']).toContain('waits for');
  });

  it('is a process that is not optional', () => {
    const items = list(1).map((item) => ({ ...item, optional: true }));
    expect(lacks({ ...whole, items }).list).toBeDefined();
  });

  it('is a length of time above zero', () => {
    const with_ = (over: Partial<PlanItemForm>) =>
      lacks({ ...whole, items: list(1).map((item) => ({ ...item, ...over })) }).items['p-1'];
    expect(with_({ estimateMinutes: 0 })).toContain('estimate');
    const at = { day: 1, time: '09:00' };
    expect(with_({ start: { kind: 'at', at, graceMinutes: 0 } })).toContain('how many minutes');
    expect(with_({ start: { kind: 'at', at, graceMinutes: 15 } })).toBeUndefined();
  });
});

describe('the editor', () => {
  it('sends nothing while something lacks, and says where', async () => {
    const savePlan = vi.fn();
    const { editor } = await editing({ savePlan });
    editor.form.name = '';
    expect(editor.lacks.name).toBeUndefined();
    await editor.save();
    expect(savePlan).not.toHaveBeenCalled();
    expect(editor.lacks.name).toBe('Give the plan a name.');
  });

  it('is left at once where nothing was changed, and asks where something was', async () => {
    const { app, editor } = await editing();
    editor.leave();
    expect(editor.isOpen).toBe(false);
    editor.begin('a');
    editor.form.name = 'Quarter';
    editor.leave();
    expect(editor.isOpen).toBe(true);
    expect(app.ask.question?.facts[0]?.value).toBe('Quarter');
    await app.ask.confirm();
    expect(editor.isOpen).toBe(false);
  });

  it('asks which period to open once a new plan was saved', async () => {
    const savePlan = vi.fn(async (plan: PlanForm): Promise<PlanRow> => ({
      plan: { ...plan, planId: 'plan-9' },
      accountIsGone: false,
      closes: [],
    }));
    const { app, editor } = await editing({ savePlan });
    editor.add(process(1));
    await editor.save();
    expect(savePlan.mock.calls[0]?.[0].items).toHaveLength(1);
    expect(editor.isOpen).toBe(false);
    expect(app.closeOpening.plan?.plan.planId).toBe('plan-9');
  });

  it('keeps all that was typed where the plan is refused', async () => {
    const refused = () => Promise.reject(failure('bad-id', 'These wait for each other.'));
    const { editor } = await editing({ savePlan: refused });
    editor.add(process(1));
    await editor.save();
    expect(editor.error?.message).toBe('These wait for each other.');
    expect(editor.isOpen).toBe(true);
    expect(editor.form.items).toHaveLength(1);
  });

  it('rule 28: stays open with what was typed while it was being saved', async () => {
    const slow = later<PlanRow>();
    const { app, editor } = await editing({ savePlan: () => slow.promise });
    editor.add(process(1));
    const saving = editor.save();
    editor.form.name = 'Typed since';
    slow.answer(planRow([], 'plan-9'));
    await saving;
    expect(editor.isOpen).toBe(true);
    expect(editor.form.name).toBe('Typed since');
    expect(editor.form.planId).toBe('plan-9');
    expect(editor.isChanged).toBe(true);
    expect(app.closeOpening.plan).toBeNull();
  });

  it('rule 28: a proposal that comes late replaces nothing that was added since', async () => {
    const slow = later<PlanProposal>();
    const { app } = await opened({}, { ...plain, proposePlan: () => slow.promise });
    const editor = app.planEditor;
    const proposing = editor.beginFromHistory('a');
    await settle();
    editor.add(process(7));
    slow.answer(proposal(newPlan('a', 'UTC')));
    await proposing;
    expect(editor.form.items.map(({ processId }) => processId)).toEqual(['p-7']);
    expect(editor.said).toContain('not taken');
  });

  it('rule 28: a proposal for a plan that was left does not touch the next one', async () => {
    const slow = later<PlanProposal>();
    const { app } = await opened({}, { ...plain, proposePlan: () => slow.promise });
    const editor = app.planEditor;
    const proposing = editor.beginFromHistory('a');
    editor.edit(planRow());
    slow.answer(proposal(newPlan('a', 'UTC')));
    await proposing;
    expect(editor.form.planId).toBe('plan-1');
    expect(editor.form.items).toEqual([]);
    expect(editor.busy).toBeNull();
  });

  it('proposes processes, of which nothing is kept until it is saved', async () => {
    const savePlan = vi.fn();
    const { app } = await opened(
      {},
      { ...plain, savePlan, proposePlan: async (draft) => proposal(draft) },
    );
    await app.planEditor.beginFromHistory('a');
    expect(app.planEditor.form.items).toHaveLength(2);
    expect(app.planEditor.isChanged).toBe(true);
    expect(savePlan).not.toHaveBeenCalled();
  });

  it('asks before a proposal replaces processes that are there', async () => {
    const proposePlan = vi.fn(async (draft: PlanForm) => proposal(draft));
    const { app, editor } = await editing({ proposePlan });
    editor.add(process(7));
    editor.askProposal();
    expect(proposePlan).not.toHaveBeenCalled();
    await app.ask.confirm();
    expect(editor.form.items.map(({ processId }) => processId)).toEqual(['p-1', 'p-2']);
  });

  it('rule 28: a calendar that comes late replaces none that was chosen since', async () => {
    const calendar = (name: string) => ({ name, holidays: [], knownUntil: null });
    const [slow, quick] = [later<CalendarForm>(), later<CalendarForm>()];
    const { editor } = await editing({
      presetCalendar: (code) => (code === 'slow' ? slow : quick).promise,
    });
    const first = editor.takePreset('slow');
    const second = editor.takePreset('quick');
    quick.answer(calendar('Quick'));
    await second;
    slow.answer(calendar('Slow'));
    await first;
    expect(editor.form.calendar.name).toBe('Quick');
    expect(editor.readsCalendar).toBe(false);
    const third = editor.takePreset('slow');
    editor.noHolidays();
    await third;
    expect(editor.form.calendar.name).toBe('');
  });

  it('says how many events of a calendar file were left out', async () => {
    const calendar = {
      name: 'x.ics',
      holidays: [{ day: '2026-12-25', name: '' }],
      knownUntil: null,
    };
    const { editor } = await editing({ importCalendar: async () => ({ calendar, leftOut: 2 }) });
    await editor.importCalendar();
    expect(editor.form.calendar.holidays).toHaveLength(1);
    expect(editor.said).toBe(
      '1 day off taken. 2 events were left out: they take only a part of a day.',
    );
  });

  it('sends the last days of listed periods as they were typed, one a line', async () => {
    const savePlan = vi.fn(async () => planRow([], 'plan-9'));
    const { editor } = await editing({ savePlan });
    editor.add(process(1));
    editor.form.periods = { kind: 'listed', begin: '2026-07-01', ends: [] };
    editor.endsText = '2026-07-28\n2026-08-25\n';
    await editor.save();
    expect(savePlan).toHaveBeenCalledWith(
      expect.objectContaining({
        periods: { kind: 'listed', begin: '2026-07-01', ends: ['2026-07-28', '2026-08-25'] },
      }),
    );
  });
});
