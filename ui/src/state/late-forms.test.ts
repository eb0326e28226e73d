/** Rule 28, for what is typed into the sign-in form and the dialogs of accounts and settings. */
import { AS_INSTALLED } from '../host/fake/notifications';
import { describe, expect, it } from 'vitest';
import type { AccountView, NetworkView, NotificationSettings } from '../generated/contract';
import type { Host } from '../host/host';
import { account, failure, later, opened, row, RUN } from './testing';

const withRun = (over: Partial<Host>) => opened({ runs: [row()] }, over);

describe('rule 28: the sign-in', () => {
  const typed = (app: Awaited<ReturnType<typeof withRun>>['app']) => {
    app.entrance.addAccount();
    app.signIn.choose('client');
    app.signIn.environment = 'sandbox';
    app.signIn.clientId = 'desk';
    app.signIn.clientSecret = 'secret';
  };
  const signedIn = account({ id: 'b', label: 'Sandbox' });

  it('that succeeds leads to its runs where its user waited for it', async () => {
    const slow = later<AccountView>();
    const { app } = await withRun({ connect: () => slow.promise });
    typed(app);
    const connecting = app.signIn.connect();
    slow.answer(signedIn);
    await connecting;
    expect(app.page).toBe('runs');
    expect(app.accounts.current?.id).toBe('b');
  });

  it('that succeeds late leaves the runs in sight that its user went back to', async () => {
    const slow = later<AccountView>();
    const { app } = await withRun({ connect: () => slow.promise });
    typed(app);
    const connecting = app.signIn.connect();
    app.entrance.leaveSignIn();
    slow.answer(signedIn);
    await connecting;
    expect(app.accounts.current?.id).toBe('a');
    expect(app.open.ref).toEqual(RUN);
    expect(app.accounts.get('b')).toBeDefined();
  });

  it('that succeeds late keeps what was typed since', async () => {
    const slow = later<AccountView>();
    const { app } = await withRun({ connect: () => slow.promise });
    typed(app);
    const connecting = app.signIn.connect();
    app.signIn.environment = 'eu';
    slow.answer(signedIn);
    await connecting;
    expect(app.page).toBe('sign-in');
    expect(app.signIn.environment).toBe('eu');
  });

  it('form keeps what is being typed when the first account comes by itself', async () => {
    const { app, push } = await opened({ accounts: [] });
    app.entrance.showSignIn();
    app.signIn.environment = 'eu';
    push({ type: 'account', account: account({ isSample: true }) });
    expect(app.page).toBe('sign-in');
    expect(app.signIn.environment).toBe('eu');
  });

  it('says nothing of a wait that is over in the next one', async () => {
    const slow = later();
    const { app } = await withRun({ copySignInAddress: () => slow.promise });
    app.signIn.wait.begin();
    const copying = app.signIn.wait.copyAddress();
    app.signIn.wait.end();
    app.signIn.wait.begin();
    slow.answer(undefined);
    await copying;
    expect(app.signIn.wait.said).toBeNull();
  });
});

describe('rule 28: the name of an account', () => {
  const accounts = [account(), account({ id: 'b', label: 'Sandbox' })];

  it('that was saved late leaves the dialog of another account open', async () => {
    const slow = later<AccountView>();
    const { app } = await opened({ accounts }, { updateAccount: () => slow.promise });
    app.care.name(account());
    const saving = app.care.saveName();
    app.care.closeNaming();
    app.care.name(account({ id: 'b', label: 'Sandbox' }));
    slow.answer(account());
    await saving;
    expect(app.care.named?.id).toBe('b');
    expect(app.care.busy).toBe(false);
  });

  it('keeps what was typed since it was saved', async () => {
    const slow = later<AccountView>();
    const { app } = await opened({ accounts }, { updateAccount: () => slow.promise });
    app.care.name(account());
    const saving = app.care.saveName();
    app.care.label = 'Production, new';
    slow.answer(account());
    await saving;
    expect(app.care.named?.id).toBe('a');
    expect(app.care.label).toBe('Production, new');
  });
});

describe('rule 28: settings', () => {
  const network: NetworkView = {
    proxy: 'manual',
    proxyAddress: 'proxy:8080',
    proxyUser: '',
    hasProxyPassword: false,
    extraCa: '',
  };

  it('that are kept late leave the fields as they were chosen since', async () => {
    const slow = later<NotificationSettings>();
    const { app } = await withRun({
      getNotifications: async () => AS_INSTALLED,
      setNotifications: () => slow.promise,
    });
    const notes = app.notifications;
    await notes.show();
    notes.switches.long = false;
    const saving = notes.save();
    notes.switches.hideDetails = true;
    const { switches } = AS_INSTALLED;
    slow.answer({ ...AS_INSTALLED, switches: { ...switches, long: false } });
    await saving;
    expect(notes.switches.hideDetails).toBe(true);
    expect(notes.changed).toBe(true);
    notes.switches.hideDetails = false;
    expect(notes.changed).toBe(false);
  });

  it('of the connection too, a password typed since among them', async () => {
    const slow = later<NetworkView>();
    const { app } = await withRun({
      getNetwork: async () => network,
      setNetwork: () => slow.promise,
    });
    const way = app.connection;
    await way.show(account());
    way.address = 'proxy:3128';
    const saving = way.save();
    way.user = 'sam';
    way.password = 'typed since';
    slow.answer({ ...network, proxyAddress: 'proxy:3128' });
    await saving;
    expect(way.user).toBe('sam');
    expect(way.password).toBe('typed since');
    expect(way.kept?.proxyAddress).toBe('proxy:3128');
  });

  it('the report for support is the one asked for last', async () => {
    const slow = later<string>();
    const answers = [slow.promise, Promise.resolve('new')];
    const { app } = await withRun({ diagnostics: () => answers.shift() ?? slow.promise });
    const first = app.diagnostics.load();
    await app.diagnostics.load();
    slow.answer('old');
    await first;
    expect(app.diagnostics.text).toBe('new');
  });

  it('an account that could not be muted says so in the dialog where that was wished, or above all', async () => {
    const slow = later();
    const { app } = await withRun({
      getNotifications: async () => AS_INSTALLED,
      muteAccount: () => slow.promise,
    });
    await app.notifications.show();
    const muting = app.notifications.muteAccount('a', 'forever');
    app.notifications.close();
    await app.notifications.show();
    slow.refuse(failure('store'));
    await muting;
    expect(app.notifications.error).toBeNull();
    expect(app.error?.code).toBe('store');
  });
});
