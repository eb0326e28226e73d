/** Reading of the fake host: as in the backend, what was marked comes back as an update. */
import type { Host } from '../host';
import type { Playback } from './playback';

export function inbox(playback: Playback): Pick<Host, 'markInboxRead' | 'markRunRead'> {
  const mark = (items: Playback['inbox']) => {
    const unread = items.filter((item) => !item.read);
    if (unread.length === 0) return;
    for (const item of unread) item.read = true;
    playback.send({ type: 'inbox-read', ids: unread.map(({ id }) => id) });
  };
  return {
    markInboxRead: async (ids) => mark(playback.inbox.filter(({ id }) => ids.includes(id))),
    markRunRead: async ({ accountId, runId }) =>
      mark(playback.inbox.filter((item) => item.accountId === accountId && item.runId === runId)),
  };
}
