/** Notification settings that last as long as the page. */
import {
  usualSwitches,
  type Muted,
  type MuteFor,
  type NotificationSettings,
} from '../../generated/contract';
import type { Host } from '../host';
import { error } from './errors';
import type { Playback } from './playback';
import type { Has } from './scenario';

type Notifications = Pick<
  Host,
  'getNotifications' | 'setNotifications' | 'muteRun' | 'muteRuns' | 'muteAccount' | 'nextMorning'
>;

const HOUR = 3_600_000;

/** As they are before anybody chose. */
export const AS_INSTALLED: NotificationSettings = {
  silent: [],
  quiet: null,
  switches: usualSwitches,
};

export function notifications(playback: Playback, has: Has): Notifications {
  let settings = AS_INSTALLED;
  const morning = Date.now() + 15 * HOUR;
  const muted = (time: MuteFor, account: boolean): Muted | null => {
    if (time === 'unmute') return null;
    const until = { hour: Date.now() + HOUR, morning, forever: null }[time];
    return { until, account };
  };
  return {
    getNotifications: async () => settings,
    setNotifications: async (change) => {
      if (has('quiet-refused')) {
        throw error('bad-id', '“evening” is not a time of day. Type the quiet hours as 18:30.');
      }
      settings = change;
      return settings;
    },
    muteRun: async ({ runId }, time) => {
      const run = playback.find(runId);
      if (!run) throw error('not-found', `SolveXia does not know the run ${runId}.`);
      run.row.muted = muted(time, false);
      playback.changed(run);
      return run.row;
    },
    muteRuns: async (runs, time) => {
      const ids = new Set(runs.map(({ runId }) => runId));
      for (const run of playback.runs.filter(({ row }) => ids.has(row.runId))) {
        run.row.muted = muted(time, false);
        playback.changed(run);
      }
    },
    nextMorning: async () => morning,
    muteAccount: async (accountId, time) => {
      const account = { ...playback.account(accountId), muted: muted(time, true) };
      playback.accountChanged(account);
      for (const run of playback.of(accountId)) {
        run.row.muted = account.muted;
        playback.changed(run);
      }
    },
  };
}
