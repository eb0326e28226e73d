/** The keyboard's focus in a list of very many rows is never lost. */
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { at, browsing, focus, painted, rowOf, view } from './page';

const open = browsing();

async function inRow(fake: string, place = 0): Promise<Page> {
  const page = await open(fake);
  await page.click(view('all'));
  await page.locator(at('run-row')).nth(place).click();
  expect((await focus(page)).run).not.toBeNull();
  return page;
}

async function press(page: Page, key: string, times: number) {
  const seen = new Set<string>();
  for (let n = 0; n < times; n += 1) {
    await page.keyboard.press(key);
    await painted(page);
    const { run, isSeen } = await focus(page);
    expect(run, `${key}, ${n + 1} times`).not.toBeNull();
    expect(isSeen, `${key}, ${n + 1} times`).toBe(true);
    seen.add(run ?? '');
  }
  return seen;
}

for (const [key, times] of [
  ['PageDown', 8],
  ['ArrowDown', 40],
] as const) {
  it(`stays with the rows by ${key}`, async () => {
    const page = await inRow('ten-thousand,still');
    expect((await press(page, key, times)).size).toBe(times);
  });
}

it('stays with the rows by End, Home and the arrows from there', async () => {
  const page = await inRow('ten-thousand,still');
  await press(page, 'End', 1);
  expect(await page.locator(':focus').getAttribute('aria-rowindex')).toBe('10001');
  await press(page, 'ArrowUp', 5);
  await press(page, 'Home', 1);
  expect(await page.locator(':focus').getAttribute('aria-rowindex')).toBe('2');
});

it('stays with its row when the list is wheeled away, and goes on from it', async () => {
  const page = await inRow('ten-thousand,still', 3);
  const { run } = await focus(page);
  await page.mouse.move(300, 500);
  await page.mouse.wheel(0, 60_000);
  await expect.poll(() => focus(page)).toEqual({ run, isSeen: false });
  const next = await press(page, 'ArrowDown', 1);
  expect(next.has(run ?? '')).toBe(false);
  expect(await page.locator(':focus').getAttribute('aria-rowindex')).toBe('6');
});

it('stays with its row when that is sorted elsewhere, which waits until the window is left', async () => {
  const page = await open('hundred');
  await page.click(view('all'));
  await page.click(`${at('sort')}[data-column="now-at"]`);
  const run = 'pr-263088';
  await page.click(rowOf(run));
  const place = () => page.locator(rowOf(run)).getAttribute('aria-rowindex');
  const before = await place();
  await page.waitForSelector(`${rowOf(run)}[data-outcome="failed"]`);
  expect(await place()).toBe(before);
  await page.evaluate(() => window.dispatchEvent(new Event('blur')));
  await expect.poll(place).not.toBe(before);
  expect((await focus(page)).run).toBe(run);
});

it('goes to the neighbour when its run is removed', async () => {
  const page = await inRow('many,still', 4);
  const rows = await page
    .locator(at('run-row'))
    .evaluateAll((all) => all.slice(0, 8).map((row) => (row as HTMLElement).dataset['runId']));
  await page.keyboard.press('Space');
  await page.click(at('bulk-remove'));
  if (await page.locator(at('confirm')).isVisible()) await page.click(at('confirm'));
  await page.waitForSelector(rowOf(rows[4] ?? ''), { state: 'detached' });
  await expect.poll(async () => (await focus(page)).run).toBe(rows[5]);
});

it('comes back to the list when the open run is removed by its own button', async () => {
  const page = await inRow('many,still', 4);
  await page.click(at('run-menu'));
  await page.click(at('remove-run'));
  if (await page.locator(at('confirm')).isVisible()) await page.click(at('confirm'));
  await expect.poll(async () => (await focus(page)).run).not.toBeNull();
});

/** What had the focus goes: it is in the list again, never on the page's body. */
const isInList = (page: Page) => expect.poll(async () => (await focus(page)).run).not.toBeNull();

/** Presses a button of the open run by the keyboard. */
async function pressButton(page: Page, selector: string) {
  await page.locator(selector).focus();
  await page.keyboard.press('Enter');
}

async function failedRun() {
  const page = await open('month-end,still');
  await page.click(view('attention'));
  const row = page.locator(`${at('run-row')}[data-outcome="failed"]`).first();
  await row.click();
  await page.waitForSelector(`${at('restart-failed')}[aria-disabled="false"]`);
  return page;
}

it('goes to the list when the open run is dealt with, and when it needs attention again', async () => {
  const page = await failedRun();
  await pressButton(page, at('mark-handled'));
  await page.waitForSelector(at('mark-handled'), { state: 'detached' });
  await isInList(page);
  await pressButton(page, `${at('handled')} button`);
  await page.waitForSelector(at('handled'), { state: 'detached' });
  await isInList(page);
});

it('goes to the list when the failed run is restarted', async () => {
  const page = await failedRun();
  await pressButton(page, at('restart-failed'));
  await pressButton(page, at('confirm'));
  await page.waitForSelector(at('restart-failed'), { state: 'detached' });
  await isInList(page);
});

it('stays in the dialog while several are started, and goes to the list after it', async () => {
  const page = await open('month-end,still');
  await page.click(view('to-start'));
  await page.locator(at('run-row')).first().focus();
  await page.keyboard.press('Control+a');
  await pressButton(page, at('bulk-start'));
  await pressButton(page, `dialog[open] ${at('confirm')}`);
  const isInDialog = () =>
    page.evaluate(() => document.activeElement?.closest('dialog[open]') !== null);
  await painted(page);
  expect(await isInDialog(), 'while it is sent').toBe(true);
  await page.waitForSelector(`dialog[open] ${at('confirm')}`, { state: 'detached' });
  await expect.poll(isInDialog).toBe(true);
  await page.keyboard.press('Escape');
  await page.waitForSelector('dialog[open]', { state: 'detached' });
  await painted(page);
  await expect.poll(() => page.evaluate(() => document.activeElement?.tagName)).not.toBe('BODY');
});

it('goes to the list when watched runs are removed after a question', async () => {
  const page = await open('month-end,still');
  await page.click(view('all'));
  await page
    .locator(`${at('run-row')}:has(.watched)`)
    .first()
    .focus();
  await page.keyboard.press('Space');
  await pressButton(page, at('bulk-remove'));
  await pressButton(page, `dialog[open] ${at('confirm')}`);
  await page.waitForSelector(at('bulk-bar'), { state: 'detached' });
  await isInList(page);
});
