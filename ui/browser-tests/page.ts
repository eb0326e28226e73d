/** The page in a browser, and what a person sees of it. */
import { mkdirSync } from 'node:fs';
import { chromium, type Browser, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, inject } from 'vitest';

/** The last two are a small screen and the smallest window at a zoom of 200 %. */
export const SIZES = {
  usual: [1200, 800],
  small: [900, 600],
  least: [720, 480],
  zoomed: [640, 400],
  leastZoomed: [360, 240],
} as const;

export interface Look {
  size?: keyof typeof SIZES;
  dark?: boolean;
  forced?: boolean;
  /** No movement is wished. */
  calm?: boolean;
  /** What is waited for where no list comes. */
  first?: string;
}

const PICTURES = '../target/pictures';

/** What the browser is told of the person's wishes. */
const media = ({ dark = false, forced = false, calm = false }: Look) =>
  ({
    colorScheme: dark ? 'dark' : 'light',
    forcedColors: forced ? 'active' : 'none',
    reducedMotion: calm ? 'reduce' : 'no-preference',
  }) as const;

/** Chromium without its own windows: the same pages, in less time. */
export const launchChromium = () =>
  chromium.launch({
    executablePath: '/usr/bin/chromium-headless-shell',
    args: ['--no-sandbox', '--disable-gpu'],
  });

/** What the page keeps over a reload is not there when it is opened. */
const forget = () => {
  const [way] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
  if (way?.type === 'navigate') sessionStorage.clear();
};

/** One browser for the tests of a file. A page that a test leaves open serves the next one: a new one costs twice as much. */
export function browsing() {
  let browser: Browser;
  const taken: Page[] = [];
  const free: Page[] = [];
  beforeAll(async () => {
    mkdirSync(PICTURES, { recursive: true });
    browser = await launchChromium();
  });
  afterEach(() => void free.push(...taken.splice(0)));
  afterAll(() => browser.close());

  async function begin(look: Look): Promise<Page> {
    const kept = free.splice(0).filter((page) => !page.isClosed());
    const page = kept.pop();
    free.push(...kept);
    if (page) {
      // Nothing that still goes on there reaches into what is opened next.
      await page.goto('about:blank');
      await page.mouse.move(-1, -1);
      await dress(page, look);
      return page;
    }
    const [width, height] = SIZES[look.size ?? 'usual'];
    const fresh = await browser.newPage({ viewport: { width, height }, ...media(look) });
    await fresh.addInitScript(forget);
    return fresh;
  }

  /** Opens the page with a scenario of the fake host, and waits for the list. */
  return async (fake: string, look: Look = {}) => {
    const page = await begin(look);
    taken.push(page);
    await page.goto(`${inject('origin')}/?fake=${fake}`);
    await page.waitForSelector(look.first ?? '[data-testid="view"]');
    if (!look.first) await page.waitForSelector('[data-testid="run-row"], .empty');
    return page;
  };
}

async function dress(page: Page, look: Look): Promise<void> {
  const [width, height] = SIZES[look.size ?? 'usual'];
  await page.setViewportSize({ width, height });
  await page.emulateMedia(media(look));
}

/** Shows the open page in another look, and waits until that is painted. */
export async function wear(page: Page, look: Look): Promise<void> {
  await dress(page, look);
  await painted(page);
}

/** Two frames: the first may still show what was there before. Nothing moves after it, either. */
export async function painted(page: Page): Promise<void> {
  await page.evaluate(async () => {
    for (let n = 0; n < 2; n += 1) await new Promise((done) => requestAnimationFrame(done));
    const brief = document.getAnimations().filter((one) => {
      const { endTime } = one.effect?.getComputedTiming() ?? {};
      return typeof endTime === 'number' && Number.isFinite(endTime);
    });
    // One that is taken away meanwhile ends too.
    await Promise.allSettled(brief.map(({ finished }) => finished));
  });
}

export const at = (testid: string) => `[data-testid="${testid}"]`;
export const rowOf = (run: string) => `[data-testid="run-row"][data-run-id="${run}"]`;
export const view = (name: string) => `[data-testid="view"][data-view="${name}"]`;

export async function picture(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: `${PICTURES}/${name}.png` });
}

export interface Focus {
  run: string | null;
  /** It is in sight of the table. */
  isSeen: boolean;
}

/** Which row has the focus. */
export function focus(page: Page): Promise<Focus> {
  return page.evaluate(() => {
    const row = document.activeElement?.closest<HTMLElement>('[data-testid="run-row"]');
    const body = document.querySelector('.rows')?.getBoundingClientRect();
    if (!row || !body) return { run: null, isSeen: false };
    const { top, bottom } = row.getBoundingClientRect();
    const isSeen = top >= body.top - 1 && bottom <= body.bottom + 1;
    return { run: row.dataset['runId'] ?? null, isSeen };
  });
}

/** The handle of what has the focus. */
export const focused = (page: Page) =>
  page.evaluate(() => (document.activeElement as HTMLElement | null)?.dataset['testid'] ?? null);

/** Presses Tab until this has the focus. */
export async function tabTo(page: Page, selector: string): Promise<void> {
  for (let n = 0; n < 150; n += 1) {
    if (await page.evaluate((what) => document.activeElement?.matches(what), selector)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab does not lead to ${selector}`);
}
