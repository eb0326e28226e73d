/** What can be done with all selected runs at once: in their bar, in the palette and by a key. */
import type { RunRow } from '../../generated/contract';
import type { App } from '../../state/app.svelte';
import { isMuted } from '../../state/bulk.svelte';
import { isToStart, toHandle } from '../../state/tabs';
import { BULK } from '../../words/bulk';
import { RUN_ACTIONS } from '../../words/open-run';

export type BulkId = 'start' | 'handled' | 'watch' | 'mute' | 'remove';

export interface BulkAction {
  id: BulkId;
  words: string;
  /** Why it cannot be done now. */
  reason: string | null;
  act: () => void;
}

/** In the order in which they are shown. There is no cancel and no restart among them. */
export function bulkActions(app: App): BulkAction[] {
  const { bulk, selection } = app;
  const rows = selection.selected;
  const toStart = rows.filter(isToStart).length;
  return [
    {
      id: 'start',
      words: BULK.start(toStart),
      reason: toStart > 0 ? null : BULK.noneToStart,
      act: () => void app.bulkStart.ask(rows),
    },
    {
      id: 'handled',
      words: BULK.handle,
      reason: toHandle(rows).length > 0 ? null : BULK.noneToDealWith,
      act: () => void handle(app, toHandle(rows)),
    },
    {
      id: 'watch',
      words: RUN_ACTIONS.watch,
      reason: bulk.busy ? BULK.busy : rows.every(({ watched }) => watched) ? BULK.allWatched : null,
      act: () => void bulk.watch(rows),
    },
    {
      id: 'mute',
      words: BULK.mute,
      reason: rows.every(isMuted) ? BULK.allMuted : null,
      act: () => void bulk.mute(rows),
    },
    {
      id: 'remove',
      words: BULK.remove,
      reason: bulk.busy ? BULK.busy : null,
      act: () => bulk.remove(rows),
    },
  ];
}

/** By its key: what is selected, or else the run that has the focus. */
export function dealWith(app: App, focused: RunRow): void {
  const { selected } = app.selection;
  const rows = toHandle(selected.length > 0 ? selected : [focused]);
  if (rows.length > 0) return void handle(app, rows);
  app.announcer.say(selected.length > 0 ? BULK.noneToDealWith : BULK.nothingToDealWith);
}

async function handle({ handling, selection }: App, rows: RunRow[]): Promise<void> {
  // One that stays in sight, since it is open, is done with all the same.
  if (await handling.mark(rows)) selection.clear();
}
