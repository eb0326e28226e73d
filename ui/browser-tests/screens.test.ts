/** Each screen in each size and look: nothing that axe objects to, nothing cut off, all within reach. */
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { violations } from './violations';
import { browsing, picture, SIZES, wear, type Look } from './page';
import { SCREENS, type Screen } from './screens';

const open = browsing();
const sizes = Object.keys(SIZES) as (keyof typeof SIZES)[];

const LOOKS: Record<string, Look> = { light: {}, dark: { dark: true }, forced: { forced: true } };

async function look(page: Page, screen: Screen, name: string, colours: Look) {
  for (const size of sizes) {
    const [width, height] = SIZES[size];
    if (size === 'leastZoomed' && name !== 'light') continue;
    await wear(page, { ...colours, size });
    const where = `${screen.name} at ${width}×${height}, ${name}`;
    await picture(page, `screens/${screen.name}-${width}-${name}`);
    const onlyColours = { colours: name !== 'light' };
    expect(await violations(page, screen.within, onlyColours), where).toEqual([]);
    const beyond = await page.evaluate(() => {
      const { scrollWidth, scrollHeight } = document.documentElement;
      return [scrollWidth - window.innerWidth, scrollHeight - window.innerHeight];
    });
    expect(beyond, `${where}: the document is larger than the window`).toEqual([0, 0]);
    for (const handle of screen.reach ?? []) {
      const first = page.locator(`${screen.within} ${handle}`).first();
      // Scrolled to where needed; what covers it fails.
      await first.click({ trial: true, timeout: 3000 }).catch((error: unknown) => {
        throw new Error(`${where}: ${handle} cannot be reached`, { cause: error });
      });
    }
  }
}

for (const screen of SCREENS) {
  it(`${screen.name}, in each look`, async () => {
    const page = await open(screen.fake);
    await screen.open?.(page);
    for (const [name, colours] of Object.entries(LOOKS)) await look(page, screen, name, colours);
    await page.close();
  });
}
