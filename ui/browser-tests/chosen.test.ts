/** What is open, selected or chosen can be told from what is not, and still be read. */
import { expect, it } from 'vitest';
import { at, browsing, painted, picture, view } from './page';
import { violations } from './violations';

const open = browsing();
const MONTH = 'month-end,still';

it('tells an open row from a selected one', async () => {
  for (const dark of [false, true]) {
    const page = await open(MONTH, { dark });
    await page.click(view('all'));
    const rows = page.locator(at('run-row'));
    await rows.nth(2).click();
    for (const n of [1, 3]) await rows.nth(n).click({ modifiers: ['Control'] });
    await page.mouse.move(-1, -1);
    await painted(page);
    await picture(page, `chosen-rows${dark ? '-dark' : ''}`);
    const fill = (n: number) => rows.nth(n).evaluate((row) => getComputedStyle(row).background);
    expect(await fill(2)).not.toBe(await fill(1));
    expect(await violations(page, '.rows', { only: 'colours' })).toEqual([]);
  }
});

it('keeps each word of a selected row legible in forced colours', async () => {
  const page = await open(MONTH, { forced: true });
  for (const tab of ['to-start', 'attention']) {
    await page.click(view(tab));
    await page.locator(at('run-row')).first().focus();
    await page.keyboard.press('Control+a');
    await painted(page);
    await picture(page, `chosen-forced-${tab}`);
    // axe takes its colours from the system's.
    const others = await page.locator(`${at('run-row')} *`).evaluateAll((all) =>
      all
        .filter((one) => !one.matches('input') && one.checkVisibility())
        .flatMap((one) => {
          const row = one.closest('[role="row"]') as Element;
          const { color } = getComputedStyle(one);
          return color === getComputedStyle(row).color ? [] : [`${one.className}: ${color}`];
        }),
    );
    expect([...new Set(others)], tab).toEqual([]);
  }
});

it('draws a line under the chosen tab alone in forced colours', async () => {
  const page = await open(MONTH, { forced: true });
  await painted(page);
  await picture(page, 'chosen-forced-tabs');
  const lined = await page.locator('[role="tab"]').evaluateAll((all) => {
    const probe = document.body.appendChild(document.createElement('i'));
    probe.style.color = 'Canvas';
    const canvas = getComputedStyle(probe).color;
    probe.remove();
    return all.flatMap((tab) => {
      const { borderBottomColor, borderBottomWidth } = getComputedStyle(tab);
      const isSeen = borderBottomColor !== canvas && borderBottomWidth !== '0px';
      return isSeen ? [(tab as HTMLElement).dataset['view']] : [];
    });
  });
  expect(lined).toEqual(['attention']);
});

it('marks the open run in the timeline of today in forced colours', async () => {
  const page = await open(MONTH, { forced: true });
  await page.click(view('all'));
  await page.click(at('show-today'));
  await page.waitForSelector(at('today-bar'));
  await picture(page, 'chosen-forced-today');
  const edges = await page.locator(at('today-bar')).evaluateAll((all) =>
    all.map((one) => {
      const { borderLeftWidth, outlineStyle } = getComputedStyle(one);
      return [one.classList.contains('open'), borderLeftWidth !== '0px' || outlineStyle !== 'none'];
    }),
  );
  expect(edges).toContainEqual([true, true]);
  for (const [isOpen, isMarked] of edges) expect(isMarked).toBe(isOpen);
});
