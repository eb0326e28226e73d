/** What is asked for from outside the window comes into sight, and is read only there. */
import { describe, expect, it, vi } from 'vitest';
import type { Host } from '../host/host';
import type { App } from './app.svelte';
import type { Cover } from './covers.svelte';
import { item, opened, row, RUN, settle } from './testing';

const OTHER = { accountId: 'a', runId: 'pr-2' };

async function desk() {
  const markRunRead = vi.fn<Host['markRunRead']>(async () => undefined);
  const runs = [row({ status: 'Running' }), row(OTHER)];
  const found = await opened({ runs, inbox: [item(OTHER)] }, { markRunRead });
  found.app.runCame();
  found.app.attend(true);
  return { ...found, markRunRead, click: () => found.push({ type: 'open-run', ...OTHER }) };
}

/** As a dialog does it. */
function dialog(app: App, holds: () => boolean) {
  let lift: () => void = () => undefined;
  const cover: Cover = { holds, leave: vi.fn(() => lift()) };
  lift = app.cover(cover);
  return cover;
}

describe('what is clicked outside the window', () => {
  it('closes every dialog that holds nothing, and is read once they are gone', async () => {
    const { app, markRunRead, click } = await desk();
    const covers = [dialog(app, () => false), dialog(app, () => false)];
    click();
    expect(markRunRead).not.toHaveBeenCalled();
    await settle();
    for (const { leave } of covers) expect(leave).toHaveBeenCalledOnce();
    expect(app.open.isOpen(OTHER)).toBe(true);
    expect(markRunRead).toHaveBeenCalledExactlyOnceWith(OTHER);
  });

  it('waits for what holds something, unread, and comes once that was left', async () => {
    const { app, markRunRead, click } = await desk();
    const below = dialog(app, () => false);
    const question = dialog(app, () => true);
    click();
    await settle();
    expect(app.covers.isWaitedFor).toBe(true);
    expect(app.open.isOpen(RUN)).toBe(true);
    expect(below.leave).not.toHaveBeenCalled();
    expect(markRunRead).not.toHaveBeenCalled();
    question.leave();
    await settle();
    expect(app.covers.isWaitedFor).toBe(false);
    expect(app.open.isOpen(OTHER)).toBe(true);
    expect(markRunRead).toHaveBeenCalledExactlyOnceWith(OTHER);
  });

  it('waits for a question that comes at the same moment', async () => {
    const { app, push } = await desk();
    push({ type: 'quitting', runs: ['A run'], unshown: [] }, { type: 'open-run', ...OTHER });
    dialog(app, () => true);
    await settle();
    expect(app.open.isOpen(RUN)).toBe(true);
  });

  it('is not read in a window without the focus', async () => {
    const { app, markRunRead, click } = await desk();
    app.attend(false);
    click();
    await settle();
    expect(app.open.isOpen(OTHER)).toBe(true);
    expect(markRunRead).not.toHaveBeenCalled();
    app.attend(true);
    expect(markRunRead).toHaveBeenCalledExactlyOnceWith(OTHER);
  });

  it('is said to show nothing only where that is in sight', async () => {
    const { app, push } = await desk();
    const question = dialog(app, () => true);
    push({ type: 'not-opened', problem: 'It is not here.' });
    await settle();
    expect(app.notes.list).toEqual([]);
    question.leave();
    await settle();
    expect(app.notes.list).toEqual(['It is not here.']);
  });
});

describe('what holds something', () => {
  it('is settings that are not saved, and a sign-in form with something typed', async () => {
    const { app } = await desk();
    expect(app.settings.holds).toBe(false);
    app.pollLimits.open = true;
    app.pollLimits.kept = { shortestSeconds: 5, longestMinutes: 5 };
    app.pollLimits.shortest = '9';
    expect(app.settings.holds).toBe(true);

    app.entrance.addAccount();
    expect(app.signIn.holds).toBe(false);
    app.signIn.clientSecret = 'typed';
    expect(app.signIn.holds).toBe(true);
  });

  it('is in the picker what is ticked or typed for a run', async () => {
    const { app } = await desk();
    expect(app.picker.holds).toBe(false);
    app.picker.namePrefix = 'November';
    expect(app.picker.holds).toBe(true);
  });
});
