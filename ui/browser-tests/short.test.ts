/** Windows of little height: what is decided on and what can be done stay in sight. */
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { at, browsing, painted, picture, view } from './page';

const open = browsing();
const MONTH = 'month-end,still';
const SHORT = ['least', 'zoomed'] as const;

/** How many of these are wholly seen, in the window and in all that scrolls around them. */
const seen = (page: Page, what: string) =>
  page.locator(what).evaluateAll(
    (all) =>
      all.filter((one) => {
        const { top, bottom } = one.getBoundingClientRect();
        for (let around = one.parentElement; around; around = around.parentElement) {
          if (getComputedStyle(around).overflowY === 'visible') continue;
          const box = around.getBoundingClientRect();
          if (top < box.top - 1 || bottom > box.bottom + 1) return false;
        }
        return top >= 0 && bottom <= innerHeight;
      }).length,
  );

it('shows five runs and the buttons in the question that starts them', async () => {
  for (const size of SHORT) {
    const page = await open(MONTH, { size });
    await page.click(view('to-start'));
    await page.click(`${at('run-row')} >> nth=0 >> ${at('select-run')}`);
    await page.click(`${at('run-row')} >> nth=4 >> ${at('select-run')}`, { modifiers: ['Shift'] });
    await page.click(at('bulk-start'));
    await page.waitForSelector(at('confirm'));
    await painted(page);
    await picture(page, `short-start-${size}`);
    expect.soft(await seen(page, at('bulk-result')), size).toBe(5);
    expect.soft(await seen(page, at('confirm')), size).toBe(1);
  }
});
