/** Quitting asks before ends are missed; pausing, and what the desktop or the history refuses, is said. */
import { describe, expect, it, vi } from 'vitest';
import { failure, opened, RUN } from './testing';

describe('leaving and pausing', () => {
  it('asks in the page before ends are missed, and says no where the question is put away', async () => {
    const stay = vi.fn(async () => undefined);
    const quit = vi.fn(async () => undefined);
    const { app, push } = await opened({}, { stay, quit });
    push({ type: 'quitting', runs: ['Bank', 'Payroll', 'Ledger'], unshown: [] });
    expect(app.ask.question?.warning).toContain('3 watched runs have not ended yet');
    expect(app.ask.question?.facts[0]?.value).toBe('Bank\nPayroll\nLedger');
    app.ask.dismiss();
    expect(stay).toHaveBeenCalledOnce();
    expect(quit).not.toHaveBeenCalled();
    push({ type: 'quitting', runs: ['Bank'], unshown: [] });
    await app.ask.confirm();
    expect(quit).toHaveBeenCalledOnce();
  });

  it('asks anew without having said no, and drops what was asked before', async () => {
    const stay = vi.fn(async () => undefined);
    const dropped = vi.fn();
    const { app, push } = await opened({}, { stay });
    app.ask.ask({
      title: 'Connect?',
      facts: [],
      confirm: 'Connect',
      dismiss: 'Do not connect',
      danger: true,
      go: async () => undefined,
      dropped,
    });
    push({ type: 'quitting', runs: ['Bank'], unshown: [] });
    expect(dropped).toHaveBeenCalledOnce();
    push({ type: 'quitting', runs: ['Bank', 'Payroll'], unshown: [] });
    expect(stay).not.toHaveBeenCalled();
    app.ask.dismiss();
    expect(stay).toHaveBeenCalledOnce();
  });

  it('names a few runs and counts the rest', async () => {
    const { app, push } = await opened();
    const runs = Array.from({ length: 30 }, (_, i) => `Run ${i}`);
    push({ type: 'quitting', runs, unshown: [] });
    expect(app.ask.question?.facts[0]?.value).toContain('and 24 more');
  });

  it('names what was not shown yet too', async () => {
    const { app, push } = await opened();
    const unshown = ['Failed: Ledger', 'Succeeded: Bank'];
    push({ type: 'quitting', runs: [], unshown });
    const question = app.ask.question;
    expect(question?.warning).toMatch(
      /^2 notifications were not shown yet\. They are in the Inbox/,
    );
    expect(question?.facts).toEqual([
      { label: 'Not shown yet', value: 'Failed: Ledger\nSucceeded: Bank' },
    ]);
    expect(question?.confirm).toBe('Quit');
    push({ type: 'quitting', runs: ['Payroll'], unshown: ['Failed: Ledger'] });
    expect(app.ask.question?.warning).toMatch(
      /1 watched run has not ended.*1 notification was not/,
    );
  });

  it('quits from the menu as the tray does', async () => {
    const askToQuit = vi.fn(async () => undefined);
    const { app } = await opened({}, { askToQuit });
    app.quit();
    expect(askToQuit).toHaveBeenCalledOnce();
  });

  it('says that the desktop shows nothing as long as that lasts', async () => {
    const { app, push } = await opened({ desktopProblem: 'no server' });
    expect(app.desktopProblem).toBe('no server');
    push({ type: 'desktop', problem: null });
    expect(app.desktopProblem).toBe(null);
  });

  it('forgets what the history refused once it is kept again, and nothing else', async () => {
    const { app, push } = await opened({ storeProblem: 'locked' });
    const other = { ...RUN, runId: 'pr-2' };
    app.error = failure('store', 'locked');
    app.open.fail(RUN, failure('store', 'locked'));
    app.open.fail(other, failure('not-now', 'It is running.'));
    push({ type: 'store', problem: null });
    expect(app.error).toBeNull();
    app.open.ref = RUN;
    expect(app.open.error).toBeNull();
    app.open.ref = other;
    expect(app.open.error?.message).toBe('It is running.');
  });

  it('knows from the snapshot and from updates whether watching is paused', async () => {
    const setPaused = vi.fn(async () => undefined);
    const { app, push } = await opened({ paused: true }, { setPaused });
    expect(app.paused).toBe(true);
    app.setPaused(false);
    expect(setPaused).toHaveBeenCalledWith(false);
    push({ type: 'paused', paused: false });
    expect(app.paused).toBe(false);
  });
});
