import { describe, expect, it, vi } from 'vitest';
import type { Host } from '../host/host';
import { App } from './app.svelte';
import { hostOf, row, settle, snapshot } from './testing';

const ended = (runId: string, over = {}) =>
  row({ runId, ended: true, status: 'Finished', outcome: 'succeeded', ...over });

describe('archiving', () => {
  async function opened(rows: ReturnType<typeof row>[], over: Partial<Host> = {}) {
    const archiveRuns = vi.fn(async () => undefined);
    const app = new App(
      hostOf({ snapshot: async () => snapshot({ runs: rows }), archiveRuns, ...over }),
    );
    await app.begin();
    return { app, archiveRuns };
  }

  const rows = [
    ended('pr-1'),
    ended('pr-2', { outcome: 'failed' }),
    ended('pr-3', { outcome: null }),
    ended('pr-4', { archived: true }),
    row({ runId: 'pr-5', status: 'Running' }),
  ];

  it('takes in one go what has ended and is judged, and nothing else', async () => {
    const { app, archiveRuns } = await opened(rows);
    const all = app.archive.ended();
    expect(all.map((r) => r.runId)).toEqual(['pr-1', 'pr-2']);
    await app.archive.putAway(all);
    expect(archiveRuns).toHaveBeenCalledTimes(1);
    expect(archiveRuns).toHaveBeenCalledWith(
      [
        { accountId: 'a', runId: 'pr-1' },
        { accountId: 'a', runId: 'pr-2' },
      ],
      true,
    );
    expect(app.undo.shown[0]?.words).toBe('2 ended runs archived.');
  });

  it('is undone for exactly those', async () => {
    const { app, archiveRuns } = await opened(rows);
    await app.archive.putAway([ended('pr-1')]);
    await app.undo.takeNewest();
    expect(archiveRuns).toHaveBeenLastCalledWith([{ accountId: 'a', runId: 'pr-1' }], false);
  });

  it('asks for nothing where there is nothing to archive', async () => {
    const { app, archiveRuns } = await opened([]);
    await app.archive.putAway([]);
    await settle();
    expect(archiveRuns).not.toHaveBeenCalled();
    expect(app.undo.shown).toEqual([]);
  });
});
