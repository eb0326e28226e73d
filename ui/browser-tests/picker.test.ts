/** Runs chosen from SolveXia, and one created, by the keyboard alone. */
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { at, browsing, tabTo, type Look } from './page';

const open = browsing();

async function picking(look: Look = {}, fake = 'month-end,still'): Promise<Page> {
  const page = await open(fake, look);
  await page.locator(at('pick-process')).focus();
  await page.keyboard.press('Enter');
  await page.waitForSelector(at('process-row'));
  return page;
}

/** From the search of processes into the first one. */
async function choose(page: Page) {
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.waitForSelector(at('process-run-row'));
}

it('ticks runs by Space and adds them together, watched', async () => {
  const page = await picking();
  await choose(page);
  await tabTo(page, at('process-run-row'));
  await page.keyboard.press('Space');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Space');
  expect(await page.locator(`${at('select-process-run')}:checked`).count()).toBe(2);
  expect(await page.isVisible('dialog[open]'), 'Space opens no run').toBe(true);
  await tabTo(page, at('watch-ticked'));
  await page.keyboard.press('Enter');
  await page.waitForSelector('dialog[open]', { state: 'detached' });
  expect(
    await page.textContent('[role="status"]:has-text("2 runs added and watched")'),
  ).toBeTruthy();
});

it('says how runs stand once it is asked to, and of none that it succeeded', async () => {
  const page = await picking();
  await choose(page);
  const words = () => page.locator(`${at('process-run-row')} .status .word`).allTextContents();
  expect(await words()).toEqual([]);
  await tabTo(page, at('show-statuses'));
  await page.keyboard.press('Enter');
  await expect.poll(async () => (await words()).length).toBe(2);
  expect((await words()).join()).not.toMatch(/Succeeded/);
});

it('leads to a process and back with the focus, where there is room for one pane', async () => {
  const page = await picking({ size: 'zoomed' });
  await choose(page);
  expect(await page.locator(`${at('picker-back')}:focus`).count()).toBe(1);
  expect(await page.isVisible(at('process-row'))).toBe(false);
  await page.keyboard.press('Enter');
  await expect.poll(() => page.locator(`${at('process-row')}:focus`).count()).toBe(1);
});

it('creates a run at 640×400 and asks by its name before it is started', async () => {
  const page = await picking({ size: 'zoomed' });
  await choose(page);
  await tabTo(page, at('name-prefix'));
  await page.keyboard.type('December');
  await tabTo(page, at('start-after'));
  await page.keyboard.press('Space');
  await tabTo(page, at('create-run'));
  await page.keyboard.press('Enter');
  await page.waitForSelector(at('confirm'));
  expect(await page.textContent('dialog[open]')).toMatch(/Start this run\?[^]*December : run #\d+/);
  await page.click(at('dismiss'));
  const row = page.locator(`${at('run-row')}:has-text("December : run")`);
  expect(await row.getAttribute('data-status')).toBe('NotStarted');
});
