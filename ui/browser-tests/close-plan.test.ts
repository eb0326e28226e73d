/** The plan editor, by the keyboard alone. */
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { at, browsing, focused, picture, tabTo } from './page';
import { violations } from './violations';

const open = browsing();

const to = (page: Page, testid: string, process?: string) =>
  tabTo(page, `${process ? `li[data-process-id="${process}"] ` : ''}${at(testid)}`);

const order = (page: Page) =>
  page
    .locator(at('draft-item'))
    .evaluateAll((all) => all.map((row) => (row as HTMLElement).dataset['processId']));

it('makes a plan from last month, changes it, saves it and opens its close', async () => {
  const page = await open('still');
  await to(page, 'open-close');
  await page.keyboard.press('Enter');
  await page.waitForSelector(at('plan-from-history'));
  await to(page, 'plan-from-history');
  await page.keyboard.press('Enter');
  await page.waitForSelector(at('draft-item'));
  expect(await violations(page, 'dialog[open]')).toEqual([]);
  await picture(page, 'plan-proposed');

  await to(page, 'plan-name');
  await page.keyboard.press('Control+a');
  await page.keyboard.type('Close of the group');
  await to(page, 'item-down', 'p-114377');
  await page.keyboard.press('Enter');
  await expect.poll(() => order(page)).toEqual(expect.arrayContaining(['p-114377']));
  expect((await order(page)).slice(0, 2)).toEqual(['p-114301', 'p-114377']);
  // The button that moved it has the focus still.
  const moved = `li[data-process-id="p-114377"] ${at('item-down')}:focus`;
  expect(await page.locator(moved).count()).toBe(1);
  await to(page, 'item-remove', 'p-114402');
  await page.keyboard.press('Enter');
  await expect.poll(() => order(page)).not.toContain('p-114402');
  expect(await focused(page)).not.toBeNull();

  await to(page, 'add-process');
  await page.keyboard.press('Enter');
  await page.waitForSelector(at('add-this-process'));
  await page.keyboard.type('Bank');
  await page.keyboard.press('Enter');
  await page.waitForFunction(
    () => document.querySelectorAll('[data-testid="add-this-process"]').length === 1,
  );
  await to(page, 'add-this-process');
  await page.keyboard.press('Enter');
  await expect.poll(async () => (await order(page)).at(-1)).toBe('p-114273');

  await to(page, 'save-plan');
  await page.keyboard.press('Enter');
  await page.waitForSelector(at('close-choice'));
  expect(await violations(page, 'dialog[open]')).toEqual([]);
  await tabTo(page, '[aria-label="Open November 2026"]');
  await page.keyboard.press('Enter');
  await page.waitForSelector(at('close-board'));
  expect(await page.textContent(`${at('close-board')} h2`)).toContain('Close of the group');
});

it('says beside its field what is missing, and sends nothing', async () => {
  const page = await open('still');
  await page.click(at('open-close'));
  await page.click(at('new-plan'));
  await page.fill(at('plan-name'), '');
  await page.fill(at('plan-zone'), 'Sydney');
  await page.click(at('save-plan'));
  expect(await page.textContent('#plan-name-lack')).toBe('Give the plan a name.');
  expect(await page.textContent('#plan-zone-lack')).toMatch(/time zone from the list/);
  expect(await page.textContent('#plan-list-lack')).toMatch(/at least one process/);
  expect(await page.getAttribute(at('plan-name'), 'aria-invalid')).toBe('true');
  expect(await violations(page, 'dialog[open]')).toEqual([]);
  await picture(page, 'plan-lacks');
});

it('asks before changes are lost, and keeps them where its user goes on', async () => {
  const page = await open('close-on-track,still', { dark: true });
  await page.click(at('open-close'));
  await page.click(at('edit-plan'));
  await page.fill(at('plan-name'), 'Another name');
  await page.keyboard.press('Escape');
  await page.waitForSelector(at('confirm'));
  await page.click(`dialog[role="alertdialog"] ${at('dismiss')}`);
  expect(await page.inputValue(at('plan-name'))).toBe('Another name');
  expect(await violations(page, 'dialog[open]')).toEqual([]);
  await picture(page, 'plan-dark');
});

it('keeps what was typed where the plan is refused, and says why', async () => {
  const page = await open('close-on-track,still');
  await page.click(at('open-close'));
  await page.click(at('edit-plan'));
  await page.fill(at('plan-name'), 'Refuse me');
  await page.click(at('save-plan'));
  const banner = `dialog[open] ${at('error-banner')}`;
  await page.waitForSelector(banner);
  expect(await page.textContent(banner)).toMatch(/wait for each other/);
  expect(await page.inputValue(at('plan-name'))).toBe('Refuse me');
});

it('takes holidays that came with it, that were pasted, and of a file', async () => {
  const page = await open('still', { size: 'zoomed' });
  await page.click(at('open-close'));
  await page.click(at('new-plan'));
  const words = () => page.textContent(at('calendar-words'));
  await page.selectOption(at('plan-calendar'), 'au-nsw');
  await expect.poll(words).toMatch(/2 holidays of .*New South Wales/);
  await page.selectOption(at('plan-calendar'), 'paste');
  await page.fill(at('paste-days'), '2026-12-24 Office closed');
  await page.click(at('take-days'));
  await expect.poll(words).toMatch(/1 holiday of .*pasted days/);
  await page.selectOption(at('plan-calendar'), 'file');
  await expect.poll(() => page.textContent(at('plan-said'))).toMatch(/2 events were left out/);
  await picture(page, 'plan-zoomed');
});

it('has room in its rows: a time of day is seen whole, and rules stay in one row', async () => {
  const page = await open('close-on-track,still', { size: 'least' });
  await page.click(at('open-close'));
  await page.click(at('edit-plan'));
  await page.waitForSelector(at('draft-item'));
  const [now, needed] = await page.locator(at('cut-off-time')).evaluate((field) => {
    const width = field.getBoundingClientRect().width;
    field.style.cssText = 'width: max-content; min-width: 0';
    return [width, field.getBoundingClientRect().width] as const;
  });
  expect(now).toBeGreaterThanOrEqual(needed);
  const rows = await page.locator(at('draft-item')).evaluateAll((items) =>
    items.map((item) => {
      const top = (testid: string) =>
        item.querySelector(`[data-testid="${testid}"]`)?.parentElement?.getBoundingClientRect().top;
      return Math.abs((top('item-warnings') ?? 0) - (top('item-optional') ?? 99));
    }),
  );
  expect(Math.max(...rows)).toBeLessThan(2);
  await page.locator(at('item-optional')).first().scrollIntoViewIfNeeded();
  await picture(page, 'plan-least');
});
