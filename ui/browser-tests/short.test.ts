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

it('leaves rows of the list in sight below a banner, and most of the window below all of them', async () => {
  for (const size of SHORT) {
    const one = await open(`${MONTH},offline`, { size });
    await painted(one);
    await picture(one, `short-banner-${size}`);
    expect.soft(await seen(one, at('run-row')), size).toBeGreaterThanOrEqual(2);
    // What its line has no room for is there.
    await one.click(at('more-banners'));
    expect(
      await one
        .locator(`.banners ${at('error-banner')} .faint`)
        .last()
        .isVisible(),
    ).toBe(true);

    const all = 'store,no-desktop,paused,notes,clock-off,launch-question';
    const many = await open(`${MONTH},${all}`, { size });
    await many.click(at('more-banners'));
    await painted(many);
    await picture(many, `short-banners-${size}`);
    const [height, inner, shown] = await many.locator('.banners').evaluate((banners) => {
      const list = banners.querySelector('.list') as HTMLElement;
      return [banners.clientHeight / innerHeight, list.scrollHeight, list.clientHeight] as const;
    });
    expect.soft(height, size).toBeLessThanOrEqual(0.5);
    expect.soft(inner, 'it scrolls').toBeGreaterThan(shown);
    expect.soft(await seen(many, '.banners .list > *'), size).toBeGreaterThan(1);
  }
});
