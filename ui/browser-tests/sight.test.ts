/** Rule 23 in a window: what is told of the open run is read where that run is in sight, and not otherwise. */
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { at, browsing, painted, SIZES } from './page';

const open = browsing();

/** How many items of the Inbox are unread. */
const unread = async (page: Page) =>
  Number((await page.locator(`${at('open-inbox')} .count`).allTextContents())[0] ?? 0);

/** The only run, which is open by itself, fails. */
const fail = (page: Page) =>
  page.evaluate(() => {
    const { playback } = window as unknown as { playback: { endOne: () => void } };
    playback.endOne();
  });

it('a failure of the run that is open behind the list is read once the run comes into sight', async () => {
  const page = await open('one,still', { size: 'least' });
  const before = await unread(page);
  await fail(page);
  await painted(page);
  expect(await unread(page)).toBe(before + 1);
  const [width, height] = SIZES.usual;
  await page.setViewportSize({ width, height });
  await page.waitForSelector(at('run-detail'));
  await expect.poll(() => unread(page)).toBe(before);
});

it('a failure of the run that is open under a panel is read once the panel is gone', async () => {
  const page = await open('one,still', { size: 'small' });
  await page.waitForSelector(at('run-detail'));
  await page.click(at('open-activity'));
  const before = await unread(page);
  await fail(page);
  await painted(page);
  expect(await unread(page)).toBe(before + 1);
  await page.keyboard.press('Escape');
  await expect.poll(() => unread(page)).toBe(before);
});
