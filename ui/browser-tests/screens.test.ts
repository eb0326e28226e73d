/** Each screen in each size and look: nothing that axe objects to, nothing cut off, all within reach. */
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { browsing, painted, picture, SIZES, wear, type Look } from './page';
import { outOfReach } from './reach';
import { VISITS, type Screen } from './screens';
import { violations } from './violations';

const open = browsing();

const LOOKS: Record<string, Look> = {
  ...Object.fromEntries(
    Object.keys(SIZES).map((size) => [size, { size: size as keyof typeof SIZES }]),
  ),
  dark: { dark: true },
  'dark-zoomed': { dark: true, size: 'zoomed' },
  forced: { forced: true },
  'forced-zoomed': { forced: true, size: 'zoomed' },
};

/** Colours are those of its scheme, with the most room and with little; all else is looked at in each size. */
function part({ dark, forced, size = 'usual' }: Look): 'colours' | 'shape' | undefined {
  if (dark || forced) return 'colours';
  return size === 'usual' || size === 'zoomed' ? undefined : 'shape';
}

/** Buttons of one line that something beside them has made taller. */
const stretched = (page: Page) =>
  page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('.button')]
      .filter((one) => one.offsetHeight > 1.25 * parseFloat(getComputedStyle(one).minHeight))
      .map((one) => `${one.textContent.trim()}: ${one.offsetHeight} px`),
  );

async function look(page: Page, { name, within = 'html', reach = [] }: Screen, as: string) {
  const wish = LOOKS[as] ?? {};
  await wear(page, wish);
  await picture(page, `screens/${name}-${as}`);
  expect.soft(await violations(page, within, { only: part(wish) }), as).toEqual([]);
  const beyond = await page.evaluate(() => {
    const { scrollWidth, scrollHeight } = document.documentElement;
    return [scrollWidth - window.innerWidth, scrollHeight - window.innerHeight];
  });
  expect.soft(beyond, `${as}: the document is larger than the window`).toEqual([0, 0]);
  expect.soft(await stretched(page), as).toEqual([]);
  for (const handle of reach) {
    expect.soft(await page.locator(`${within} ${handle}`).count(), handle).toBeGreaterThan(0);
  }
  if (!wish.dark) expect.soft(await outOfReach(page), as).toEqual([]);
}

for (const { fake, first, screens } of VISITS) {
  describe(`with ${fake}`, () => {
    let page: Page;
    beforeAll(async () => {
      page = await open(fake, first === undefined ? {} : { first });
    });

    for (const screen of screens) {
      it(`${screen.name}: in each size and look`, async () => {
        await wear(page, {});
        await screen.go?.(page);
        await painted(page);
        for (const as of Object.keys(LOOKS)) await look(page, screen, as);
      });
    }
  });
}
