import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { RunDetail } from '../generated/contract';
import type { Host } from '../host/host';
import { Accounts } from './accounts.svelte';
import { Actions } from './actions.svelte';
import { Ask } from './ask.svelte';
import { Latest } from './latest';
import { OpenRun } from './open-run.svelte';
import { Runs } from './runs.svelte';
import { account, detail, failure, hostOf, reply, row, RUN, settle, step } from './testing';

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

function desk(over: Partial<Host>, isPaused = false) {
  const host = hostOf(over);
  const ask = new Ask();
  const accounts = new Accounts();
  accounts.take(account());
  const open = new OpenRun(host, new Runs());
  const actions = new Actions(host, ask, accounts, open, () => isPaused, new Latest());
  return { ask, accounts, open, actions };
}

async function confirm(ask: Ask) {
  const done = ask.confirm();
  await settle();
  await vi.advanceTimersByTimeAsync(1000);
  await done;
}

const values = (ask: Ask) => ask.question?.facts.map((fact) => fact.value) ?? [];

describe('asking', () => {
  it('names run and step by their ids where their names cannot be seen', () => {
    const { ask, actions } = desk({});
    const unseen = step({ stepId: 'ds-9', name: '\u200b', order: '1.3' });
    actions.restart(detail({ row: row({ name: ' ' }), steps: [unseen] }), unseen);
    expect(values(ask)[0]).toBe('pr-1');
    expect(values(ask)).toContain('1.3 \u2068ds-9\u2069 (ds-9)');
  });

  it('names run, id and environment, and says the warning', () => {
    const { ask, actions } = desk({});
    const warned = { allowed: true, reason: null, warning: 'It has run before.' };
    actions.start(detail({ start: warned }));
    expect(values(ask)).toEqual(
      expect.arrayContaining(['Bank reconciliation', 'pr-1', 'app.solvexia.com', 'Not started']),
    );
    expect(ask.question?.warning).toBe('It has run before.');
  });

  it('says when the end will be told', () => {
    const { ask, actions } = desk({});
    actions.start(detail());
    expect(ask.question?.explanation).toMatch(/tells you how it ends/);
    const paused = desk({}, true);
    paused.actions.restart(detail(), step({ order: '1.3' }));
    expect(paused.ask.question?.explanation).toMatch(/only after you resume watching/);
  });

  it('names the account too where there are several', () => {
    const { ask, accounts, actions } = desk({});
    actions.start(detail());
    expect(values(ask)).not.toContain('Production');
    accounts.take(account({ label: 'Production' }));
    accounts.take(account({ id: 'b', label: 'Sandbox' }));
    actions.start(detail());
    expect(values(ask)).toContain('Production');
  });

  it('names the step that a restart begins from', () => {
    const { ask, actions } = desk({});
    actions.restart(detail(), step({ stepId: 'ds-9', order: '1.3', name: 'Match' }));
    expect(values(ask)).toContain('1.3 \u2068Match\u2069 (ds-9)');
  });

  it('sends nothing before it is confirmed, and nothing when it is dismissed', async () => {
    const startRun = vi.fn(async () => reply());
    const { ask, actions } = desk({ startRun });
    actions.start(detail());
    ask.dismiss();
    await settle();
    expect(startRun).not.toHaveBeenCalled();
    expect(ask.question).toBeNull();
  });

  it('does not even ask where the action makes no sense', () => {
    const { ask, actions } = desk({});
    actions.cancel(detail());
    expect(ask.question).toBeNull();
  });
});

describe('sending', () => {
  it('sends once, however often confirm is clicked', async () => {
    const startRun = vi.fn(async () => reply());
    const { ask, actions } = desk({ startRun });
    actions.start(detail());
    void ask.confirm();
    void ask.confirm();
    await confirm(ask);
    expect(startRun).toHaveBeenCalledTimes(1);
  });

  it('expects what the question showed, whatever came since', async () => {
    const startRun = vi.fn(async () => reply());
    const { ask, open, actions } = desk({
      startRun,
      runDetail: async () => detail({ row: row({ seq: 9, status: 'Running', attempt: 5 }) }),
    });
    actions.start(detail({ row: row({ status: 'NotStarted', attempt: 2 }) }));
    await open.open(RUN);
    await confirm(ask);
    expect(startRun).toHaveBeenCalledWith({
      ...RUN,
      expected: { status: 'NotStarted', attempt: 2 },
    });
  });

  it('shows what the answer said, and that it is under way until then', async () => {
    let answer!: () => void;
    const startRun = () =>
      new Promise<ReturnType<typeof reply>>((done) => (answer = () => done(reply())));
    const { ask, open, actions } = desk({ startRun });
    await open.open(RUN);
    actions.start(detail());
    const confirmed = ask.confirm();
    await settle();
    expect(open.action).toBe('Starting…');
    await vi.advanceTimersByTimeAsync(700);
    // The question does not wait for a slow answer.
    expect(ask.question).toBeNull();
    answer();
    await confirmed;
    expect(open.action).toBeNull();
    expect(open.reply?.message).toBe('Done.');
  });

  it('sends nothing again by itself after a failure', async () => {
    const cancelRun = vi.fn(() => Promise.reject(failure('offline')));
    const going = detail({ cancel: { allowed: true, reason: null, warning: null } });
    const { ask, open, actions } = desk({ cancelRun });
    await open.open(RUN);
    actions.cancel(going);
    await confirm(ask);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(cancelRun).toHaveBeenCalledTimes(1);
    expect(open.error?.code).toBe('offline');
    expect(ask.question).toBeNull();
  });

  it('does not send a second action while one is under way', async () => {
    const startRun = vi.fn(() => new Promise<never>(() => undefined));
    const { ask, actions } = desk({ startRun });
    actions.start(detail());
    void ask.confirm();
    await vi.advanceTimersByTimeAsync(700);
    actions.start(detail());
    void ask.confirm();
    await settle();
    expect(startRun).toHaveBeenCalledTimes(1);
  });
});

describe('a run that changed since it was asked about', () => {
  const changed = (now: RunDetail) => {
    const startRun = vi
      .fn<Host['startRun']>()
      .mockRejectedValueOnce(failure('changed', 'It is another attempt now.'))
      .mockResolvedValue(reply());
    return { startRun, ...desk({ startRun, runDetail: async () => now }) };
  };

  it('is asked about again, as it is now', async () => {
    const { ask, actions, open, startRun } = changed(detail({ row: row({ attempt: 3, seq: 2 }) }));
    await open.open(RUN);
    actions.start(detail());
    await confirm(ask);
    expect(ask.question?.changed).toBe('It is another attempt now.');
    expect(startRun).toHaveBeenCalledTimes(1);
    await confirm(ask);
    expect(startRun).toHaveBeenLastCalledWith({
      ...RUN,
      expected: { status: 'NotStarted', attempt: 3 },
    });
  });

  it('is not asked about again where the action no longer makes sense', async () => {
    const no = { allowed: false, reason: 'It is running.', warning: null };
    const { ask, actions, open } = changed(detail({ start: no }));
    await open.open(RUN);
    actions.start(detail());
    await confirm(ask);
    expect(ask.question).toBeNull();
    expect(open.error?.message).toBe('It is another attempt now. It is running.');
  });
});

describe('the older call', () => {
  it('is offered as a second question, and sent only when that is confirmed', async () => {
    const startRun = vi.fn(async () => reply({ result: 'refused', offerDeprecated: true }));
    const startRunDeprecated = vi.fn(async () => reply());
    const { ask, actions, open } = desk({ startRun, startRunDeprecated });
    await open.open(RUN);
    actions.start(detail());
    await confirm(ask);
    expect(startRunDeprecated).not.toHaveBeenCalled();
    expect(ask.question?.title).toBe('Start this run the older way?');
    expect(values(ask)).toEqual(expect.arrayContaining(['pr-1', 'app.solvexia.com']));
    await confirm(ask);
    expect(startRun).toHaveBeenCalledTimes(1);
    expect(startRunDeprecated).toHaveBeenCalledTimes(1);
  });
});

describe('the reason', () => {
  it('goes with what was confirmed where one was typed, and is none otherwise', async () => {
    const startRun = vi.fn<Host['startRun']>(async () => reply());
    const { ask, actions } = desk({ startRun, runDetail: async () => detail() });
    actions.start(detail());
    ask.reason = ' Late invoices ';
    await confirm(ask);
    expect(startRun).toHaveBeenLastCalledWith(expect.objectContaining({ reason: 'Late invoices' }));
    actions.start(detail());
    expect(ask.reason).toBe('');
    await confirm(ask);
    expect(startRun.mock.lastCall?.[0]).not.toHaveProperty('reason');
  });

  it('is still there when the run has changed and it is asked again', async () => {
    const { ask, actions, open } = desk({
      startRun: () => Promise.reject(failure('changed')),
      runDetail: async () => detail(),
    });
    void open.open(RUN);
    await settle();
    actions.start(detail());
    ask.reason = 'Late invoices';
    await confirm(ask);
    expect(ask.question?.changed).toBe('changed');
    expect(ask.reason).toBe('Late invoices');
  });
});
