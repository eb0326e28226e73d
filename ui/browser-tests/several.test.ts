/** Several runs at once: what is selected, what is taken back, what narrows the list. */
import type { Locator, Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { at, browsing, focus, focused, painted, picture, view } from './page';

const open = browsing();

it('counts in the button and the question what is to start alone, and names the account of each', async () => {
  const page = await open('month-end,still');
  await page.click(view('all'));
  await page.locator(at('run-row')).first().focus();
  await page.keyboard.press('Control+a');
  expect(await page.textContent(at('bulk-start'))).toMatch(/Start 6 runs…/);
  await page.click(at('bulk-start'));
  await page.waitForSelector(at('confirm'));
  expect(await page.textContent(at('confirm'))).toMatch(/Start 6 runs/);
  const lines = await page.locator(at('bulk-result')).allTextContents();
  // An account is named where its environment does not say it.
  const accounts = await page.locator(`${at('bulk-result')} .name`).allTextContents();
  expect(accounts.filter((text) => text.trim() === 'Sandbox')).toHaveLength(20);
  expect(lines.filter((line) => line.includes('sample.solvexia.com'))).toHaveLength(40);
  expect(lines.slice(0, 6).join()).not.toMatch(/Will not be started/);
  expect(lines.slice(6).every((line) => /Will not be started/.test(line))).toBe(true);
  await picture(page, 'start-of-all');
  await page.keyboard.press('Escape');
});

/** A double click as people do it; the second press may come so late that the system counts it as another click. */
async function twice(page: Page, what: Locator, clickCount = 2) {
  const { x, y, width, height } = (await what.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
  await page.mouse.move(x + width / 2, y + height / 2);
  await page.mouse.down();
  await page.mouse.up();
  await page.waitForTimeout(150);
  await page.mouse.down({ clickCount });
  await page.mouse.up({ clickCount });
  await painted(page);
}

it('acts once by a double click on what goes by its press: on one run, one message, nothing behind it', async () => {
  const page = await open('month-end,still');
  const attention = async () =>
    Number(await page.textContent(`${view('attention')} ${at('view-count')}`));
  for (const [place, clickCount, left] of [
    [2, 2, 9],
    [4, 1, 8],
  ] as const) {
    await twice(page, page.locator(at('mark-row-handled')).nth(place), clickCount);
    await expect.poll(attention).toBe(left);
  }
  // The one below slid under the pointer.
  await twice(page, page.locator(at('undo')).last());
  await expect.poll(attention).toBe(9);
  await twice(page, page.locator(`${at('undo-message')} button[aria-label]`).last());
  expect(await page.locator(at('undo-message')).count()).toBe(0);
  const shown = await page.getAttribute(at('run-detail'), 'data-run-id');
  // A row that stays is not opened by it.
  await page.click(view('all'));
  await twice(page, page.locator(at('mark-row-handled')).last());
  expect(await page.getAttribute(at('run-detail'), 'data-run-id')).toBe(shown);
});

it('undoes what was done to marks and mutes to what was there before', async () => {
  const page = await open('month-end,still');
  const row = page.locator(`${at('run-row')}[data-outcome="failed"]`).first();
  await row.click();
  const note = async (text: string) => {
    await page.click(at('run-menu'));
    await page.click(at('add-note'));
    await page.fill(at('handled-note'), text);
    await page.keyboard.press('Enter');
    await page.waitForSelector(`${at('handled')}:has-text("${text}")`);
  };
  await note('Ticket 4711');
  await note('typo');
  const undo = () => page.locator(at('undo')).first().click();
  await undo();
  await page.waitForSelector(`${at('handled')}:has-text("Ticket 4711")`);
  await page.click(`${at('handled')} button`);
  await page.waitForSelector(at('handled'), { state: 'detached' });
  await undo();
  await page.waitForSelector(`${at('handled')}:has-text("Ticket 4711")`);
  // Of two, one is muted already.
  await page.click(view('running'));
  const muted = page.locator(`${at('run-row')} .marks:has-text("muted")`);
  for (const [place, rows] of [
    [0, 1],
    [1, 2],
  ] as const) {
    await page.locator(at('select-run')).nth(place).click();
    await page.click(at('bulk-mute'));
    await expect.poll(() => muted.count()).toBe(rows);
  }
  await undo();
  await expect.poll(() => muted.count()).toBe(1);
});

it('leaves nothing selected that was started, or out of sight in another tab', async () => {
  const page = await open('month-end,still');
  const none = () => page.waitForSelector(at('bulk-bar'), { state: 'detached', timeout: 3000 });
  await page.click(view('all'));
  await page.locator(at('run-row')).first().focus();
  await page.keyboard.press('Control+a');
  await page.click(at('bulk-start'));
  await page.click(`dialog[open] ${at('confirm')}`);
  await page.waitForSelector(`dialog[open] ${at('confirm')}`, { state: 'detached' });
  await page.click(at('dismiss'));
  await none();
  await page.locator(at('select-run')).first().click();
  await page.waitForSelector(at('bulk-bar'));
  await page.click(view('running'));
  await none();
  await page.click(view('all'));
  await none();
});

it('clears the search alone, and the filters by a button of theirs', async () => {
  const page = await open('month-end,still');
  const process = page.locator(`${at('filter')}[data-filter="process"]`);
  const search = () => page.inputValue(at('search'));
  const button = (name: string) => page.locator('.empty').getByRole('button', { name }).click();
  await page.click(view('done'));
  await process.selectOption('p-120103');
  for (const [name, left] of [
    ['Clear the search', ['', 'p-120103']],
    ['Clear the filters', ['no such thing', '']],
  ] as const) {
    await page.fill(at('search'), 'no such thing');
    await button(name);
    expect([await search(), await process.inputValue()], name).toEqual(left);
  }
  await process.selectOption('p-120103');
  await page.click(at('clear-filters'));
  expect([await search(), await process.inputValue()]).toEqual(['no such thing', '']);
});

it('Esc clears a selection wherever the focus is, before the panel; the keys of the search lead there', async () => {
  const page = await open('month-end,still');
  const bar = page.locator(at('bulk-bar'));
  const select = async () => {
    await page.locator(at('run-row')).first().focus();
    await page.keyboard.press('Space');
    await bar.waitFor();
  };
  await page.click(at('open-inbox'));
  for (const what of ['bulk-mute', 'run-menu']) {
    await select();
    await page.locator(at(what)).focus();
    await page.keyboard.press('Escape');
    await bar.waitFor({ state: 'detached', timeout: 3000 });
    if (what === 'bulk-mute') await expect.poll(async () => (await focus(page)).run).not.toBeNull();
  }
  // From inside the panel it closes that.
  await select();
  await page.locator('aside button').first().focus();
  await page.keyboard.press('Escape');
  await page.waitForSelector('aside', { state: 'detached' });
  await page.keyboard.press('Escape');
  await bar.waitFor({ state: 'detached', timeout: 3000 });
  for (const key of ['Control+f', '/']) {
    await select();
    await page.keyboard.press(key);
    await expect.poll(() => focused(page)).toBe('search');
    expect(await bar.count()).toBe(0);
  }
});
