/** Notification settings that last as long as the page. */
import type { Muted, MuteFor, NotificationSettings } from '../../generated/contract';
import type { Host } from '../host';
import { error } from './errors';
import type { Playback } from './playback';

type Notifications = Pick<
  Host,
  'getNotifications' | 'setNotifications' | 'muteRun' | 'muteRuns' | 'muteAccount' | 'nextMorning'
>;

const HOUR = 3_600_000;
const TIME = /^([01]?\d|2[0-3]):[0-5]\d$/;

/** As they are before anybody chose. */
export const AS_INSTALLED: NotificationSettings = {
  silent: [],
  quiet: null,
  switches: { long: true, failuresPierce: false, hideDetails: false },
};

export function notifications(playback: Playback): Notifications {
  let settings = AS_INSTALLED;
  return {
    getNotifications: async () => settings,
    setNotifications: async (change) => {
      const wrong = [change.quiet?.from, change.quiet?.to].find(
        (time) => time !== undefined && !TIME.test(time),
      );
      if (wrong !== undefined) {
        throw error('bad-id', `“${wrong}” is not a time of day. Type the quiet hours as 18:30.`);
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
    nextMorning: async () => nextMorning(),
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

/** Eight o’clock of the next working day. */
function nextMorning(): number {
  const morning = new Date();
  morning.setHours(8, 0, 0, 0);
  while (morning.getTime() <= Date.now() || [0, 6].includes(morning.getDay())) {
    morning.setDate(morning.getDate() + 1);
  }
  return morning.getTime();
}

function muted(time: MuteFor, account: boolean): Muted | null {
  if (time === 'no-time') return null;
  const until = { hour: Date.now() + HOUR, morning: nextMorning(), good: null }[time];
  return { until, account };
}
