/** The close board: what is in sight, which board counts, and what is done with a close. */
import { describe, expect, it, vi } from 'vitest';
import type { CloseBoard, OpenChoice, RunDetail } from '../generated/contract';
import type { Host } from '../host/host';
import { board, boardItem, closeRow, HOUR, NOVEMBER, NOW, OCTOBER, planRow } from './close-testing';
import { detail, failure, later, opened, row, settle } from './testing';

const october = closeRow({ close: OCTOBER, label: 'October 2026', cutOff: NOW - 700 * HOUR });
const LISTED = { runId: 'pr-1', name: 'Bank', by: 'rule' as const, isListed: true };

/** An app with a plan, its board in sight. */
async function shown(over: Partial<Host> = {}, runs = [row()]) {
  const all = await opened(
    { runs },
    {
      listPlans: async () => [planRow([closeRow(), october])],
      closeBoard: async (close) => board({ close }),
      ...over,
    },
  );
  all.app.clock.now = NOW;
  all.app.closes.show();
  await settle();
  return all;
}

describe('the board in sight', () => {
  it('is the one whose cut-off is nearest, archived and done ones last', async () => {
    const soon = closeRow({ close: { ...OCTOBER, planId: 'plan-2' }, cutOff: NOW + HOUR });
    const done = closeRow({ close: { ...NOVEMBER, planId: 'plan-3' }, cutOff: NOW, state: 'done' });
    const put = closeRow({ close: { ...NOVEMBER, planId: 'plan-4' }, cutOff: NOW, archived: true });
    const plans = [
      planRow(),
      planRow([soon], 'plan-2'),
      planRow([done], 'plan-3'),
      planRow([put], 'plan-4'),
    ];
    const { app } = await shown({ listPlans: async () => plans });
    expect(app.closes.close).toEqual(soon.close);
  });

  it('stays where its user was, whatever the plans say later', async () => {
    const { app, push } = await shown();
    app.closes.choose(OCTOBER);
    push({ type: 'plans' });
    await settle();
    expect(app.closes.board?.close).toEqual(OCTOBER);
  });

  it('rule 28: is not swapped by the board of another close that comes by itself', async () => {
    const { app, push } = await shown();
    push({ type: 'board', board: board({ close: OCTOBER, seq: 99, state: 'late' }) });
    expect(app.closes.board?.close).toEqual(NOVEMBER);
    expect(app.closes.boardOf(OCTOBER)?.state).toBe('late');
  });

  it('rule 28: is not swapped by a late answer about another close', async () => {
    const slow = later<CloseBoard>();
    const { app } = await shown({
      closeBoard: (close) =>
        close.periodLast === OCTOBER.periodLast ? slow.promise : Promise.resolve(board({ close })),
    });
    app.closes.choose(OCTOBER);
    app.closes.choose(NOVEMBER);
    await settle();
    slow.answer(board({ close: OCTOBER, seq: 50 }));
    await settle();
    expect(app.closes.board?.close).toEqual(NOVEMBER);
  });

  it('takes a newer board, and never an older one', async () => {
    const { app, push } = await shown();
    push({ type: 'board', board: board({ seq: 5, state: 'blocked' }) });
    push({ type: 'board', board: board({ seq: 4, state: 'on-track' }) });
    expect(app.closes.board?.state).toBe('blocked');
  });

  it('is heard when its state changes, and not otherwise', async () => {
    const { app, push } = await shown();
    const say = vi.spyOn(app.announcer, 'say');
    push({ type: 'board', board: board({ seq: 2, percent: 75 }) });
    expect(say).not.toHaveBeenCalled();
    push({ type: 'board', board: board({ seq: 3, state: 'at-risk' }) });
    expect(say.mock.calls[0]?.[0]).toMatch(/Month-end close.*November 2026: At risk/);
  });

  it('opens at the close whose notification was clicked', async () => {
    const { app, push } = await opened(
      {},
      {
        listPlans: async () => [planRow([closeRow(), october])],
        closeBoard: async (close) => board({ close }),
      },
    );
    push({ type: 'open-close', close: OCTOBER, start: null });
    await settle();
    expect(app.closes.inSight).toBe(true);
    expect(app.closes.board?.close).toEqual(OCTOBER);
  });

  it('is asked for again after updates were missed', async () => {
    const closeBoard = vi.fn(async () => board({ seq: 7 }));
    const { push } = await shown({ closeBoard });
    const before = closeBoard.mock.calls.length;
    push({ type: 'missed' });
    await settle();
    expect(closeBoard.mock.calls.length).toBeGreaterThan(before);
  });

  it('says why it could not be read, and keeps what is known', async () => {
    const { app } = await shown();
    app.host.closeBoard = () => Promise.reject(failure('store'));
    await app.closes.read(NOVEMBER);
    expect(app.closes.error?.code).toBe('store');
    expect(app.closes.board?.state).toBe('on-track');
  });

  it('goes to another plan when its own was deleted', async () => {
    let plans = [planRow(), planRow([], 'plan-2')];
    const { app, push } = await shown({ listPlans: async () => plans });
    plans = [planRow([], 'plan-2')];
    push({ type: 'plans' });
    await settle();
    expect(app.closes.shown).toEqual({ planId: 'plan-2', periodLast: null });
  });
});

describe('a close', () => {
  it('takes the plan’s new times only after a question that names it', async () => {
    const moveClose = vi.fn(async () => board({ seq: 2 }));
    const { app } = await shown({ moveClose });
    app.closes.askMove(board({ moved: ['The cut-off moves to Thu 12:00.'] }));
    expect(moveClose).not.toHaveBeenCalled();
    const values = app.ask.question?.facts.map(({ value }) => value);
    expect(values).toEqual(['Month-end close', 'November 2026', 'The cut-off moves to Thu 12:00.']);
    await app.ask.confirm();
    expect(moveClose).toHaveBeenCalledWith(NOVEMBER);
  });

  it('that was archived can be brought back from the message', async () => {
    const archiveClose = vi.fn(async (_close, archived: boolean) =>
      board({ seq: archived ? 2 : 3, archived }),
    );
    const { app } = await shown({ archiveClose });
    await app.closes.archive(board(), true);
    expect(app.closes.board?.archived).toBe(true);
    await app.undo.takeNewest();
    expect(app.closes.board?.archived).toBe(false);
  });

  it('that could not be brought back says so, and stays offered', async () => {
    const archiveClose = vi.fn(async (_close, archived: boolean) => {
      if (!archived) throw failure('store');
      return board({ seq: 2, archived });
    });
    const { app } = await shown({ archiveClose });
    await app.closes.archive(board(), true);
    const say = vi.spyOn(app.announcer, 'say');
    await app.undo.takeNewest();
    expect(app.error?.code).toBe('store');
    expect(say).not.toHaveBeenCalled();
    expect(app.undo.shown).toHaveLength(1);
    expect(app.closes.busy).toBeNull();
  });

  it('says where its evidence was written, and nothing where no folder was chosen', async () => {
    const paths = [null, '/home/sam/evidence'];
    const { app } = await shown({ exportEvidence: async () => paths.shift() ?? null });
    await app.closes.exportEvidence(NOVEMBER);
    expect(app.closes.evidence).toBeNull();
    await app.closes.exportEvidence(NOVEMBER);
    expect(app.closes.evidence).toBe('/home/sam/evidence');
  });

  it('goes with its plan only after a question that names both', async () => {
    const deletePlan = vi.fn(async () => undefined);
    const { app } = await shown({ deletePlan });
    app.closes.askDelete(planRow([closeRow(), october]));
    expect(deletePlan).not.toHaveBeenCalled();
    const facts = app.ask.question?.facts ?? [];
    expect(facts[0]?.value).toBe('Month-end close');
    expect(facts[1]?.value).toBe('2 closes: November 2026 and October 2026');
    await app.ask.confirm();
    expect(deletePlan).toHaveBeenCalledWith('plan-1');
  });

  const choice: OpenChoice = {
    close: OCTOBER,
    label: 'October 2026',
    cutOff: NOW,
    notes: [],
    problem: null,
  };

  it('comes into sight once it was opened', async () => {
    const { app } = await shown({
      openChoices: async () => [choice],
      openClose: async (close) => board({ close }),
    });
    await app.closeOpening.show(planRow());
    await app.closeOpening.open(choice);
    expect(app.closes.board?.close).toEqual(OCTOBER);
    expect(app.closeOpening.plan).toBeNull();
  });

  it('rule 28: that was opened late leaves the one in sight that its user went back to', async () => {
    const slow = later<CloseBoard>();
    const { app } = await shown({
      openChoices: async () => [choice],
      openClose: () => slow.promise,
    });
    await app.closeOpening.show(planRow());
    const opening = app.closeOpening.open(choice);
    app.closeOpening.leave();
    slow.answer(board({ close: OCTOBER }));
    await opening;
    expect(app.closes.board?.close).toEqual(NOVEMBER);
  });
});

describe('the run of an item', () => {
  const ready = boardItem({ state: 'ready', run: LISTED });

  it('rule 27: is asked about before it is started, as everywhere', async () => {
    const startRun = vi.fn();
    const { app } = await shown({ startRun, runDetail: async () => detail() });
    await app.closeRun.start(board(), ready);
    expect(startRun).not.toHaveBeenCalled();
    expect(app.ask.question?.title).toBe('Start this run?');
    expect(app.ask.question?.facts[1]?.value).toBe('pr-1');
  });

  it('rule 28: is not asked about over another run that was opened meanwhile', async () => {
    const slow = later<RunDetail>();
    const { app } = await shown({}, [row(), row({ runId: 'pr-2' })]);
    app.host.runDetail = () => slow.promise;
    const starting = app.closeRun.start(board(), ready);
    app.openRun({ accountId: 'a', runId: 'pr-2' });
    slow.answer(detail());
    await starting;
    expect(app.ask.question).toBeNull();
  });

  it('rule 27: a clicked notification asks whether to start what is at hand, and nothing else', async () => {
    for (const state of ['ready', 'running'] as const) {
      const startRun = vi.fn();
      const item = boardItem({ state, run: LISTED });
      const { app, push } = await shown({
        startRun,
        runDetail: async () => detail(),
        closeBoard: async (close) => board({ close, items: [item] }),
      });
      push({ type: 'open-close', close: NOVEMBER, start: item.processId });
      await settle();
      expect(app.ask.question?.title).toBe(state === 'ready' ? 'Start this run?' : undefined);
      expect(startRun).not.toHaveBeenCalled();
    }
  });

  it('puts nothing into the list that was taken off: its board is shown, and no more', async () => {
    const addRun = vi.fn();
    const item = boardItem({ state: 'ready', run: { ...LISTED, runId: 'pr-9', isListed: false } });
    const { app, push } = await shown({
      addRun,
      closeBoard: async (close) => board({ close, items: [item] }),
    });
    push({ type: 'open-close', close: NOVEMBER, start: item.processId });
    await settle();
    expect(app.closes.inSight).toBe(true);
    expect(addRun).not.toHaveBeenCalled();
    expect(app.ask.question).toBeNull();
  });

  it('rule 28: a clicked notification asks nothing once its user has gone elsewhere', async () => {
    const slow = later<CloseBoard>();
    const item = boardItem({ state: 'ready', run: LISTED });
    const { app, push } = await shown({ runDetail: async () => detail() }, [
      row(),
      row({ runId: 'pr-2' }),
    ]);
    app.host.closeBoard = () => slow.promise;
    push({ type: 'open-close', close: NOVEMBER, start: item.processId });
    await settle();
    app.openRun({ accountId: 'a', runId: 'pr-2' });
    slow.answer(board({ items: [item] }));
    await settle();
    expect(app.ask.question).toBeNull();
  });

  it('says why it cannot be started', async () => {
    const start = { allowed: false, reason: 'It is running.', warning: null };
    const { app } = await shown({ runDetail: async () => detail({ start }) });
    await app.closeRun.start(board(), ready);
    expect(app.closes.error?.message).toBe(
      'pr-1 cannot be started now. It is running. Nothing was sent.',
    );
  });

  it('is looked for in SolveXia where there is none yet', async () => {
    const { app } = await shown();
    await app.closeRun.start(board(), boardItem({ state: 'ready' }));
    expect(app.picker.isOpen).toBe(true);
    expect(app.picker.chosen?.processId).toBe('p-1');
  });

  it('is put into the list before it is opened, where it is not there', async () => {
    const addRun = vi.fn(async () => row({ runId: 'pr-9' }));
    const { app } = await shown({ addRun });
    app.closeRun.open(board(), boardItem({ run: { ...LISTED, runId: 'pr-9', isListed: false } }));
    await settle();
    expect(addRun).toHaveBeenCalledWith('a', 'pr-9');
    expect(app.open.ref?.runId).toBe('pr-9');
  });

  it('is said by hand: what is typed comes before what is ticked', async () => {
    const bindRun = vi.fn(async () => board({ seq: 2 }));
    const { app } = await shown({ bindRun });
    app.closeRun.ask(board(), ready);
    app.closeRun.chosen = 'pr-5';
    app.closeRun.text = ' pr-6 ';
    await app.closeRun.bind();
    expect(bindRun).toHaveBeenCalledWith(NOVEMBER, 'p-1', 'pr-6');
    expect(app.closeRun.item).toBeNull();
  });

  it('that does not fit is said in the dialog, which keeps what was typed', async () => {
    const { app } = await shown({ bindRun: () => Promise.reject(failure('bad-id')) });
    app.closeRun.ask(board(), ready);
    app.closeRun.text = 'x';
    await app.closeRun.bind();
    expect(app.closeRun.error?.code).toBe('bad-id');
    expect(app.closeRun.text).toBe('x');
    expect(app.closes.error).toBeNull();
  });

  it('rule 28: that was written late leaves the dialog of another item open', async () => {
    const slow = later<CloseBoard>();
    const { app } = await shown({ bindRun: () => slow.promise });
    app.closeRun.ask(board(), ready);
    app.closeRun.text = 'pr-6';
    const binding = app.closeRun.bind();
    const other = boardItem({ processId: 'p-2' });
    app.closeRun.ask(board(), other);
    app.closeRun.text = 'pr-7';
    slow.answer(board({ seq: 2, items: [ready, other] }));
    await binding;
    expect(app.closeRun.item?.processId).toBe('p-2');
    expect(app.closeRun.text).toBe('pr-7');
  });

  it('rule 25: that was taken back can be said again from the message', async () => {
    const bindRun = vi.fn(async () => board({ seq: 3 }));
    const { app } = await shown({ bindRun, unbindRun: async () => board({ seq: 2 }) });
    await app.closes.unbind(board({ items: [boardItem({ run: LISTED })] }), 'p-1');
    await app.undo.takeNewest();
    expect(bindRun).toHaveBeenCalledWith(NOVEMBER, 'p-1', 'pr-1');
  });

  it('that could not be said again stays offered', async () => {
    const bindRun = vi.fn(async () => Promise.reject(failure('store')));
    const { app } = await shown({ bindRun, unbindRun: async () => board({ seq: 2 }) });
    await app.closes.unbind(board({ items: [boardItem({ run: LISTED })] }), 'p-1');
    await app.undo.takeNewest();
    expect(app.error?.code).toBe('store');
    expect(app.undo.shown).toHaveLength(1);
  });
});
