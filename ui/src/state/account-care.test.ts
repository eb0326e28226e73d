import { describe, expect, it, vi } from 'vitest';
import type { AccountView, InboxItem, Update } from '../generated/contract';
import type { Host } from '../host/host';
import { App } from './app.svelte';
import { account, failure, hostOf, row, settle, snapshot } from './testing';

const OTHER = account({ id: 'b', label: 'Sandbox', origin: 'https://sandbox.solvexia.com' });

const told = (id: number, accountId: string): InboxItem => ({
  id,
  kind: 'ended',
  accountId,
  runId: 'pr-1',
  outcome: 'failed',
  title: 'Failed',
  body: '',
  at: id,
  read: true,
});

async function opened(over: Partial<Host> = {}, accounts: AccountView[] = [account(), OTHER]) {
  let push: (updates: Update[]) => void = () => undefined;
  const removeAccount = vi.fn(async () => undefined);
  const host: Host = hostOf({
    subscribe: (onUpdate) => {
      push = onUpdate;
      return host.snapshot();
    },
    snapshot: async () =>
      snapshot({
        accounts,
        runs: [row({ watched: true }), row({ accountId: 'b', runId: 'pr-7' })],
        inbox: [told(1, 'a'), told(2, 'b')],
      }),
    removeAccount,
    ...over,
  });
  const app = new App(host);
  await app.begin();
  await settle();
  return { app, removeAccount, push: (...updates: Update[]) => push(updates) };
}

describe('removing an account', () => {
  it('is asked about by name, with what it costs, and keeps history unless wished otherwise', async () => {
    const { app, removeAccount } = await opened();
    app.care.askRemove(account());
    const { question } = app.ask;
    expect(question?.facts.map((fact) => fact.value)).toContain('app.solvexia.com');
    expect(question?.warning).toMatch(/You watch 1 run with it/);
    expect(question?.explanation).toMatch(/secrets are deleted from this computer/);
    expect(removeAccount).not.toHaveBeenCalled();
    await app.ask.confirm();
    expect(removeAccount).toHaveBeenCalledWith('a', false);
    expect(app.inbox.items.map((item) => item.accountId)).toEqual(['b', 'a']);
  });

  it('deletes its history where that is wished', async () => {
    const { app, removeAccount } = await opened();
    app.care.askRemove(account());
    app.ask.wished = true;
    await app.ask.confirm();
    expect(removeAccount).toHaveBeenCalledWith('a', true);
    expect(app.inbox.items.map((item) => item.accountId)).toEqual(['b']);
  });

  it('does not carry a wish over to the next question', async () => {
    const { app } = await opened();
    app.care.askRemove(account());
    app.ask.wished = true;
    app.ask.dismiss();
    app.care.askRemove(OTHER);
    expect(app.ask.wished).toBe(false);
  });

  it('shows another account in its place, with its own list', async () => {
    const { app } = await opened();
    app.care.askRemove(account());
    await app.ask.confirm();
    expect(app.accounts.current?.id).toBe('b');
    expect(app.page).toBe('runs');
    expect(app.rows.map((r) => r.runId)).toEqual(['pr-7']);
    expect(app.open.ref?.accountId).toBe('b');
  });

  it('shows an empty sign-in form where it was the last one', async () => {
    const { app } = await opened({}, [account()]);
    app.signIn.prefill(account());
    app.care.askRemove(account());
    await app.ask.confirm();
    expect(app.page).toBe('sign-in');
    expect(app.signIn.account).toBeNull();
    expect(app.signIn.environment).toBe('');
  });

  it('leaves what is in sight alone where another account is', async () => {
    const { app, push } = await opened();
    push({ type: 'account-removed', accountId: 'b' });
    expect(app.accounts.current?.id).toBe('a');
    expect(app.runs.of('b')).toEqual([]);
    app.entrance.addAccount();
    app.signIn.environment = 'typed';
    push({ type: 'account-removed', accountId: 'a' });
    expect(app.signIn.environment).toBe('typed');
  });

  it('that was refused says why, and keeps all', async () => {
    const removeAccount = () => Promise.reject(failure('not-now', 'An action is under way.'));
    const { app } = await opened({ removeAccount });
    app.care.askRemove(account());
    app.ask.wished = true;
    await app.ask.confirm();
    expect(app.error?.message).toBe('An action is under way.');
    expect(app.accounts.list).toHaveLength(2);
    expect(app.inbox.items).toHaveLength(2);
  });

  it('puts its dialogs away', async () => {
    const { app, push } = await opened();
    app.care.showDetails(OTHER);
    app.care.name(OTHER);
    push({ type: 'account-removed', accountId: 'b' });
    expect(app.care.details).toBeNull();
    expect(app.care.named).toBeNull();
  });
});

describe('name and colour', () => {
  it('are taken from the backend’s answer', async () => {
    const updateAccount = vi.fn(async () => account({ label: 'Production', colour: 'red' }));
    const { app } = await opened({ updateAccount });
    app.care.name(account());
    app.care.label = ' Production ';
    app.care.colour = 'red';
    await app.care.saveName();
    expect(updateAccount).toHaveBeenCalledWith('a', 'Production', 'red');
    expect(app.accounts.get('a')?.colour).toBe('red');
    expect(app.care.named).toBeNull();
  });

  it('stay open with what went wrong; an empty name is not sent', async () => {
    const updateAccount = vi.fn(() => Promise.reject(failure('store')));
    const { app } = await opened({ updateAccount });
    app.care.name(account());
    for (const label of ['  ', '\u200b']) {
      app.care.label = label;
      await app.care.saveName();
    }
    expect(updateAccount).not.toHaveBeenCalled();
    app.care.label = 'Production';
    await app.care.saveName();
    expect(app.care.error?.code).toBe('store');
    expect(app.care.label).toBe('Production');
  });
});

describe.each(['locked', 'no-keychain'] as const)('a keychain that is %s', (state) => {
  const unread = account({ state });

  it('leaves the list in sight, at the start and later', async () => {
    const { app, push } = await opened({}, [unread]);
    expect(app.page).toBe('runs');
    expect(app.rows).toHaveLength(2);
    push({ type: 'account', account: account() });
    push({ type: 'account', account: unread });
    expect(app.page).toBe('runs');
  });

  it('can be tried again; the account says what came of it', async () => {
    const { app, push } = await opened(
      { retryKeychain: async () => push({ type: 'account', account: account() }) },
      [unread],
    );
    await app.care.retryKeychain();
    expect(app.accounts.current?.state).toBe('ready');
    expect(app.care.stillUnread).toBe(false);
  });

  it('that stays so is said', async () => {
    const { app, push } = await opened({ retryKeychain: async () => undefined }, [unread]);
    await app.care.retryKeychain();
    expect(app.care.stillUnread).toBe(true);
    expect(app.announcer.text).toMatch(/still cannot be read/);
    push({ type: 'account', account: account() });
    expect(app.care.stillUnread).toBe(false);
  });
});
