/** Each screen in each size and look: nothing that axe objects to, nothing cut off, all within reach. */
import type { Page } from 'playwright-core';
import { it } from 'vitest';
import { browsing, picture, SIZES, wear, type Look } from './page';
import { SCREENS } from './screens';
import { violations } from './violations';

const open = browsing();

const LOOKS: [string, Look][] = [
  ...(Object.keys(SIZES) as (keyof typeof SIZES)[]).map((size): [string, Look] => [size, { size }]),
  ['dark', { dark: true }],
  ['dark-zoomed', { dark: true, size: 'zoomed' }],
  ['forced', { forced: true }],
  ['forced-zoomed', { forced: true, size: 'zoomed' }],
];

/** What can be pressed or typed into, and is not wholly within the window wherever it is scrolled to. */
function outOfReach(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const top =
      [...document.querySelectorAll('dialog[open], [role="menu"]')].at(-1) ?? document.body;
    const found = top.querySelectorAll<HTMLElement>('button, input, select, [tabindex="0"]');
    const bad: string[] = [];
    for (const element of found) {
      if (element.closest('[inert], [aria-hidden="true"]')) continue;
      if (!element.checkVisibility({ visibilityProperty: true })) continue;
      element.scrollIntoView({ block: 'nearest', inline: 'nearest' });
      const { left, right, top: above, bottom, width, height } = element.getBoundingClientRect();
      const isIn =
        left >= -1 &&
        right <= innerWidth + 1 &&
        above >= -1 &&
        (bottom <= innerHeight + 1 || height > innerHeight / 2);
      const [x, y] = [left + width / 2, above + Math.min(height, 24) / 2];
      const hit = document.elementFromPoint(x, y);
      const isHit =
        hit !== null &&
        (element.contains(hit) || hit.contains(element) || hit.closest('label')?.contains(element));
      if (!isIn || !isHit)
        bad.push(
          `${element.outerHTML.slice(0, 120)} ${[left, above, right, bottom].map(Math.round).join(',')}`,
        );
    }
    return bad;
  });
}

for (const { name, fake, first, within = 'html', open: go } of SCREENS) {
  // Half of this list's time is waiting for frames.
  it.concurrent(`${name}, in each look`, async ({ expect }) => {
    const page = await open(fake, first === undefined ? {} : { first });
    await go?.(page);
    for (const [lookName, look] of LOOKS) {
      await wear(page, look);
      await picture(page, `${name}-${lookName}`);
      const colours = look.dark === true || look.forced === true;
      expect.soft(await violations(page, within, { colours }), lookName).toEqual([]);
      expect.soft(await outOfReach(page), lookName).toEqual([]);
      const beyond = await page.evaluate(() => {
        const { scrollWidth, scrollHeight } = document.documentElement;
        return [scrollWidth - window.innerWidth, scrollHeight - window.innerHeight];
      });
      expect.soft(beyond, `${lookName}: the document is larger than the window`).toEqual([0, 0]);
    }
    await page.close();
  });
}
