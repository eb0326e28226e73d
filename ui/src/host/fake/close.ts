/** The close board of the fake host: it begins without a plan unless a scenario asks for one, and keeps what is typed. */
import type {
  CalendarForm,
  CloseBoard,
  CloseRef,
  CloseRow,
  PlanForm,
  PlanItemForm,
  PlanRow,
} from '../../generated/contract';
import type { Host } from '../host';
import { blockedBoard, CLOSE, PLAN_ID, sampleBoard } from './close-boards';
import { error } from './errors';
import type { Playback } from './playback';
import type { Has, Scenario } from './scenario';

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

/** Each of them begins with a plan. */
const WITH_PLAN: Scenario[] = [
  'close-on-track',
  'close-at-risk',
  'close-expected-late',
  'close-late',
  'close-blocked',
  'close-unknown',
  'close-asks',
  'close-ready',
  'close-done',
  'close-thirty',
  'close-days',
  'close-far',
  'close-zone',
  'close-moved',
  'close-gone',
  'close-unopened',
  'close-turns',
];

const GONE = 'This close is not here any more. Open it again from its plan.';

const keyOf = ({ planId, periodLast }: CloseRef) => `${planId}/${periodLast}`;

export function close(playback: Playback, has: Has, reach: () => Promise<void>): Part {
  const boards = new Map<string, CloseBoard>();
  let plans: PlanRow[] = [];
  let seq = 100;

  const rowOf = ({ close, label, cutOff, state, archived }: CloseBoard): CloseRow => ({
    close,
    label,
    cutOff,
    state: archived ? null : state,
    archived,
  });

  if (WITH_PLAN.some(has)) begin();

  function begin() {
    const board = sampleBoard(has);
    const before: CloseRow = {
      close: { planId: PLAN_ID, periodLast: '2026-10-31' },
      label: 'October 2026',
      cutOff: Date.now() - 28 * 86_400_000,
      state: null,
      archived: true,
    };
    const isOpened = !has('close-unopened');
    if (has('close-blocked')) {
      playback.inbox.unshift({
        id: playback.id(),
        kind: 'close',
        accountId: board.accountId,
        runId: null,
        close: CLOSE,
        outcome: null,
        title: `${board.planName}, ${board.label} is blocked`,
        body: 'Bank reconciliation is blocked, and others wait for it.',
        at: board.madeAt,
        read: false,
      });
    }
    if (isOpened) boards.set(keyOf(CLOSE), board);
    boards.set(keyOf(before.close), {
      ...sampleBoard((one) => one === 'close-done', before.cutOff),
      close: before.close,
      label: before.label,
      archived: true,
    });
    const closes = isOpened ? [rowOf(board), before] : [];
    plans = [{ plan: planOf(board), accountIsGone: has('close-gone'), closes }];
  }

  /** As the backend does: what changed comes as an update too. */
  const changed = (board: CloseBoard): CloseBoard => {
    const next = { ...board, seq: (seq += 1), madeAt: Date.now(), seenAt: Date.now() };
    boards.set(keyOf(next.close), next);
    plans = plans.map((row) => ({
      ...row,
      closes: row.closes.map((one) => (keyOf(one.close) === keyOf(next.close) ? rowOf(next) : one)),
    }));
    playback.send({ type: 'board', board: next });
    return next;
  };

  const find = async (ref: CloseRef): Promise<CloseBoard> => {
    await reach();
    const board = boards.get(keyOf(ref));
    if (!board) throw error('not-found', GONE);
    return board;
  };

  const bound = async (ref: CloseRef, processId: string, runId: string | null) => {
    const board = await find(ref);
    const row = runId === null ? undefined : playback.find(runId)?.row;
    const items = board.items.map((one) => {
      if (one.processId !== processId) return one;
      const name = row?.name ?? runId ?? '';
      const run =
        runId === null ? null : { runId, name, by: 'hand' as const, isListed: row !== undefined };
      return {
        ...one,
        run,
        asks: [],
        state: one.state === 'asks' ? ('waiting' as const) : one.state,
      };
    });
    return changed({ ...board, items });
  };

  // A board that turns, and one that comes after it though it was worked out before.
  if (has('close-turns')) {
    setTimeout(() => {
      const before = boards.get(keyOf(CLOSE));
      if (!before) return;
      changed({ ...blockedBoard(Date.now()), close: CLOSE });
      playback.send({ type: 'board', board: before });
    }, 2500);
  }

  return {
    listPlans: async () => {
      await reach();
      if (has('close-broken')) {
        throw error('store', 'The plans could not be read: the disk is full. Nothing is lost.');
      }
      return plans;
    },
    savePlan: async (form) => {
      await reach();
      if (form.name === 'Refuse me') {
        throw error(
          'bad-id',
          'These wait for each other, so none of them could ever start: A → B → A. Take one of the waits out.',
        );
      }
      const plan = { ...form, planId: form.planId ?? `plan-${plans.length + 1}` };
      const closes = plans.find((kept) => kept.plan.planId === plan.planId)?.closes ?? [];
      const row = { plan, accountIsGone: false, closes };
      plans = [...plans.filter((kept) => kept.plan.planId !== plan.planId), row];
      return row;
    },
    deletePlan: async (planId) => {
      plans = plans.filter(({ plan }) => plan.planId !== planId);
      playback.send({ type: 'plans' });
    },
    proposePlan: async (draft) => {
      await reach();
      const items = planOf(sampleBoard(() => false)).items;
      const seen = items.map(({ processId }, n) => ({
        processId,
        usualSeconds: 420 + n * 300,
        usualDelaySeconds: n === 0 ? null : 600 + n * 60,
        seenIn: 3,
      }));
      return { plan: { ...draft, items }, fromLabel: 'October 2026', seen };
    },
    listCalendars: async () => [
      { code: 'au-nsw', name: NEW_SOUTH_WALES.name, knownUntil: '2028-12-31' },
    ],
    presetCalendar: async () => NEW_SOUTH_WALES,
    pasteCalendar: async (text) => {
      await reach();
      const holidays = text
        .split('\n')
        .filter((line) => line.trim() !== '')
        .map((line) => ({ day: line.trim().slice(0, 10), name: line.trim().slice(11) }));
      if (holidays.some(({ day }) => Number.isNaN(Date.parse(day)))) {
        throw error(
          'bad-id',
          `“${text.trim().slice(0, 40)}” is no day. Type one a line, such as 2026-12-25 Christmas Day.`,
        );
      }
      return { name: 'pasted days', holidays, knownUntil: null };
    },
    importCalendar: async () => ({ calendar: NEW_SOUTH_WALES, leftOut: 2 }),
    openChoices: async (planId) => {
      await reach();
      const close = (periodLast: string): CloseRef => ({ planId, periodLast });
      return [
        {
          close: close('2026-11-30'),
          label: 'November 2026',
          cutOff: Date.now() + 165 * 60_000,
          notes: ['The holidays are known until 31 Dec 2028.'],
          problem: boards.has(keyOf(close('2026-11-30'))) ? 'It is open already.' : null,
        },
        {
          close: close('2026-12-31'),
          label: 'December 2026',
          cutOff: null,
          notes: [],
          problem: 'It begins only on 24 Dec. Open it then.',
        },
      ];
    },
    openClose: async (ref) => {
      await reach();
      const board = { ...sampleBoard(() => false), close: ref };
      const name = plans.find(({ plan }) => plan.planId === ref.planId)?.plan.name;
      const opened = { ...board, planName: name ?? board.planName };
      plans = plans.map((row) =>
        row.plan.planId === ref.planId ? { ...row, closes: [rowOf(opened), ...row.closes] } : row,
      );
      return changed(opened);
    },
    moveClose: async (ref) => {
      const board = await find(ref);
      return changed({ ...board, cutOff: board.cutOff + 18 * 3_600_000, moved: [] });
    },
    archiveClose: async (ref, archived) => changed({ ...(await find(ref)), archived }),
    closeBoard: find,
    bindRun: async (ref, processId, text) => {
      const [id] = /\bpr-[0-9]+\b/.exec(text) ?? [];
      if (!id)
        throw error('bad-id', 'Type a run id, such as pr-114278, or paste the address of a run.');
      return bound(ref, processId, id);
    },
    unbindRun: (ref, processId) => bound(ref, processId, null),
    exportEvidence: async (ref) => {
      const { planName, label } = await find(ref);
      return `C:\\Users\\sam\\Documents\\Evidence\\${planName}, ${label}`;
    },
  };
}

/** The plan that a board is of. */
function planOf({ items, accountId, zone, planName }: CloseBoard): PlanForm {
  const drafted = items.map(({ processId, name, start, waitsFor, optional }): PlanItemForm => ({
    processId,
    name,
    start,
    waitsFor,
    gate: processId === 'p-114301' ? 'warnings-allowed' : 'succeeded',
    optional,
    estimateMinutes: null,
  }));
  return {
    planId: PLAN_ID,
    accountId,
    name: planName,
    zone,
    calendar: NEW_SOUTH_WALES,
    periods: { kind: 'months' },
    cutOff: { day: 1, time: '18:00' },
    items: drafted,
  };
}
