import { describe, expect, it, vi } from 'vitest';
import type { NotificationSettings } from '../generated/contract';
import type { Host } from '../host/host';
import { mutedNow, mutedWords } from '../words/runs';
import { Accounts } from './accounts.svelte';
import { Announcer } from './announcer.svelte';
import { Notifications } from './notifications.svelte';
import { OpenRun } from './open-run.svelte';
import { Runs } from './runs.svelte';
import { Undo } from './undo.svelte';
import { failure, hostOf, row, RUN } from './testing';
import { AS_INSTALLED } from '../host/fake/notifications';

const KEPT: NotificationSettings = { ...AS_INSTALLED, silent: ['cancelled'] };

function made(over: Partial<Host>) {
  const host = hostOf({ getNotifications: async () => KEPT, ...over });
  const runs = new Runs();
  const open = new OpenRun(host, runs);
  const undo = new Undo(new Announcer(), () => undefined);
  const notes = new Notifications(host, {
    runs,
    open,
    undo,
    accounts: new Accounts(),
    fail: vi.fn(),
  });
  return { notes, runs, open, undo };
}

describe('notification settings', () => {
  it('are saved as chosen, and only where something was chosen', async () => {
    const setNotifications = vi.fn(async (settings: NotificationSettings) => settings);
    const { notes } = made({ setNotifications });
    await notes.show();
    expect(notes.changed).toBe(false);
    await notes.save();
    expect(setNotifications).not.toHaveBeenCalled();

    notes.toggle(notes.silent, 'succeeded');
    notes.quiet = true;
    notes.from = ' 19:00 ';
    expect(notes.changed).toBe(true);
    await notes.save();
    expect(setNotifications).toHaveBeenCalledWith({
      ...KEPT,
      silent: ['cancelled', 'succeeded'],
      quiet: { from: '19:00', to: '08:00' },
    });
    expect(notes.changed).toBe(false);
    expect(notes.saved).toBe(true);
  });

  it('keep what was typed where it is refused', async () => {
    const refuse = () => Promise.reject(failure('bad-id'));
    const { notes } = made({ setNotifications: refuse });
    await notes.show();
    notes.quiet = true;
    notes.from = 'evening';
    await notes.save();
    expect(notes.error?.code).toBe('bad-id');
    expect(notes.from).toBe('evening');
    expect(notes.saved).toBe(false);
  });

  it('mute a run, and say beside it where that failed', async () => {
    const muted = { until: null, account: false };
    const muteRun = vi.fn(async () => row({ seq: 9, muted }));
    const { notes, runs, open } = made({ muteRun });
    runs.take(row(), 'updates');
    await notes.mute(row(), 'forever');
    expect(runs.get(RUN)?.muted).toEqual(muted);
    expect(open.error).toBeNull();
    muteRun.mockRejectedValueOnce(failure('store'));
    await open.open(RUN);
    await notes.mute(row(), 'unmute');
    expect(open.error?.code).toBe('store');
  });

  it('snooze an account at once, beside what is saved', async () => {
    const muteAccount = vi.fn(async () => undefined);
    const { notes, undo } = made({ muteAccount });
    await notes.show();
    await notes.muteAccount('a', 'hour');
    expect(muteAccount).toHaveBeenCalledWith('a', 'hour');
    expect(undo.shown[0]?.words).toMatch(/ snoozed until .*\d/);
    expect(notes.changed).toBe(false);
    muteAccount.mockRejectedValueOnce(failure('store'));
    await notes.muteAccount('a', 'unmute');
    expect(notes.error?.code).toBe('store');
  });

  it('know when the next working morning comes from the backend alone', async () => {
    const nextMorning = vi.fn(async () => 800);
    const { notes } = made({ nextMorning });
    expect(notes.morning).toBeNull();
    await notes.askMorning();
    expect(notes.morning).toBe(800);
    nextMorning.mockRejectedValueOnce(failure('internal'));
    await notes.askMorning();
    expect(notes.morning).toBeNull();
  });

  it('say for how long, and what becomes of what happens meanwhile', () => {
    expect(mutedWords({ until: null, account: false }, 0)).toMatch(/^Muted: .*Inbox alone/);
    expect(mutedWords({ until: 10, account: true }, 0)).toMatch(/^Its account is snoozed until /);
  });

  it('know a snooze that is over', () => {
    expect(mutedNow({ muted: { until: 10, account: false } }, 10)).toBeNull();
    expect(mutedNow({ muted: { until: 11, account: false } }, 10)).not.toBeNull();
    expect(mutedNow({ muted: { until: null, account: true } }, 10)).not.toBeNull();
  });
});
