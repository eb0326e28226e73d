/** Each screen in each size and look: nothing that axe objects to, nothing cut off, all within reach. */
import { expect, it } from 'vitest';
import { violations } from './violations';
import { browsing, picture, SIZES, type Look } from './page';
import { SCREENS, type Screen } from './screens';

const open = browsing();
const sizes = Object.keys(SIZES) as (keyof typeof SIZES)[];

const LOOKS: Record<string, Look> = { light: {}, dark: { dark: true }, forced: { forced: true } };

async function look(screen: Screen, name: string, over: Look) {
  const page = await open(screen.fake, over);
  await screen.open?.(page);
  for (const size of sizes) {
    const [width, height] = SIZES[size];
    await page.setViewportSize({ width, height });
    await page.waitForTimeout(100);
    const where = `${screen.name} at ${width}×${height}, ${name}`;
    await picture(page, `screens/${screen.name}-${width}-${name}`);
    expect(await violations(page, screen.within), where).toEqual([]);
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
  await page.close();
}

for (const screen of SCREENS) {
  for (const [name, over] of Object.entries(LOOKS)) {
    it(`${screen.name}, ${name}`, () => look(screen, name, over));
  }
}
