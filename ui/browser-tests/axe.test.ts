/** The list for everybody, empty and long: no violation that axe knows. Its looks are among the screens. */
import { expect, it } from 'vitest';
import { violations } from './violations';
import { at, browsing, picture, view } from './page';

const open = browsing();

const LIST = 'section[aria-label="Runs"]';

for (const fake of ['empty', 'one', 'ten-thousand']) {
  it(`has none in the list: ${fake}`, async () => {
    const page = await open(`${fake},still`);
    await page.click(view('all'));
    expect(await violations(page, LIST)).toEqual([]);
    await picture(page, `list-${fake}`);
  });
}

it('has none with runs selected, and in the question that starts them', async () => {
  const page = await open('month-end,still');
  await page.click(view('to-start'));
  await page.locator(at('run-name')).first().click();
  await page.keyboard.press('Control+a');
  expect(await violations(page, LIST)).toEqual([]);
  await page.click(at('bulk-start'));
  await page.waitForSelector(at('confirm'));
  expect(await violations(page, 'dialog[open]')).toEqual([]);
});
