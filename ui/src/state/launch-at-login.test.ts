import { describe, expect, it, vi } from 'vitest';
import type { LaunchAtLogin } from '../generated/contract';
import { LaunchAtLoginChoice } from './launch-at-login.svelte';
import { account, failure, hostOf, opened, row, settle } from './testing';

const OPEN: LaunchAtLogin = { on: false, canChange: true, isOpen: true, note: null };
const ON: LaunchAtLogin = { ...OPEN, on: true, isOpen: false };

describe('launch at login', () => {
  it('is asked once the first run is watched, and never again after an answer', async () => {
    const getLaunchAtLogin = vi.fn(async () => OPEN);
    const setLaunchAtLogin = vi.fn(async () => ({ ...OPEN, isOpen: false }));
    const first = { accounts: [account()], runs: [row()] };
    const { app, push } = await opened(first, { getLaunchAtLogin, setLaunchAtLogin });
    expect(getLaunchAtLogin).not.toHaveBeenCalled();
    expect(app.launch.isAsked).toBe(false);

    push({ type: 'run', row: row({ watched: true, seq: 2 }) });
    await settle();
    expect(app.launch.isAsked).toBe(true);
    await app.launch.choose(false);
    expect(setLaunchAtLogin).toHaveBeenCalledWith(false);
    expect(app.launch.isAsked).toBe(false);
    push({ type: 'run', row: row({ watched: true, seq: 3 }) });
    await settle();
    expect(getLaunchAtLogin).toHaveBeenCalledTimes(1);
    expect(app.launch.isAsked).toBe(false);
  });

  it('is asked of a run that was watched by an answer too', async () => {
    const { app } = await opened({ runs: [row()] }, { getLaunchAtLogin: async () => OPEN });
    app.runs.take(row({ watched: true, seq: 2 }), 'answer');
    app.settled();
    await settle();
    expect(app.launch.isAsked).toBe(true);
  });

  it('is not asked where it cannot be changed, and where it cannot be read', async () => {
    const fixed = hostOf({ getLaunchAtLogin: async () => ({ ...OPEN, canChange: false }) });
    for (const host of [fixed, hostOf({})]) {
      const launch = new LaunchAtLoginChoice(host);
      launch.runIsWatched();
      await settle();
      expect(launch.isAsked).toBe(false);
      expect(launch.error).toBeNull();
    }
  });

  it('stays as it was where the system refuses, and says so', async () => {
    const setLaunchAtLogin = vi.fn(async () => ON);
    const launch = new LaunchAtLoginChoice(
      hostOf({ getLaunchAtLogin: async () => OPEN, setLaunchAtLogin }),
    );
    await launch.read();
    setLaunchAtLogin.mockRejectedValueOnce(failure('internal'));
    await launch.choose(true);
    expect(launch.error?.code).toBe('internal');
    expect(launch.now).toEqual(OPEN);
    await launch.choose(true);
    expect(launch.error).toBeNull();
    expect(launch.now).toEqual(ON);
  });
});
