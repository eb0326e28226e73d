/** Launch at login that lasts as long as the page. */
import type { LaunchAtLogin } from '../../generated/contract';
import type { Host } from '../host';
import type { Has } from './scenario';

export function launchAtLogin(has: Has): Pick<Host, 'getLaunchAtLogin' | 'setLaunchAtLogin'> {
  let now: LaunchAtLogin = {
    on: has('policy'),
    canChange: !has('policy'),
    isFixed: has('policy'),
    isOpen: has('launch-question'),
    note: null,
  };
  return {
    getLaunchAtLogin: async () => now,
    setLaunchAtLogin: async (on) => (now = { ...now, on, isOpen: false }),
  };
}
