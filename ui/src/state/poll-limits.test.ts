import { describe, expect, it, vi } from 'vitest';
import type { PollLimits } from '../generated/contract';
import { PollLimitsSettings } from './poll-limits.svelte';
import { failure, hostOf } from './testing';

const KEPT: PollLimits = { shortestSeconds: 5, longestMinutes: 5 };

async function shown(setPollLimits: (limits: PollLimits) => Promise<PollLimits>) {
  const settings = new PollLimitsSettings(
    hostOf({ getPollLimits: async () => KEPT, setPollLimits }),
  );
  await settings.show();
  return settings;
}

describe('how often SolveXia is asked', () => {
  it('is saved as typed, and only where it was changed', async () => {
    const send = vi.fn(async (limits: PollLimits) => limits);
    const settings = await shown(send);
    await settings.save();
    expect(send).not.toHaveBeenCalled();
    settings.shortest = ' 10 ';
    await settings.save();
    expect(send).toHaveBeenCalledWith({ shortestSeconds: 10, longestMinutes: 5 });
    expect(settings.saved && !settings.changed).toBe(true);
    expect(settings.shortest).toBe('10');
  });

  it('is refused where it is no number, and what was typed stays', async () => {
    const send = vi.fn(() => Promise.reject<PollLimits>(failure('bad-id')));
    const settings = await shown(send);
    settings.longest = 'often';
    await settings.save();
    expect(send).toHaveBeenCalledWith({ shortestSeconds: 5, longestMinutes: 0 });
    expect(settings.error?.code).toBe('bad-id');
    expect(settings.longest).toBe('often');
  });
});
