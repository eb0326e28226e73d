/** The real host: the one file that talks to Tauri. */
import { Channel, invoke } from '@tauri-apps/api/core';
import { commandsBy, type RunRef, type Update } from '../generated/contract';
import { toAppError, type Host } from './host';

/** What names a run may be a whole row: no more of it is sent than that. */
function bare(args: Record<string, unknown>): Record<string, unknown> {
  const run = args['run'] as RunRef | null | undefined;
  return run ? { ...args, run: { accountId: run.accountId, runId: run.runId } } : args;
}

async function call<T>(command: string, args: Record<string, unknown>): Promise<T> {
  try {
    return await invoke<T>(command, bare(args));
  } catch (thrown) {
    throw toAppError(thrown);
  }
}

export const tauriHost: Host = {
  ...commandsBy(call),
  subscribe: (onUpdate) => {
    const channel = new Channel<Update[]>();
    channel.onmessage = onUpdate;
    return call('subscribe', { onUpdate: channel });
  },
};
