import { describe, expect, it, vi } from 'vitest';
import type { Host } from '../host/host';
import { troubleOf } from './accounts.svelte';
import { account, detail, failure, opened, row, RUN, settle, snapshot } from './testing';

const found: Partial<Host> = {
  findRunIds: async () => [{ runId: 'pr-9', isGuess: false, added: false }],
};

describe('the start', () => {
  it('loses nothing that comes between the stream and the snapshot', async () => {
    const { app } = await opened(
      {},
      {
        subscribe: async (onUpdate) => {
          onUpdate([{ type: 'run', row: row({ seq: 5, status: 'Running' }) }]);
          return snapshot({ runs: [row({ seq: 3 })] });
        },
      },
    );
    expect(app.runs.get(RUN)?.status).toBe('Running');
  });

  it('offers sample data or SolveXia where there is no account yet', async () => {
    const { app } = await opened({ accounts: [] });
    expect(app.page).toBe('first-run');
    app.entrance.showSignIn();
    expect(app.page).toBe('sign-in');
  });

  it('waits for the account of sample data, which needs no such choice', async () => {
    const { app, push } = await opened({
      accounts: [],
      app: { ...snapshot().app, demo: true },
    });
    expect(app.page).toBe('sign-in');
    push({ type: 'account', account: account({ isSample: true }) });
    expect(app.page).toBe('runs');
  });

  it('shows the form filled in where all accounts are signed out, and keeps their list', async () => {
    const out = account({ state: 'signed-out', identity: 'desk' });
    const { app } = await opened({ accounts: [out], runs: [row()] });
    expect(app.page).toBe('sign-in');
    expect(app.signIn.environment).toBe('https://app.solvexia.com');
    expect(app.signIn.clientId).toBe('desk');
    expect(app.runs.of('a')).toHaveLength(1);
  });

  it('puts a run beside the table straight away, one that runs if there is one', async () => {
    const runs = [row(), row({ runId: 'pr-2', status: 'Running', started: 1 })];
    const { app } = await opened({ runs });
    expect(app.page).toBe('runs');
    expect(app.open.ref?.runId).toBe('pr-2');
  });

  it('opens what was open in a page that ended by itself, which nobody has looked at by that', async () => {
    const accounts = [account({ id: 'b' }), account()];
    const runs = [row({ status: 'Running' }), row({ runId: 'pr-2' })];
    const markRunRead = vi.fn(async () => undefined);
    const openRun = { accountId: 'a', runId: 'pr-2' };
    const { app } = await opened({ accounts, runs, openRun }, { markRunRead });
    expect(app.open.ref).toEqual(openRun);
    expect(app.accounts.current?.id).toBe('a');
    expect(markRunRead).not.toHaveBeenCalled();
  });

  it('shows the list first where there is room for one pane, and a run once it is opened', async () => {
    const { app } = await opened({ runs: [row()] });
    expect(app.inFront).toBe('list');
    app.openRun(RUN);
    expect(app.inFront).toBe('run');
  });

  it('opens another run where that one is gone meanwhile', async () => {
    const openRun = { accountId: 'a', runId: 'pr-9' };
    const { app } = await opened({ runs: [row()], openRun });
    expect(app.open.ref?.runId).toBe('pr-1');
  });

  it('opens the first run that comes where none was there', async () => {
    const { app, push } = await opened();
    expect(app.open.ref).toBeNull();
    push({ type: 'run', row: row() });
    expect(app.open.ref?.runId).toBe('pr-1');
  });

  it('says what went wrong, and can try again', async () => {
    const snapshots = vi
      .fn<Host['snapshot']>()
      .mockRejectedValueOnce(failure('store'))
      .mockResolvedValue(snapshot());
    const { app } = await opened({}, { snapshot: snapshots });
    expect(app.page).toBe('broken');
    await app.begin();
    expect(app.page).toBe('runs');
    expect(app.error).toBeNull();
  });
});

it('a note is shown until it is dismissed, and not again', async () => {
  const { app } = await opened({ notes: ['One.', 'Two.', 'One.'] });
  expect(app.notes.list).toEqual(['One.', 'Two.']);
  app.notes.dismiss('One.');
  expect(app.notes.list).toEqual(['Two.']);
  await app.begin();
  expect(app.notes.list).toEqual(['Two.']);
});

describe('updates', () => {
  it('ask for the detail of the open run again, and of no other', async () => {
    const runDetail = vi.fn(async () => detail());
    const { push } = await opened({ runs: [row()] }, { runDetail });
    runDetail.mockClear();
    push({ type: 'run', row: row({ runId: 'pr-2', seq: 4 }) });
    expect(runDetail).not.toHaveBeenCalled();
    push({ type: 'run', row: row({ seq: 5 }) });
    expect(runDetail).toHaveBeenCalledTimes(1);
  });

  it('are told to a screen reader where the word of an open or watched run changed', async () => {
    const { app, push } = await opened({ runs: [row()] });
    push({ type: 'run', row: row({ seq: 5, status: 'Running' }) });
    expect(app.announcer.text).toBe('\u2068Bank reconciliation\u2069: Running');
  });

  it('close a run that was taken off', async () => {
    const { app, push } = await opened({ runs: [row()] });
    push({ type: 'run-removed', ...RUN });
    expect(app.open.ref).toBeNull();
    expect(app.rows).toEqual([]);
  });

  it('open the run whose notification was clicked', async () => {
    const { app, push } = await opened({ runs: [row(), row({ runId: 'pr-2' })] });
    push({ type: 'open-run', accountId: 'a', runId: 'pr-2' });
    await settle();
    expect(app.open.ref?.runId).toBe('pr-2');
  });

  it('that an account is signed out show the form, once', async () => {
    const { app, push } = await opened({ runs: [row()] });
    push({ type: 'account', account: account({ state: 'signed-out' }) });
    expect(app.page).toBe('sign-in');
    app.entrance.leaveSignIn();
    push({ type: 'account', account: account({ state: 'signed-out' }) });
    expect(app.page).toBe('runs');
  });

  it('that a sign-in expired leave the runs in sight', async () => {
    const { app, push } = await opened({ runs: [row()] });
    push({ type: 'account', account: account({ state: 'expired' }) });
    expect(app.page).toBe('runs');
    expect(troubleOf(app.accounts.current)).toBe('signed-out');
  });

  it('that an account is ready end the wait at the sign-in form', async () => {
    const { app, push } = await opened({ accounts: [] });
    push({ type: 'account', account: account({ isSample: true }) });
    expect(app.page).toBe('runs');
  });
});

describe('adding a run', () => {
  it('keeps the table, opens the run, and does not watch it', async () => {
    const watchRun = vi.fn(async () => row());
    const added = row({ runId: 'pr-9', seq: 9 });
    const { app } = await opened(
      { runs: [row()] },
      {
        ...found,
        watchRun,
        addRun: async () => added,
        runDetail: async () => detail({ row: added }),
      },
    );
    app.list.text = 'pr-9';
    await app.list.add('a');
    expect(app.rows).toHaveLength(2);
    expect(app.open.ref?.runId).toBe('pr-9');
    expect(app.list.text).toBe('');
    expect(watchRun).not.toHaveBeenCalled();
  });

  it('keeps what was typed where it could not be added', async () => {
    const { app } = await opened({}, { ...found, addRun: () => Promise.reject(failure('bad-id')) });
    app.list.text = 'nonsense';
    await app.list.add('a');
    expect(app.list.text).toBe('nonsense');
    expect(app.list.error?.code).toBe('bad-id');
  });
});

describe('taking a run off', () => {
  it('asks by name where it is watched, says that SolveXia is untouched, and closes the run', async () => {
    const removeRun = vi.fn(async () => undefined);
    const { app } = await opened({ runs: [row({ watched: true })] }, { removeRun });
    app.list.remove(row({ watched: true }));
    expect(app.ask.question?.explanation).toMatch(/Nothing changes in SolveXia/);
    expect(removeRun).not.toHaveBeenCalled();
    await app.ask.confirm();
    expect(app.rows).toEqual([]);
    expect(app.open.ref).toBeNull();
  });

  it('can be undone from where the run is still named', async () => {
    const { app, push } = await opened({ runs: [row()] }, { addRun: async () => row({ seq: 9 }) });
    push({ type: 'run-removed', ...RUN });
    app.openRun(RUN);
    await settle();
    await app.list.addAgain(RUN);
    expect(app.rows).toHaveLength(1);
    expect(app.open.ref).toEqual(RUN);
  });
});

describe('accounts', () => {
  it('that can be used are shown rather than those that cannot', async () => {
    const expired = account({ id: 'x', state: 'expired' });
    const { app } = await opened({ accounts: [expired, account({ id: 'b', state: 'offline' })] });
    expect(app.accounts.current?.id).toBe('b');
  });

  it('keep a typed form in sight while another account changes', async () => {
    const { app, push } = await opened({ runs: [row()] });
    app.entrance.addAccount();
    push({ type: 'account', account: account({ state: 'offline' }) });
    push({ type: 'account', account: account() });
    expect(app.page).toBe('sign-in');
  });

  it('share one list, and are chosen by their user alone', async () => {
    const accounts = [account(), account({ id: 'b', origin: 'https://eu.solvexia.com' })];
    const runs = [row(), row({ accountId: 'b', runId: 'pr-7' })];
    const { app } = await opened({ accounts, runs });
    expect(app.rows.map((r) => r.runId)).toEqual(['pr-1', 'pr-7']);
    app.entrance.switchAccount(app.accounts.get('b') ?? account());
    expect(app.rows.map((r) => r.runId)).toEqual(['pr-1', 'pr-7']);
    app.openRun(RUN);
    expect(app.accounts.current?.id).toBe('b');
  });

  it('that sign out keep their list and get the form', async () => {
    const { app } = await opened({ runs: [row()] }, { signOut: async () => undefined });
    await app.entrance.signOut(account());
    expect(app.page).toBe('sign-in');
    expect(app.runs.of('a')).toHaveLength(1);
    app.entrance.leaveSignIn();
    expect(app.page).toBe('runs');
  });

  it('say what a sign-out left until the next one, and no longer', async () => {
    const left = failure('keychain', 'The secret may still be there.');
    const signOut = vi.fn<Host['signOut']>().mockRejectedValueOnce(left);
    const { app } = await opened({}, { signOut });
    await app.entrance.signOut(account());
    expect(app.error?.code).toBe('keychain');
    await app.entrance.signOut(account());
    expect(app.error).toBeNull();
  });

  it('keep what is searched for over all this', async () => {
    const { app } = await opened({ runs: [row()] }, { signOut: async () => undefined });
    app.views.search = 'bank';
    await app.entrance.signOut(account());
    app.entrance.leaveSignIn();
    expect(app.views.search).toBe('bank');
  });
});

describe('a panel', () => {
  it('is closed by what opened it', async () => {
    const { app } = await opened();
    app.togglePanel('inbox');
    expect(app.panel).toBe('inbox');
    app.togglePanel('activity');
    expect(app.panel).toBe('activity');
    app.togglePanel('activity');
    expect(app.panel).toBeNull();
  });

  it('that covers the window goes when a run is opened; one beside it stays', async () => {
    const { app } = await opened({ runs: [row()] });
    app.openPanel('inbox');
    app.openRun(RUN);
    expect(app.panel).toBe('inbox');
    app.setPanelCovers(true);
    app.openRun(RUN);
    expect(app.panel).toBeNull();
  });
});
