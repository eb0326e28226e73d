import { expect, it, vi } from 'vitest';
import type { Update } from '../../generated/contract';
import { fakeHost } from '../fake';

it('can be waited for: it is a host, not a promise', async () => {
  const host = await Promise.resolve(fakeHost());
  expect((await host.snapshot()).accounts).toHaveLength(1);
});

it('hands out copies: what it changes later changes no row that the page has', async () => {
  const host = fakeHost((scenario) => scenario === 'still');
  const sent: Update[] = [];
  await host.subscribe((updates) => void sent.push(...updates));
  const [row] = (await host.snapshot()).runs;
  if (!row) throw new Error('no row');
  const answered = await host.watchRun(row, true);
  await vi.waitFor(() => expect(sent.map(({ type }) => type)).toContain('run'));
  const given = [row, answered, ...sent];
  const had = JSON.stringify(given);
  await host.markHandled([row], 'Seen to');
  await host.muteRuns([row], 'forever');
  expect(JSON.stringify(given)).toBe(had);
});
