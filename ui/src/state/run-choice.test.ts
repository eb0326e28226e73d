import { describe, expect, it, vi } from 'vitest';
import type {
  CreateReply,
  ProcessRunRow,
  ProcessRunStatus,
  RunDetail,
} from '../generated/contract';
import type { Host } from '../host/host';
import { detail, failure, later, opened, row, settle } from './testing';

const PROCESS = { processId: 'p-1', name: 'Bank' };
const OTHER = { processId: 'p-2', name: 'Tax' };
const FINISHED: ProcessRunStatus = { status: 'Finished', ended: true, started: 1, finished: 2 };
const created: CreateReply = {
  row: row({ runId: 'pr-9', name: 'November : run #9', seq: 9 }),
  message: null,
  newRuns: [],
};

const listed = (n: number): ProcessRunRow => ({ runId: `pr-${n}`, name: `Run ${n}`, added: false });
const listedRuns = (many: number) => Array.from({ length: many }, (_, n) => listed(n + 1));

/** A picker with a process chosen that has so many runs. */
async function chosen(many: number, over: Partial<Host> = {}) {
  const { app } = await opened(
    {},
    {
      listProcesses: async () => ({ rows: [PROCESS, OTHER], isCut: false }),
      getProcess: async () => ({
        ...PROCESS,
        description: null,
        lastModifiedBy: null,
        dateModified: null,
      }),
      listProcessRuns: async () => ({ rows: listedRuns(many), isCut: false }),
      listProcessSteps: async () => [],
      addRun: async (_account, runId) => row({ runId, name: runId, seq: 5 }),
      watchRun: async ({ runId }, watched) => row({ runId, name: runId, watched, seq: 6 }),
      ...over,
    },
  );
  app.picker.open('a');
  await app.picker.choose(PROCESS);
  return { app, picker: app.picker, choice: app.picker.choice };
}

describe('runs that are ticked', () => {
  it('are added and watched together, are in the list, and can be taken back', async () => {
    const removeRun = vi.fn(async () => undefined);
    const { app, picker, choice } = await chosen(3, { removeRun });
    [1, 3].forEach((n) => choice.toggle(listed(n)));
    await picker.addTicked(true);
    const rows = app.runs.of('a').map(({ runId, watched }) => `${runId} ${watched}`);
    expect(rows.sort()).toEqual(['pr-1 true', 'pr-3 true']);
    expect(picker.isOpen).toBe(false);
    expect(app.undo.shown[0]?.words).toBe('2 runs added and watched.');
    await app.undo.takeNewest();
    expect(removeRun).toHaveBeenCalledTimes(2);
    expect(app.runs.of('a')).toEqual([]);
  });

  it('that could not be taken back are tried again, and no others', async () => {
    const removeRun = vi
      .fn<Host['removeRun']>(async () => undefined)
      .mockResolvedValueOnce(undefined)
      .mockRejectedValueOnce(failure('not-now'));
    const { app, picker, choice } = await chosen(2, { removeRun });
    [1, 2].forEach((n) => choice.toggle(listed(n)));
    await picker.addTicked(true);
    await app.undo.takeNewest();
    await app.undo.takeNewest();
    expect(removeRun.mock.calls.map(([{ runId }]) => runId)).toEqual(['pr-2', 'pr-1', 'pr-1']);
    expect(app.undo.shown).toEqual([]);
  });

  it('that cannot be added stay ticked, with the reason; the others are in the list', async () => {
    const addRun: Host['addRun'] = async (_account, runId) => {
      if (runId === 'pr-2') throw failure('not-found');
      return row({ runId, seq: 5 });
    };
    const { app, picker, choice } = await chosen(3, { addRun });
    [1, 2, 3].forEach((n) => choice.toggle(listed(n)));
    await picker.addTicked(false);
    expect(picker.isOpen).toBe(true);
    expect(choice.error?.code).toBe('not-found');
    expect([...choice.ticked]).toEqual(['pr-2']);
    expect(app.runs.of('a')).toHaveLength(2);
    expect(app.undo.shown[0]?.words).toBe('2 of 3 runs added.');
    expect(picker.shownRuns.map(({ added }) => added)).toEqual([true, false, true]);
  });

  it('are added no further once the picker is closed', async () => {
    const slow = later<ReturnType<typeof row>>();
    const addRun = vi.fn(() => slow.promise);
    const { app, picker, choice } = await chosen(3, { addRun });
    [1, 2, 3].forEach((n) => choice.toggle(listed(n)));
    const adding = picker.addTicked(false);
    picker.close();
    slow.answer(row({ runId: 'pr-3', seq: 5 }));
    await adding;
    expect(addRun).toHaveBeenCalledTimes(1);
    expect(app.runs.of('a')).toHaveLength(1);
  });

  it('are not those of another process', async () => {
    const { picker, choice } = await chosen(3);
    choice.toggle(listed(1));
    await picker.choose(OTHER);
    expect(choice.ticked.size).toBe(0);
  });
});

describe('how runs stand that are not in the list', () => {
  it('is asked of thirty of them, the newest first, and of none that is in the list', async () => {
    const asked: string[] = [];
    const { picker, choice } = await chosen(40, {
      processRunStatus: async (_account, runId) => {
        asked.push(runId);
        return FINISHED;
      },
      listProcessRuns: async () => ({
        rows: listedRuns(40).map((run) => ({ ...run, added: run.runId === 'pr-40' })),
        isCut: false,
      }),
    });
    await picker.showStatuses();
    expect(asked.length).toBe(30);
    expect(asked.slice(0, 4)).toEqual(['pr-39', 'pr-38', 'pr-37', 'pr-36']);
    expect(choice.statuses.get('pr-39')).toEqual(FINISHED);
  });

  it('is asked no further after an error, which is shown', async () => {
    const processRunStatus = vi
      .fn<Host['processRunStatus']>()
      .mockRejectedValue(failure('offline'));
    const { picker, choice } = await chosen(40, { processRunStatus });
    await picker.showStatuses();
    expect(choice.error?.code).toBe('offline');
    expect(processRunStatus.mock.calls.length).toBeLessThanOrEqual(4);
    expect(choice.isReading).toBe(false);
  });

  it('is forgotten where it comes late, for another process', async () => {
    const slow = later<ProcessRunStatus>();
    const { picker, choice } = await chosen(1, { processRunStatus: () => slow.promise });
    const reading = picker.showStatuses();
    await picker.choose(OTHER);
    slow.answer(FINISHED);
    await reading;
    expect(choice.statuses.size).toBe(0);
  });
});

describe('a run that is created to be started at once', () => {
  const startable = () => {
    const createdRow = created.row;
    if (!createdRow) throw new Error('no row');
    const it = detail({ row: createdRow });
    return { ...it, start: { ...it.start, allowed: true } };
  };

  it('rule 9: is asked about by name, and is not started before that is confirmed', async () => {
    const startRun = vi.fn<Host['startRun']>();
    const { app, picker } = await chosen(0, {
      createRun: async () => created,
      runDetail: async () => startable(),
      startRun,
    });
    picker.startsAfter = true;
    await picker.create();
    await settle();
    expect(app.ask.question?.title).toBe('Start this run?');
    expect(app.ask.question?.facts.map(({ value }) => value)).toContain('November : run #9');
    expect(startRun).not.toHaveBeenCalled();
    app.ask.dismiss();
    await settle();
    expect(startRun).not.toHaveBeenCalled();
  });

  it('is not asked about where its user did not wish it, or has gone on meanwhile', async () => {
    const slow = later<RunDetail>();
    const { app, picker } = await chosen(0, {
      createRun: async () => created,
      runDetail: () => slow.promise,
    });
    await picker.create();
    await settle();
    expect(app.ask.question).toBeNull();

    picker.open('a');
    await picker.choose(PROCESS);
    picker.startsAfter = true;
    await picker.create();
    app.touched();
    slow.answer(startable());
    await settle();
    expect(app.ask.question).toBeNull();
  });

  it('is not asked about where the answer was lost', async () => {
    const runDetail = vi.fn(async () => startable());
    const { app, picker } = await chosen(0, {
      createRun: async () => ({ row: null, message: 'The answer was lost.', newRuns: [] }),
      runDetail,
    });
    picker.startsAfter = true;
    await picker.create();
    await settle();
    expect(app.ask.question).toBeNull();
  });
});
