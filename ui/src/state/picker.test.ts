import { describe, expect, it, vi } from 'vitest';
import type { CreateReply, ProcessRunList, ProcessRunRow } from '../generated/contract';
import type { Host } from '../host/host';
import { App } from './app.svelte';
import { failure, hostOf, row, settle, snapshot } from './testing';

const PROCESS = { processId: 'p-1', name: 'Bank' };
const OTHER = { processId: 'p-2', name: 'Tax' };
const listed = (runId: string, name = runId): ProcessRunRow => ({ runId, name, added: false });
const lost = (...newRuns: ProcessRunRow[]): CreateReply => ({
  row: null,
  message: 'The answer was lost.',
  newRuns,
});
const created: CreateReply = { row: row({ runId: 'pr-9', seq: 9 }), message: null, newRuns: [] };

/** A picker with a process chosen. */
async function chosen(over: Partial<Host> = {}) {
  const host = hostOf({
    snapshot: async () => snapshot(),
    listProcesses: async () => ({ rows: [PROCESS, OTHER], isCut: false }),
    getProcess: async () => ({
      ...PROCESS,
      description: null,
      lastModifiedBy: null,
      dateModified: null,
    }),
    listProcessRuns: async () => ({ rows: [listed('pr-1')], isCut: false }),
    listProcessSteps: async () => [],
    ...over,
  });
  const app = new App(host);
  await app.begin();
  app.picker.open('a');
  await app.picker.choose(PROCESS);
  return { app, picker: app.picker, host };
}

describe('the runs of a process', () => {
  it('stand the newest first, by the number in the id', async () => {
    const ids = ['pr-9', 'pr-1000', 'pr-10', 'pr-90071992547409931', 'pr-90071992547409930'];
    const { picker } = await chosen({
      listProcessRuns: async () => ({ rows: ids.map((id) => listed(id)), isCut: false }),
    });
    expect(picker.shownRuns.map((run) => run.runId)).toEqual([
      'pr-90071992547409931',
      'pr-90071992547409930',
      'pr-1000',
      'pr-10',
      'pr-9',
    ]);
  });

  it('that were cut say so', async () => {
    const rows = [listed('pr-1')];
    const { picker } = await chosen({ listProcessRuns: async () => ({ rows, isCut: true }) });
    expect(picker.runsAreCut).toBe(true);
    expect(picker.processesAreCut).toBe(false);
  });

  it('are found by name and id, in any order of the words', async () => {
    const runs = [listed('pr-1', 'Bank November'), listed('pr-12', 'Bank October')];
    const { picker } = await chosen({
      listProcessRuns: async () => ({ rows: runs, isCut: false }),
    });
    picker.runSearch = 'october BANK';
    expect(picker.shownRuns.map((run) => run.runId)).toEqual(['pr-12']);
    picker.runSearch = 'pr-1';
    expect(picker.shownRuns).toHaveLength(2);
  });

  it('are searched anew in the next process', async () => {
    const { picker } = await chosen();
    picker.runSearch = 'october';
    await picker.choose(OTHER);
    expect(picker.runSearch).toBe('');
  });
});

describe('creating a run', () => {
  it('sends one request, however often it is pressed', async () => {
    const createRun = vi.fn(async () => created);
    const { app, picker } = await chosen({ createRun });
    await Promise.all([picker.create(), picker.create()]);
    expect(createRun).toHaveBeenCalledTimes(1);
    expect(app.open.ref?.runId).toBe('pr-9');
    expect(picker.isOpen).toBe(false);
  });

  it('says what went wrong beside the run that was made all the same', async () => {
    const message = 'Created as pr-9, but it could not be read yet.';
    const { app, picker } = await chosen({ createRun: async () => ({ ...created, message }) });
    await picker.create();
    expect(app.open.reply?.message).toBe(message);
    expect(app.announcer.text).toBe(message);
  });

  it('takes a run that was made into the list and opens nothing where its user has gone on', async () => {
    let answer: (reply: CreateReply) => void = () => undefined;
    const createRun = () => new Promise<CreateReply>((done) => (answer = done));
    const { app, picker } = await chosen({ createRun });
    const creating = picker.create();
    picker.close();
    answer(created);
    await creating;
    expect(app.runs.of('a').map((r) => r.runId)).toEqual(['pr-9']);
    expect(app.open.ref).toBeNull();
    expect(app.announcer.text).toMatch(/pr-9/);
  });

  it('can be tried again where SolveXia refused it', async () => {
    const createRun = vi.fn<Host['createRun']>().mockRejectedValueOnce(failure('forbidden'));
    createRun.mockResolvedValue(created);
    const { app, picker } = await chosen({ createRun });
    await picker.create();
    expect(picker.processError?.code).toBe('forbidden');
    await picker.create();
    expect(app.ask.question).toBeNull();
    expect(createRun).toHaveBeenCalledTimes(2);
  });
});

describe('creating a run whose answer was lost', () => {
  it('says so, reads the list again and shows what is new in it', async () => {
    const listProcessRuns = vi.fn<Host['listProcessRuns']>();
    listProcessRuns.mockResolvedValueOnce({ rows: [listed('pr-1')], isCut: false });
    listProcessRuns.mockResolvedValue({
      rows: [listed('pr-1'), listed('pr-8'), listed('pr-9')],
      isCut: false,
    });
    const createRun = async () => lost(listed('pr-8'));
    const { picker } = await chosen({ createRun, listProcessRuns });
    await picker.create();
    expect(picker.lost?.message).toBe('The answer was lost.');
    expect(listProcessRuns).toHaveBeenCalledTimes(2);
    // What SolveXia shows only now is new as well.
    expect(picker.lost?.newRuns.map((run) => run.runId)).toEqual(['pr-9', 'pr-8']);
    expect(picker.isOpen).toBe(true);
  });

  it('offers no second one before the list was read again, and then asks', async () => {
    const createRun = vi.fn<Host['createRun']>(async () => lost());
    let list: (list: ProcessRunList) => void = () => undefined;
    const listProcessRuns = vi.fn<Host['listProcessRuns']>();
    listProcessRuns.mockResolvedValueOnce({ rows: [], isCut: false });
    listProcessRuns.mockReturnValue(new Promise((done) => (list = done)));
    const { app, picker } = await chosen({ createRun, listProcessRuns });
    const creating = picker.create();
    await settle();
    expect(picker.lost?.look).toBe('under-way');
    await picker.create();
    expect(createRun).toHaveBeenCalledTimes(1);
    expect(app.ask.question).toBeNull();

    list({ rows: [], isCut: false });
    await creating;
    await picker.create();
    expect(app.ask.question?.warning).toMatch(/was lost\. If .* second run/);
    expect(createRun).toHaveBeenCalledTimes(1);
    createRun.mockResolvedValueOnce(created);
    await app.ask.confirm();
    expect(createRun).toHaveBeenCalledTimes(2);
    // The backend sends another one only where that is said.
    expect(createRun).toHaveBeenNthCalledWith(1, 'a', PROCESS.processId, '', false);
    expect(createRun).toHaveBeenNthCalledWith(2, 'a', PROCESS.processId, '', true);
    expect(picker.lost).toBeNull();
  });

  it.each<[string, () => Promise<ProcessRunList>]>([
    ['cannot be listed', () => Promise.reject(failure('forbidden'))],
    ['are more than are listed', async () => ({ rows: [], isCut: true })],
  ])('lets its user go on where the runs %s, and says that first', async (_, list) => {
    const createRun = vi.fn<Host['createRun']>(async () => lost());
    const { app, picker } = await chosen({ createRun, listProcessRuns: list });
    await picker.create();
    await picker.create();
    expect(createRun).toHaveBeenCalledTimes(1);
    expect(app.ask.question?.warning).toMatch(/could not all be listed.*second run/);
    createRun.mockResolvedValueOnce(created);
    await app.ask.confirm();
    expect(createRun).toHaveBeenLastCalledWith('a', PROCESS.processId, '', true);
  });

  it('is not forgotten by a look at another process, or by closing', async () => {
    const createRun = vi.fn(async () => lost());
    const { app, picker } = await chosen({ createRun });
    await picker.create();
    await picker.choose(OTHER);
    expect(picker.lost).toBeNull();
    picker.close();
    picker.open('a');
    await picker.choose(PROCESS);
    expect(picker.lost).not.toBeNull();
    await picker.create();
    expect(app.ask.question).not.toBeNull();
  });

  it('is told also where the picker was closed meanwhile', async () => {
    let answer: (reply: CreateReply) => void = () => undefined;
    const createRun = () => new Promise<CreateReply>((done) => (answer = done));
    const { app, picker } = await chosen({ createRun });
    const creating = picker.create();
    picker.close();
    answer(lost());
    await creating;
    expect(app.error?.message).toBe('The answer was lost.');
  });

  it('is over once the run that was found is added', async () => {
    const addRun = async () => row({ runId: 'pr-8', seq: 9 });
    const { picker } = await chosen({ createRun: async () => lost(listed('pr-8')), addRun });
    await picker.create();
    await picker.pick(listed('pr-8'));
    picker.open('a');
    await settle();
    expect(picker.lost).toBeNull();
  });
});
