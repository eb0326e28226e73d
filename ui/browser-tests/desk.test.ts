/** What is around the list, in each size and look: no violation that axe knows, and all of it in reach. */
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { at, browsing, painted, picture, SIZES, wear, type Look } from './page';
import { violations } from './violations';

const open = browsing();
const BUSY = 'month-end,still,store,no-desktop,paused,notes,clock-off,launch-question';
const FIRST = { first: at('first-run-demo') };

interface Screen {
  name: string;
  fake: string;
  look?: Look;
  /** What of it axe looks at; all, where nothing lies over the rest. */
  within?: string;
  /** From the list to what is looked at. */
  go?: (page: Page) => Promise<void>;
}

const section = (name: string): Screen => ({
  name: `settings-${name}`,
  fake: 'two,proxy,still',
  go: async (page) => {
    await page.click(at('open-settings'));
    await page.click(`${at('settings-section')}[data-section="${name}"]`);
    await painted(page);
  },
});

const SCREENS: Screen[] = [
  { name: 'first-run', fake: 'first-run', look: FIRST },
  {
    name: 'sign-in-lacking',
    fake: 'first-run',
    look: FIRST,
    go: async (page) => {
      await page.click(at('first-run-connect'));
      await page.click(at('connect'));
    },
  },
  { name: 'window', fake: 'month-end,still' },
  { name: 'banners', fake: BUSY },
  { name: 'banners-open', fake: BUSY, go: (page) => page.click(at('more-banners')) },
  { name: 'inbox', fake: 'two,still', go: (page) => page.click(at('open-inbox')) },
  { name: 'activity', fake: 'two,still', go: (page) => page.click(at('open-activity')) },
  {
    name: 'account-menu',
    fake: 'token,long,two,still',
    within: 'header',
    go: (page) => page.click(at('account')),
  },
  {
    name: 'palette',
    fake: 'month-end,still',
    go: async (page) => {
      await page.keyboard.press('Control+k');
      await page.fill(at('palette-input'), 'bank');
    },
  },
  { name: 'palette-empty', fake: 'still', go: (page) => page.keyboard.press('Control+k') },
  {
    name: 'details',
    fake: 'two,still',
    go: async (page) => {
      await page.click(at('account'));
      await page.click(at('account-details'));
    },
  },
  {
    name: 'unsaved',
    fake: 'two,still',
    go: async (page) => {
      await page.click(at('open-settings'));
      await page.click(`${at('settings-section')}[data-section="poll-limits"]`);
      await page.fill(at('shortest-seconds'), '7');
      await page.click(at('dismiss'));
    },
  },
  ...[
    'accounts',
    'notifications',
    'start',
    'poll-limits',
    'connection',
    'keyboard',
    'diagnostics',
    'about',
  ].map(section),
];

const LOOKS: [string, Look][] = [
  ...(Object.keys(SIZES) as (keyof typeof SIZES)[]).map((size): [string, Look] => [size, { size }]),
  ['dark', { dark: true }],
  ['dark-zoomed', { dark: true, size: 'zoomed' }],
  ['forced', { forced: true }],
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

for (const { name, fake, look: own, within = 'html', go } of SCREENS) {
  it(`${name}: all in reach, and nothing that axe knows`, async () => {
    const page = await open(fake, own);
    await go?.(page);
    for (const [lookName, look] of LOOKS) {
      await wear(page, look);
      await picture(page, `desk-${name}-${lookName}`);
      const colours = look.dark === true || look.forced === true;
      expect.soft(await violations(page, within, { colours }), lookName).toEqual([]);
      expect.soft(await outOfReach(page), lookName).toEqual([]);
      const taller = () => document.documentElement.scrollHeight - window.innerHeight;
      expect.soft(await page.evaluate(taller), lookName).toBe(0);
    }
    await page.close();
  });
}
