import { describe, expect, it, vi } from 'vitest';
import type { Host } from '../host/host';
import { failure, later, opened, settle } from './testing';

async function exporting(exportActivity: Host['exportActivity']) {
  const { app } = await opened({}, { exportActivity });
  return { app, exported: app.activityExport };
}

describe('the export of Activity', () => {
  it('says where the table is now', async () => {
    const { app, exported } = await exporting(async () => '/home/ana/activity.csv');
    await exported.run();
    expect(exported.words).toMatch(/activity\.csv/);
    expect(app.announcer.text).toBe(exported.words);
  });

  it('says nothing where its user thought better of it', async () => {
    const { exported } = await exporting(async () => null);
    await exported.run();
    expect([exported.words, exported.error]).toEqual([null, null]);
  });

  it('says why nothing was saved, and forgets it at the next try', async () => {
    const exportActivity = vi.fn<Host['exportActivity']>();
    exportActivity.mockRejectedValueOnce(failure('internal')).mockResolvedValue('/tmp/a.csv');
    const { exported } = await exporting(exportActivity);
    await exported.run();
    expect(exported.error?.code).toBe('internal');
    await exported.run();
    expect(exported.error).toBeNull();
    expect(exported.words).not.toBeNull();
  });

  it('asks for one place at a time, however often it is pressed', async () => {
    const place = later<string | null>();
    const exportActivity = vi.fn(() => place.promise);
    const { exported } = await exporting(exportActivity);
    const both = [exported.run(), exported.run()];
    place.answer(null);
    await Promise.all(both);
    expect(exportActivity).toHaveBeenCalledTimes(1);
  });

  it('opens Activity, where its answer is read, and what was read is gone with the panel', async () => {
    const { app, exported } = await exporting(async () => '/tmp/a.csv');
    app.exportActivity();
    await settle();
    expect([app.panel, exported.words === null]).toEqual(['activity', false]);
    app.closePanel();
    expect(exported.words).toBeNull();
  });
});
