/** Rule 28: a late answer never changes what a person has opened, typed or chosen since. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type {
  ActionReply,
  CreateReply,
  FoundRun,
  ProcessList,
  ProcessRow,
  RunDetail,
  RunRow,
} from '../generated/contract';
import type { Host } from '../host/host';
import { account, detail, failure, later, opened, reply, row, RUN, settle } from './testing';

const OTHER = { accountId: 'a', runId: 'pr-2' };
const BANK: ProcessRow = { processId: 'p-1', name: 'Bank' };
const PACK: ProcessRow = { processId: 'p-2', name: 'Pack' };
const added = row({ runId: 'pr-9', seq: 9 });

const details: Partial<Host> = {
  findRunIds: async () => [{ runId: 'pr-9', isGuess: false, added: false }],
  runDetail: async (run) => detail({ row: row(run) }),
  getRun: async (run) => detail({ row: row(run) }),
  getRunSteps: async (run) => detail({ row: row(run) }),
};

const two = (over: Partial<Host>) => opened({ runs: [row(), row(OTHER)] }, { ...details, ...over });

describe('rule 28: a run that was added', () => {
  it('opens where nobody moved, and not where another run was opened since', async () => {
    const slow = later<RunRow>();
    const { app } = await two({ addRun: () => slow.promise });
    app.list.text = 'pr-9';
    const adding = app.list.add('a');
    app.openRun(OTHER);
    slow.answer(added);
    await adding;
    expect(app.open.ref).toEqual(OTHER);
    expect(app.runs.get(added)).toBeDefined();
  });

  it('stays out of the way where its user has pressed or typed anything since', async () => {
    const slow = later<RunRow>();
    const { app } = await two({ addRun: () => slow.promise });
    app.openRun(OTHER);
    app.list.text = 'pr-9';
    const adding = app.list.add('a');
    app.touched();
    slow.answer(added);
    await adding;
    expect(app.open.ref).toEqual(OTHER);
    expect(app.list.text).toBe('');
  });

  it('does not lead back from the sign-in form', async () => {
    const slow = later<RunRow>();
    const { app } = await two({ addRun: () => slow.promise });
    const adding = app.list.add('a');
    app.entrance.addAccount();
    slow.answer(added);
    await adding;
    expect(app.page).toBe('sign-in');
  });

  it('leads to no question where its user went on before it was found', async () => {
    for (const runs of [
      [{ runId: 'pr-9', isGuess: true, added: false }],
      [
        { runId: 'pr-8', isGuess: false, added: false },
        { runId: 'pr-9', isGuess: false, added: false },
      ],
    ]) {
      const slow = later<FoundRun[]>();
      const { app } = await two({ findRunIds: () => slow.promise });
      app.list.text = '9';
      const adding = app.list.add('a');
      app.openRun(OTHER);
      slow.answer(runs);
      await adding;
      expect(app.ask.question).toBeNull();
      expect(app.list.several.isOpen).toBe(false);
      expect(app.list.text).toBe('9');
    }
  });

  it('put back leaves open what was opened since', async () => {
    const slow = later<RunRow>();
    const { app } = await two({
      removeRun: async () => undefined,
      undoRemove: () => slow.promise,
    });
    app.list.remove(row());
    await settle();
    const undoing = app.undo.takeNewest();
    app.openRun(OTHER);
    slow.answer(row({ seq: 9 }));
    await undoing;
    expect(app.open.ref).toEqual(OTHER);
    expect(app.runs.get(RUN)).toBeDefined();
  });

  it('clears only the text that it came from', async () => {
    const slow = later<RunRow>();
    const { app } = await two({ addRun: () => slow.promise });
    app.list.text = 'pr-9';
    const adding = app.list.add('a');
    app.list.text = 'pr-10';
    slow.answer(added);
    await adding;
    expect(app.list.text).toBe('pr-10');
  });

  it('says what went wrong only to the account that it was added to', async () => {
    const slow = later<RunRow>();
    const accounts = [account(), account({ id: 'b' })];
    const { app } = await opened({ accounts }, { ...details, addRun: () => slow.promise });
    const adding = app.list.add('a');
    app.entrance.switchAccount(account({ id: 'b' }));
    slow.refuse(failure('not-found'));
    await adding;
    expect(app.list.error).toBeNull();
    expect(app.error?.code).toBe('not-found');
  });

  it('again leaves open what was opened since', async () => {
    const slow = later<RunRow>();
    const { app } = await two({ addRun: () => slow.promise });
    const adding = app.list.addAgain(RUN);
    app.openRun(OTHER);
    slow.answer(row({ seq: 9 }));
    await adding;
    expect(app.open.ref).toEqual(OTHER);
  });
});

describe('rule 28: steps and refresh', () => {
  it('that come late say nothing in the run that was opened since', async () => {
    const slow = later<RunDetail>();
    const { app } = await two({ addStep: () => slow.promise });
    const adding = app.open.addStep('as-1');
    app.openRun(OTHER);
    await settle();
    slow.refuse(failure('bad-id'));
    await adding;
    expect(app.open.stepError).toBeNull();
    expect(app.open.detail?.row.runId).toBe('pr-2');
  });

  it('of one step leave the next one’s wait alone', async () => {
    const first = later<RunDetail>();
    const second = later<RunDetail>();
    const calls = [first.promise, second.promise];
    const { app } = await two({ getStepStatus: () => calls.shift() ?? first.promise });
    const one = app.open.readStep('ds-1');
    const other = app.open.readStep('ds-2');
    first.refuse(failure('offline'));
    await one;
    expect(app.open.stepBusy).toBe('ds-2');
    expect(app.open.stepError).toBeNull();
    second.answer(detail());
    await other;
    expect(app.open.stepBusy).toBeNull();
  });

  it('leave the run opened since with its own spinner', async () => {
    const slow = later<RunDetail>();
    const opening = later<RunDetail>();
    const { app } = await two({
      getRunStatus: () => slow.promise,
      getRun: (run) => (run.runId === 'pr-2' ? opening.promise : Promise.resolve(detail())),
    });
    const refreshing = app.open.refresh();
    app.openRun(OTHER);
    slow.answer(detail());
    await refreshing;
    expect(app.open.ref).toEqual(OTHER);
    expect(app.open.reading).toBe('opening');
  });
});

describe('rule 28: the picker', () => {
  const lists: Partial<Host> = {
    listProcesses: async () => ({ rows: [BANK, PACK], isCut: false }),
    listProcessRuns: async () => ({ rows: [], isCut: false }),
    listProcessSteps: async () => [],
    getProcess: (_account, processId) =>
      Promise.resolve({
        processId,
        name: '',
        description: null,
        lastModifiedBy: null,
        dateModified: null,
      }),
  };

  it('keeps the list of what was searched for last', async () => {
    const slow = later<ProcessList>();
    const answers = [slow.promise, Promise.resolve({ rows: [PACK], isCut: false })];
    const { app } = await two({ ...lists, listProcesses: () => answers.shift() ?? slow.promise });
    app.picker.open('a');
    app.picker.name = 'pack';
    await app.picker.list();
    slow.answer({ rows: [BANK], isCut: false });
    await settle();
    expect(app.picker.processes).toEqual([PACK]);
  });

  it('keeps the process that was chosen since a run of another was picked', async () => {
    const slow = later<RunRow>();
    const { app } = await two({ ...lists, addRun: () => slow.promise });
    app.picker.open('a');
    await app.picker.choose(BANK);
    const picking = app.picker.pick({ runId: 'pr-9', name: '', added: false });
    await app.picker.choose(PACK);
    slow.answer(added);
    await picking;
    expect(app.picker.isOpen).toBe(true);
    expect(app.picker.chosen).toEqual(PACK);
    expect(app.open.ref).toEqual(RUN);
    expect(app.runs.get(added)).toBeDefined();
  });

  it('that was put away stays so, and its created run opens nothing', async () => {
    const slow = later<CreateReply>();
    const { app } = await two({ ...lists, createRun: () => slow.promise });
    app.picker.open('a');
    await app.picker.choose(BANK);
    const creating = app.picker.create();
    app.picker.close();
    app.openRun(OTHER);
    slow.answer({ row: added, message: null, newRuns: [] });
    await creating;
    expect(app.picker.isOpen).toBe(false);
    expect(app.open.ref).toEqual(OTHER);
    expect(app.runs.get(added)).toBeDefined();
  });

  it('says nothing of a failed one in the process that was chosen since', async () => {
    const slow = later<CreateReply>();
    const { app } = await two({ ...lists, createRun: () => slow.promise });
    app.picker.open('a');
    await app.picker.choose(BANK);
    const creating = app.picker.create();
    await app.picker.choose(PACK);
    slow.refuse(failure('forbidden'));
    await creating;
    expect(app.picker.processError).toBeNull();
    expect(app.error?.code).toBe('forbidden');
  });
});

describe('rule 28: a question about an action', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  async function sent(answer: (slow: ReturnType<typeof later<ActionReply>>) => void) {
    const slow = later<ActionReply>();
    const desk = await two({
      startRun: () => slow.promise,
      startRunDeprecated: async () => reply(),
    });
    desk.app.actions.start(detail());
    const confirmed = desk.app.ask.confirm();
    await vi.advanceTimersByTimeAsync(1000);
    return {
      ...desk,
      answered: async () => {
        answer(slow);
        await confirmed;
        await settle();
      },
    };
  }
  const changed = () => sent((slow) => slow.refuse(failure('changed', 'It is another attempt.')));

  it('comes again where its run is still looked at', async () => {
    const { app, answered } = await changed();
    await answered();
    expect(app.ask.question?.changed).toBe('It is another attempt.');
  });

  it('never comes up over another run: its own run says that it has to be asked again', async () => {
    const { app, answered } = await changed();
    app.openRun(OTHER);
    await answered();
    expect(app.ask.question).toBeNull();
    expect(app.open.error).toBeNull();
    app.openRun(RUN);
    expect(app.open.error?.message).toBe(
      'It is another attempt. Nothing was sent. Choose Start again.',
    );
  });

  it('never comes up over the sign-in form', async () => {
    const { app, answered } = await changed();
    app.entrance.addAccount();
    await answered();
    expect(app.ask.question).toBeNull();
  });

  it('never replaces a question that was opened since', async () => {
    const { app, answered } = await changed();
    app.list.remove(row({ watched: true }));
    await answered();
    expect(app.ask.question?.title).toBe('Remove this run from the list?');
    expect(app.open.error?.message).toContain('Nothing was sent');
  });

  it('about the older way waits in its run where another one was opened since', async () => {
    const { app, answered } = await sent((slow) =>
      slow.answer(reply({ result: 'refused', message: 'Unknown call.', offerDeprecated: true })),
    );
    app.openRun(OTHER);
    await answered();
    expect(app.ask.question).toBeNull();
    app.openRun(RUN);
    expect(app.open.reply?.message).toBe(
      'Unknown call. There is an older way. Choose Start again to be asked about it.',
    );
  });
});
