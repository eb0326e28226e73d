/** The plan editor: a plan is proposed from history or typed, looked at, and kept by its button alone. */
import type {
  AppError,
  CalendarForm,
  CalendarPreset,
  PlanForm,
  PlanRow,
  ProposedFrom,
} from '../generated/contract';
import { toAppError, type Host } from '../host/host';
import {
  countProcesses,
  daysTaken,
  EDITED,
  EDITOR,
  PROPOSAL,
  REPLACE_PROCESSES,
} from '../words/close-editor';
import { ownZone } from '../words/close-times';
import { TERMS } from '../words/common';
import { isolated, nameOf } from '../words/names';
import { CLOSE_UNSAVED, FACTS } from '../words/questions';
import { cut } from '../words/runs';
import type { Announcer } from './announcer.svelte';
import type { Ask, Fact } from './ask.svelte';
import { Latest } from './latest';
import {
  daysOf,
  isComplete,
  lacks,
  moved,
  newPlan,
  withoutProcess,
  withProcess,
} from './plan-draft';

interface Around {
  announcer: Announcer;
  ask: Ask;
  /** A plan was kept; `isAwaited`: its user still waits for it. */
  saved: (row: PlanRow, isNew: boolean, isAwaited: boolean) => void;
}

type Busy = 'saving' | 'proposing' | null;

export class PlanEditor {
  isOpen = $state(false);
  form = $state<PlanForm>(newPlan('', 'UTC'));
  /** The last days of listed periods, as they are typed. */
  endsText = $state('');
  busy = $state<Busy>(null);
  error = $state.raw<AppError | null>(null);
  /** What was done by itself: the proposal, or the calendar. */
  said = $state<string | null>(null);
  presets = $state.raw<CalendarPreset[]>([]);
  /** What each proposed item rests on. */
  seen = $state.raw<ProposedFrom[]>([]);
  /** Something was saved in vain: what lacks is said beside its field. */
  private showsLacks = $state(false);
  private before = $state('');
  /** A calendar is being read. */
  readsCalendar = $state(false);
  private openings = new Latest();
  private calendars = new Latest();

  constructor(
    private host: Host,
    private around: Around,
  ) {}

  /** The plan as it would be sent. */
  private readonly draft = $derived.by((): PlanForm => {
    const form = $state.snapshot(this.form);
    const { periods } = form;
    const typed = periods.kind === 'listed' ? { ...periods, ends: daysOf(this.endsText) } : periods;
    return { ...form, name: form.name.trim(), zone: form.zone.trim(), periods: typed };
  });

  readonly isChanged = $derived(JSON.stringify(this.draft) !== this.before);
  readonly lacks = $derived(this.showsLacks ? lacks(this.draft) : { items: {} });

  /** A new plan of an account. */
  begin(accountId: string): void {
    this.open(newPlan(accountId, ownZone()));
  }

  /** A new plan whose processes are proposed at once. */
  async beginFromHistory(accountId: string): Promise<void> {
    this.begin(accountId);
    await this.propose();
  }

  edit({ plan }: PlanRow): void {
    this.open(plan);
  }

  private open(form: PlanForm): void {
    this.openings.begin();
    this.readsCalendar = false;
    this.form = $state.snapshot(form);
    this.endsText = form.periods.kind === 'listed' ? form.periods.ends.join('\n') : '';
    this.seen = [];
    this.said = null;
    this.error = null;
    this.busy = null;
    this.showsLacks = false;
    this.before = JSON.stringify(this.draft);
    this.isOpen = true;
    void this.loadPresets();
  }

  private async loadPresets(): Promise<void> {
    try {
      this.presets = await this.host.listCalendars();
    } catch (thrown) {
      this.error = toAppError(thrown);
    }
  }

  /** Leaves it; what was changed is asked about first. */
  leave(): void {
    if (!this.isChanged) return this.shut();
    this.around.ask.ask({
      ...CLOSE_UNSAVED,
      facts: [this.planFact()],
      warning: EDITOR.lost,
      danger: true,
      go: async () => this.shut(),
    });
  }

  private planFact(): Fact {
    return { label: TERMS.plan, value: nameOf(this.form.name, EDITOR.newPlan) };
  }

  private shut(): void {
    this.openings.end();
    this.isOpen = false;
  }

  async save(): Promise<void> {
    if (this.busy) return;
    this.showsLacks = true;
    if (!isComplete(lacks(this.draft))) {
      this.around.announcer.say(EDITOR.lacking);
      return;
    }
    const sent = this.draft;
    await this.work('saving', async (still) => {
      const row = await this.host.savePlan(sent);
      const isHere = still();
      // What was typed while it was being saved is still to be saved.
      const isSame = isHere && JSON.stringify(this.draft) === JSON.stringify(sent);
      if (isSame) this.shut();
      else if (isHere) {
        this.form.planId = row.plan.planId;
        this.before = JSON.stringify({ ...sent, planId: row.plan.planId });
      }
      this.around.saved(row, sent.planId === null, isSame);
    });
  }

  /** Asks for the processes of the last close; where there are some already, it asks first. */
  askProposal(): void {
    if (this.form.items.length === 0) return void this.propose();
    this.around.ask.ask({
      ...REPLACE_PROCESSES,
      facts: [
        this.planFact(),
        { label: FACTS.processesNow, value: countProcesses(this.form.items.length) },
      ],
      danger: false,
      go: () => this.propose(),
    });
  }

  private async propose(): Promise<void> {
    const sent = this.draft;
    const asked = JSON.stringify(sent.items);
    await this.work('proposing', async (still) => {
      const { plan, fromLabel, seen } = await this.host.proposePlan(sent);
      if (!still()) return;
      if (JSON.stringify(this.draft.items) !== asked) {
        this.said = PROPOSAL.notTaken;
        return;
      }
      this.form.items = plan.items;
      this.seen = seen;
      const n = plan.items.length;
      this.said = n === 0 ? PROPOSAL.none : PROPOSAL.done(n, fromLabel);
      this.around.announcer.say(this.said);
    });
  }

  async takePreset(code: string): Promise<void> {
    await this.takeCalendar(async () => ({
      calendar: await this.host.presetCalendar(code),
      leftOut: 0,
    }));
  }

  async pasteCalendar(text: string): Promise<boolean> {
    return this.takeCalendar(async () => ({
      calendar: await this.host.pasteCalendar(text),
      leftOut: 0,
    }));
  }

  async importCalendar(): Promise<void> {
    await this.takeCalendar(() => this.host.importCalendar());
  }

  noHolidays(): void {
    this.calendars.end();
    this.readsCalendar = false;
    this.form.calendar = { name: '', holidays: [], knownUntil: null };
    this.said = null;
  }

  /** The calendar that was chosen last is taken; says whether this one was. */
  private async takeCalendar(
    call: () => Promise<{ calendar: CalendarForm; leftOut: number } | null>,
  ): Promise<boolean> {
    const [isOpen, isLast] = [this.openings.join(), this.calendars.begin()];
    const still = () => isOpen() && isLast();
    this.readsCalendar = true;
    this.error = null;
    this.said = null;
    try {
      const found = await call();
      if (!found || !still()) return false;
      this.form.calendar = found.calendar;
      this.said = daysTaken(found.calendar.holidays.length, found.leftOut);
      return true;
    } catch (thrown) {
      if (still()) this.error = toAppError(thrown);
      return false;
    } finally {
      if (still()) this.readsCalendar = false;
    }
  }

  add(process: { processId: string; name: string }): void {
    this.form.items = withProcess(this.draft.items, process);
    this.around.announcer.say(EDITED.added(spoken(process)));
  }

  remove(processId: string): void {
    const item = this.form.items.find((one) => one.processId === processId);
    this.form.items = withoutProcess(this.draft.items, processId);
    if (item) this.around.announcer.say(EDITED.removed(spoken(item)));
  }

  move(processId: string, by: 1 | -1): void {
    this.form.items = moved(this.draft.items, processId, by);
    const place = this.form.items.findIndex((item) => item.processId === processId);
    const item = this.form.items[place];
    if (!item) return;
    this.around.announcer.say(EDITED.moved(spoken(item), place + 1, this.form.items.length));
  }

  /** One thing at a time; says whether it went well. */
  private async work(busy: Busy, call: (still: () => boolean) => Promise<void>): Promise<boolean> {
    if (this.busy) return false;
    const still = this.openings.join();
    this.busy = busy;
    this.error = null;
    this.said = null;
    try {
      await call(still);
      return true;
    } catch (thrown) {
      if (still()) this.error = toAppError(thrown);
      return false;
    } finally {
      if (still()) this.busy = null;
    }
  }
}

const spoken = ({ name, processId }: { name: string; processId: string }) =>
  isolated(cut(nameOf(name, processId), 60));
