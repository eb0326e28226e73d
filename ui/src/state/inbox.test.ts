/** Rule 23: an item is read once its run was opened or it was in sight of somebody who looked. */
import { describe, expect, it, vi } from 'vitest';
import type { Host } from '../host/host';
import { account, failure, item, opened, row, RUN, settle, snapshot } from './testing';

const OTHER = { accountId: 'a', runId: 'pr-2' };
const runs = [row(), row(OTHER)];

async function desk(inbox = [item()], over: Partial<Host> = {}) {
  const markInboxRead = vi.fn<Host['markInboxRead']>(async () => undefined);
  const markRunRead = vi.fn<Host['markRunRead']>(async () => undefined);
  const found = await opened({ runs, inbox }, { markInboxRead, markRunRead, ...over });
  const leaveRun = found.app.runCame();
  return { ...found, markInboxRead, markRunRead, leaveRun };
}

describe('rule 23: an item', () => {
  it('is not read by an open Inbox alone, without a look at its row', async () => {
    const { app, markInboxRead } = await desk();
    app.attend(true);
    app.openPanel('inbox');
    expect(markInboxRead).not.toHaveBeenCalled();
    app.inbox.seen(1, true);
    app.look();
    expect(markInboxRead).toHaveBeenCalledExactlyOnceWith([1]);
  });

  it('is not read in a window without the focus, until the focus comes back', async () => {
    const { app, push, markInboxRead } = await desk([]);
    app.attend(false);
    app.openPanel('inbox');
    push({ type: 'inbox', item: item() });
    app.inbox.seen(1, true);
    app.look();
    expect(markInboxRead).not.toHaveBeenCalled();
    app.attend(true);
    expect(markInboxRead).toHaveBeenCalledExactlyOnceWith([1]);
  });

  it('that left the screen before the focus came back stays unread', async () => {
    const { app, markInboxRead } = await desk();
    app.openPanel('inbox');
    app.inbox.seen(1, true);
    app.inbox.seen(1, false);
    app.attend(true);
    expect(markInboxRead).not.toHaveBeenCalled();
  });

  it('that was on the screen when the Inbox was closed stays unread', async () => {
    const { app, markInboxRead } = await desk();
    app.openPanel('inbox');
    app.inbox.seen(1, true);
    app.closePanel();
    app.attend(true);
    expect(markInboxRead).not.toHaveBeenCalled();
  });

  it('is read here only once the backend says so', async () => {
    const { app, push } = await desk();
    app.attend(true);
    app.openPanel('inbox');
    app.inbox.seen(1, true);
    app.look();
    await settle();
    expect(app.inbox.unread).toBe(1);
    push({ type: 'inbox-read', ids: [1] });
    expect(app.inbox.unread).toBe(0);
    // It stays marked as new while it is looked at.
    expect(app.inbox.fresh.has(1)).toBe(true);
    app.closePanel();
    expect(app.inbox.fresh.has(1)).toBe(false);
  });

  it('that could not be marked is said once, and tried again when somebody comes back to it', async () => {
    const markInboxRead = vi.fn<Host['markInboxRead']>().mockRejectedValueOnce(failure('store'));
    const { app } = await desk([item()], { markInboxRead });
    app.inbox.seen(1, true);
    app.attend(true);
    await settle();
    expect(app.error?.code).toBe('store');
    // Each batch of updates looks: a full disk is not said again each time.
    app.look();
    app.look();
    expect(markInboxRead).toHaveBeenCalledTimes(1);
    app.attend(true);
    expect(markInboxRead).toHaveBeenCalledTimes(2);
  });

  it('that could not be marked is tried again once the history takes it', async () => {
    const markInboxRead = vi.fn<Host['markInboxRead']>().mockRejectedValueOnce(failure('store'));
    const { app } = await desk([item()], { markInboxRead });
    app.inbox.seen(1, true);
    app.attend(true);
    await settle();
    app.historyIsKept();
    expect(markInboxRead).toHaveBeenCalledTimes(2);
  });

  it('of an opened run that could not be marked is tried again once the history takes it', async () => {
    const markRunRead = vi.fn<Host['markRunRead']>().mockRejectedValueOnce(failure('store'));
    const { app } = await desk([item()], { markRunRead });
    app.attend(true);
    app.openRun(RUN);
    await settle();
    app.look();
    expect(markRunRead).toHaveBeenCalledTimes(1);
    app.historyIsKept();
    expect(markRunRead).toHaveBeenCalledTimes(2);
  });

  it('that came for the open run while the page fell behind is in sight beside it', async () => {
    let inbox = [item({ id: 8, read: true })];
    const { app, push, markInboxRead } = await desk([], {
      snapshot: async () => snapshot({ runs, inbox }),
    });
    app.attend(true);
    app.openRun(RUN);
    await settle();
    inbox = [item({ id: 9 }), ...inbox];
    push({ type: 'missed' });
    await settle();
    expect(markInboxRead).toHaveBeenCalledExactlyOnceWith([9]);
  });

  it('that a dialog covers is read once the dialog is gone', async () => {
    const { app, push, markInboxRead } = await desk([]);
    app.openRun(RUN);
    app.attend(true);
    app.openPanel('inbox');
    const uncover = app.cover({ holds: () => false, leave: () => undefined });
    push({ type: 'inbox', item: item({ id: 7 }) });
    app.inbox.seen(7, true);
    app.look();
    expect(markInboxRead).not.toHaveBeenCalled();
    uncover();
    expect(markInboxRead).toHaveBeenCalledExactlyOnceWith([7]);
  });

  it('of a run that opens by a late answer is read once somebody looks', async () => {
    const { app, markInboxRead, markRunRead } = await desk([item({ id: 7, ...OTHER })]);
    app.attend(false);
    app.added(row(OTHER), () => true);
    await settle();
    expect(markRunRead).not.toHaveBeenCalled();
    expect(markInboxRead).not.toHaveBeenCalled();
    app.attend(true);
    expect(markInboxRead).toHaveBeenCalledExactlyOnceWith([7]);
  });

  it('is asked to be marked once, however often it is looked at', async () => {
    const { app, markInboxRead } = await desk();
    app.inbox.seen(1, true);
    app.attend(true);
    app.look();
    await settle();
    app.look();
    expect(markInboxRead).toHaveBeenCalledTimes(1);
  });

  it('is read when its run is opened, also one that is open already', async () => {
    const { app, push, markRunRead } = await desk();
    // The first run was put beside the table by itself: nobody opened it.
    app.attend(true);
    expect(markRunRead).not.toHaveBeenCalled();
    app.openRun(RUN);
    expect(markRunRead).toHaveBeenLastCalledWith(RUN);
    push({ type: 'open-run', ...OTHER });
    await settle();
    expect(markRunRead).toHaveBeenLastCalledWith(OTHER);
  });

  it('that comes for the open run is read at once in a focused window', async () => {
    const { app, push, markInboxRead } = await desk([]);
    app.openRun(RUN);
    app.attend(true);
    push(
      { type: 'inbox', item: item({ id: 7 }) },
      { type: 'inbox', item: item({ id: 8, ...OTHER }) },
    );
    expect(markInboxRead).toHaveBeenCalledExactlyOnceWith([7]);
  });

  it('that comes for the open run while nobody looks is read when the focus is back', async () => {
    const { app, push, markInboxRead } = await desk([]);
    app.openRun(RUN);
    app.attend(false);
    push({ type: 'inbox', item: item({ id: 7 }) });
    expect(markInboxRead).not.toHaveBeenCalled();
    app.attend(true);
    expect(markInboxRead).toHaveBeenCalledExactlyOnceWith([7]);
  });

  it('that comes for the open run behind the list is read once the run comes into sight', async () => {
    const { app, push, markInboxRead, leaveRun } = await desk([]);
    app.attend(true);
    app.inFront = 'list';
    leaveRun();
    push({ type: 'inbox', item: item({ id: 7 }) });
    app.attend(true);
    expect(markInboxRead).not.toHaveBeenCalled();
    app.inFront = 'run';
    app.runCame();
    expect(markInboxRead).toHaveBeenCalledExactlyOnceWith([7]);
  });

  it('that comes for a run behind the list stays unread where the run comes back to nobody', async () => {
    const { app, push, markInboxRead, leaveRun } = await desk([]);
    leaveRun();
    push({ type: 'inbox', item: item({ id: 7 }) });
    app.attend(false);
    app.runCame();
    expect(markInboxRead).not.toHaveBeenCalled();
    app.attend(true);
    expect(markInboxRead).toHaveBeenCalledExactlyOnceWith([7]);
  });

  it('that comes for the open run under a panel is read once the panel is gone', async () => {
    const { app, push, markInboxRead } = await desk([]);
    app.attend(true);
    app.setPanelCovers(true);
    app.openPanel('inbox');
    push({ type: 'inbox', item: item({ id: 7 }) });
    app.openPanel('activity');
    expect(markInboxRead).not.toHaveBeenCalled();
    app.closePanel();
    await settle();
    expect(markInboxRead).toHaveBeenCalledExactlyOnceWith([7]);
  });

  it('that came for the open run under a panel stays unread where the list follows the panel', async () => {
    const { app, push, markInboxRead, leaveRun } = await desk([]);
    app.attend(true);
    app.setPanelCovers(true);
    app.openPanel('activity');
    push({ type: 'inbox', item: item({ id: 7 }) });
    app.showList();
    // A narrow window draws the list alone.
    leaveRun();
    await settle();
    expect(markInboxRead).not.toHaveBeenCalled();
  });

  it('that comes for the open run under a panel is read once there is room for both', async () => {
    const { app, push, markInboxRead } = await desk([]);
    app.attend(true);
    app.setPanelCovers(true);
    app.openPanel('activity');
    push({ type: 'inbox', item: item({ id: 7 }) });
    expect(markInboxRead).not.toHaveBeenCalled();
    app.setPanelCovers(false);
    await settle();
    expect(markInboxRead).toHaveBeenCalledExactlyOnceWith([7]);
  });

  it('that came for a run that was left since stays unread', async () => {
    const { app, push, markInboxRead } = await desk([]);
    app.openRun(RUN);
    push({ type: 'inbox', item: item({ id: 7 }) });
    app.openRun(OTHER);
    app.attend(true);
    expect(markInboxRead).not.toHaveBeenCalled();
  });

  it('that came for an account that was left since stays unread', async () => {
    const { app, push, markInboxRead } = await desk([]);
    app.openRun(RUN);
    push({ type: 'inbox', item: item({ id: 7 }) });
    app.entrance.switchAccount(account({ id: 'b', state: 'signed-out' }));
    app.attend(true);
    expect(markInboxRead).not.toHaveBeenCalled();
  });

  it('that comes for the open run behind the sign-in form is read once the form is gone', async () => {
    const { app, push, markInboxRead, leaveRun } = await desk([]);
    app.attend(true);
    app.entrance.addAccount();
    push({ type: 'inbox', item: item({ id: 7 }) });
    leaveRun();
    app.look();
    expect(markInboxRead).not.toHaveBeenCalled();
    app.entrance.leaveSignIn();
    app.runCame();
    expect(markInboxRead).toHaveBeenCalledExactlyOnceWith([7]);
  });
});

describe('the Inbox', () => {
  it('counts what is unread', async () => {
    const { app } = await desk([item(), item({ id: 2, read: true })]);
    expect(app.inbox.unread).toBe(1);
  });

  it('lists the newest first', async () => {
    const { app } = await desk([item({ id: 1, at: 1 }), item({ id: 2, at: 5 })]);
    expect(app.inbox.items.map((i) => i.id)).toEqual([2, 1]);
  });

  it('opens at the item that a notification of several was about', async () => {
    const { app, push } = await desk();
    app.openPanel('activity');
    push({ type: 'open-inbox', id: 1 });
    await settle();
    expect(app.panel).toBe('inbox');
    expect(app.inbox.target).toBe(1);
  });
});
