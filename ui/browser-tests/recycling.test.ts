/** Rows that are drawn once and shown with other runs: fast, and never mistaken for one another. */
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { at, browsing, painted, view } from './page';

const open = browsing();

/** As typing does it, without a key or a click. */
async function search(page: Page, words: string) {
  await page.evaluate(
    ([field, text]) => {
      const input = document.querySelector<HTMLInputElement>(field);
      if (!input) throw new Error('no search');
      input.value = text;
      input.dispatchEvent(new Event('input', { bubbles: true }));
    },
    [at('search'), words] as const,
  );
  await painted(page);
}

const runs = (page: Page) =>
  page
    .locator(at('run-row'))
    .evaluateAll((rows) => rows.map((row) => (row as HTMLElement).dataset['runId']));

it('a search shows what it finds in the rows that are there', async () => {
  const page = await open('ten-thousand,still');
  await page.click(view('all'));
  await page.mouse.move(5, 5);
  const before = await runs(page);
  await page.locator(at('run-row')).evaluateAll((rows) => {
    rows.forEach((row) => row.setAttribute('data-was-there', ''));
  });
  await search(page, 'payroll');
  const after = await runs(page);
  expect(after.filter((run) => before.includes(run)).length).toBeLessThan(after.length / 2);
  expect(await page.locator(`${at('run-row')}:not([data-was-there])`).count()).toBe(0);
});

for (const what of ['run-name', 'select-run']) {
  it(`a press on a run's ${what} never ends on another run`, async () => {
    const page = await open('ten-thousand,still');
    await page.click(view('all'));
    const opened = await page.locator(at('run-detail')).getAttribute('data-run-id');
    const box = await page.locator(at(what)).nth(4).boundingBox();
    if (!box) throw new Error('no row');
    await page.mouse.move(box.x + 5, box.y + box.height / 2);
    await page.mouse.down();
    await search(page, 'payroll');
    await page.mouse.up();
    await painted(page);
    expect(await page.locator(`${at('run-row')}[aria-selected="true"]`).count()).toBe(0);
    expect(await page.locator(at('run-detail')).getAttribute('data-run-id')).toBe(opened);
  });
}

it('the row that has the focus never becomes another run', async () => {
  const page = await open('ten-thousand,still');
  await page.click(view('all'));
  await page.locator(at('run-name')).nth(4).click();
  await page.keyboard.press('ArrowDown');
  await page.evaluate(() => {
    Object.assign(window, { focusedRow: document.activeElement });
  });
  const before = await page.evaluate(
    () => (document.activeElement as HTMLElement).dataset['runId'],
  );
  await search(page, 'payroll');
  const now = await page.evaluate(() => {
    const { focusedRow } = window as unknown as { focusedRow: HTMLElement };
    return focusedRow.isConnected ? focusedRow.dataset['runId'] : 'gone';
  });
  expect(['gone', before]).toContain(now);
  // It is not lost either: it is where Tab leads.
  const focused = await page.evaluate(() => document.activeElement?.getAttribute('tabindex'));
  expect(focused).toBe('0');
});
