/** What needs somebody is never out of sight without a word. */
import { expect, it } from 'vitest';
import { at, browsing, painted, picture, view } from './page';

const open = browsing();

it('says that its filters, which stay over a restart, hide failures, and shows them by one click', async () => {
  const page = await open('month-end,still');
  const all = Number(await page.textContent(`${view('attention')} ${at('view-count')}`));
  await page.locator(at('run-row')).first().click();
  await page.click(at('show-process'));
  await page.reload();
  await page.waitForSelector(at('hidden-line'));
  await picture(page, 'attention-hidden');
  const shown = await page.locator(at('run-row')).count();
  expect(await page.textContent(at('hidden-line'))).toContain(`${String(all - shown)} more run`);
  await page.click(`${at('hidden-line')} button`);
  expect(await page.locator(at('run-row')).count()).toBe(all);
});

it('names each account that is in trouble', async () => {
  const page = await open('month-end,still');
  await page.evaluate(() => {
    const { playback } = window as unknown as {
      playback: { accounts: object[]; accountChanged: (account: object) => void };
    };
    const [first, second] = playback.accounts;
    playback.accountChanged({ ...first, state: 'offline', isSample: false });
    playback.accountChanged({ ...second, state: 'expired', isSample: false });
  });
  await painted(page);
  await picture(page, 'two-in-trouble');
  const banners = (await page.locator('.banners .list > *').allTextContents()).join(' | ');
  for (const label of ['sample.solvexia.com', 'sandbox.solvexia.com']) {
    expect(banners).toContain(label);
  }
});
