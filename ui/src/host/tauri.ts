/** The real host: the one file that talks to Tauri. Each method is one command of the backend. */
import { Channel, invoke } from '@tauri-apps/api/core';
import type { Update } from '../generated/contract';
import { toAppError, type Host, type RunRef } from './host';

async function call<T>(command: string, args: Record<string, unknown> = {}): Promise<T> {
  try {
    return await invoke<T>(command, args);
  } catch (thrown) {
    throw toAppError(thrown);
  }
}

/** A run and nothing else: what holds more must not send more. */
const ref = ({ accountId, runId }: RunRef) => ({ accountId, runId });

export const tauriHost: Host = {
  subscribe: (onUpdate) => {
    const channel = new Channel<Update>();
    channel.onmessage = onUpdate;
    return call('subscribe', { onUpdate: channel });
  },
  snapshot: () => call('snapshot'),
  startNewHistory: () => call('start_new_history'),

  connect: (request) => call('connect', { request }),
  cancelSignIn: () => call('cancel_sign_in'),
  openSignInAgain: () => call('open_sign_in_again'),
  copySignInAddress: () => call('copy_sign_in_address'),
  signOut: (accountId) => call('sign_out', { accountId }),
  updateAccount: (accountId, label, colour) => call('update_account', { accountId, label, colour }),
  removeAccount: (accountId, withHistory) => call('remove_account', { accountId, withHistory }),
  retryKeychain: () => call('retry_keychain'),
  openSolvexia: (accountId) => call('open_solvexia', { accountId }),

  getNetwork: () => call('get_network'),
  setNetwork: (change) => call('set_network', { change }),
  checkConnection: (accountId, environment) => call('check_connection', { accountId, environment }),
  getCadence: () => call('get_cadence'),
  setCadence: (cadence) => call('set_cadence', { cadence }),
  getNotifications: () => call('get_notifications'),
  setNotifications: (settings) => call('set_notifications', { settings }),
  muteRun: (run, time) => call('mute_run', { ...ref(run), time }),
  muteAccount: (accountId, time) => call('mute_account', { accountId, time }),
  diagnostics: () => call('diagnostics'),

  addRun: (accountId, text) => call('add_run', { accountId, text }),
  removeRun: (run) => call('remove_run', ref(run)),
  watchRun: (run, watched) => call('watch_run', { ...ref(run), watched }),
  showRun: (run) => call('show_run', run ? ref(run) : { accountId: null, runId: null }),

  runDetail: (run) => call('run_detail', ref(run)),
  getRun: (run) => call('get_run', ref(run)),
  getRunStatus: (run) => call('get_run_status', ref(run)),
  getRunSteps: (run) => call('get_run_steps', ref(run)),
  getStepStatus: (run, stepId) => call('get_step_status', { ...ref(run), stepId }),
  addStep: (run, stepId) => call('add_step', { ...ref(run), stepId }),
  removeStep: (run, stepId) => call('remove_step', { ...ref(run), stepId }),

  startRun: ({ expected, ...run }) => call('start_run', { ...ref(run), expected }),
  cancelRun: ({ expected, ...run }) => call('cancel_run', { ...ref(run), expected }),
  startRunDeprecated: ({ expected, ...run }) =>
    call('start_run_deprecated', { ...ref(run), expected }),
  cancelRunDeprecated: ({ expected, ...run }) =>
    call('cancel_run_deprecated', { ...ref(run), expected }),
  restartFromStep: ({ expected, stepId, ...run }) =>
    call('restart_from_step', { ...ref(run), stepId, expected }),

  listProcesses: (accountId, name) => call('list_processes', { accountId, name }),
  getProcess: (accountId, processId) => call('get_process', { accountId, processId }),
  listProcessRuns: (accountId, processId) => call('list_process_runs', { accountId, processId }),
  listProcessSteps: (accountId, processId) => call('list_process_steps', { accountId, processId }),
  createRun: (accountId, processId, namePrefix) =>
    call('create_run', { accountId, processId, namePrefix }),

  askNow: () => call('ask_now'),
  setPaused: (paused) => call('set_paused', { paused }),
  askToQuit: () => call('ask_to_quit'),
  quit: () => call('quit'),
  stay: () => call('stay'),

  markInboxRead: (ids) => call('mark_inbox_read', { ids }),
  copyText: (text) => call('copy_text', { text }),
};
