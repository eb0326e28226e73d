/** The close board of the fake host: it begins without a plan, and keeps what is typed for this session. */
import type { CalendarForm, PlanRow } from '../../generated/contract';
import type { Host } from '../host';
import { error } from './errors';

type Part = Pick<
  Host,
  | 'listPlans'
  | 'savePlan'
  | 'deletePlan'
  | 'proposePlan'
  | 'listCalendars'
  | 'presetCalendar'
  | 'pasteCalendar'
  | 'importCalendar'
  | 'openChoices'
  | 'openClose'
  | 'moveClose'
  | 'archiveClose'
  | 'closeBoard'
  | 'bindRun'
  | 'unbindRun'
  | 'exportEvidence'
>;

const NEW_SOUTH_WALES: CalendarForm = {
  name: 'New South Wales',
  holidays: [
    { day: '2026-12-25', name: 'Christmas Day' },
    { day: '2026-12-28', name: 'Boxing Day (observed)' },
  ],
  knownUntil: '2028-12-31',
};

export function close(reach: () => Promise<void>): Part {
  let plans: PlanRow[] = [];
  const noClose = async (): Promise<never> => {
    await reach();
    throw error('not-found', 'This close is not here any more. Open it again from its plan.');
  };
  return {
    listPlans: async () => plans,
    savePlan: async (form) => {
      await reach();
      if (!form.name.trim()) throw error('bad-id', 'Give the plan a name.');
      const plan = { ...form, planId: form.planId ?? `plan-${plans.length + 1}` };
      const row = { plan, accountIsGone: false, closes: [] };
      plans = [...plans.filter((kept) => kept.plan.planId !== plan.planId), row];
      return row;
    },
    deletePlan: async (planId) => {
      plans = plans.filter(({ plan }) => plan.planId !== planId);
    },
    proposePlan: async (draft) => ({ plan: draft, fromLabel: 'October 2026', seen: [] }),
    listCalendars: async () => [
      { code: 'au-nsw', name: NEW_SOUTH_WALES.name, knownUntil: '2028-12-31' },
    ],
    presetCalendar: async () => NEW_SOUTH_WALES,
    pasteCalendar: async () => ({ ...NEW_SOUTH_WALES, name: 'Pasted days', knownUntil: null }),
    importCalendar: async () => null,
    openChoices: async () => [],
    openClose: noClose,
    moveClose: noClose,
    archiveClose: noClose,
    closeBoard: noClose,
    bindRun: noClose,
    unbindRun: noClose,
    exportEvidence: async () => null,
  };
}
