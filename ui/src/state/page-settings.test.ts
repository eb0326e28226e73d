import { expect, it, vi } from 'vitest';
import type { PageSettings } from '../generated/contract';
import { nextZoom } from './page-settings.svelte';
import { failure, opened, settle } from './testing';

it('the zoom goes in steps and ends where the page could not be used any more', () => {
  expect(nextZoom(100, 'in')).toBe(110);
  expect(nextZoom(100, 'out')).toBe(90);
  expect(nextZoom(105, 'in')).toBe(110);
  expect(nextZoom(200, 'in')).toBe(200);
  expect(nextZoom(50, 'out')).toBe(50);
});

it('what is chosen for the page is sent whole, and shows though it could not be kept', async () => {
  const sent = vi.fn(async (settings: PageSettings) => settings);
  const { app } = await opened(
    {},
    { getPageSettings: async () => ({ letters: false, zoom: 150 }), setPageSettings: sent },
  );
  app.pageChoices.zoom('in');
  expect(sent).toHaveBeenCalledWith({ letters: false, zoom: 175 });
  sent.mockRejectedValueOnce(failure('store'));
  app.pageChoices.set({ letters: true });
  await settle();
  expect(app.pageChoices.now).toEqual({ letters: true, zoom: 175 });
  expect(app.error?.code).toBe('store');
});
