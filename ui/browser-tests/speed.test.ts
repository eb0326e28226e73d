/** How long a person waits for the list of ten thousand runs. */
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { at, browsing, view } from './page';

const open = browsing();

interface Wait {
  /** Of the page's main thread: others may keep the computer busy. */
  cpu: number;
  wall: number;
}

/** What it takes from a key until the list is painted (ms). */
async function measured(page: Page, keys: string[]): Promise<Wait[]> {
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('Performance.enable', { timeDomain: 'threadTicks' });
  const spent = async () => {
    const { metrics } = await cdp.send('Performance.getMetrics');
    return (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0) * 1000;
  };
  const waits: Wait[] = [];
  for (const key of keys) {
    const before = await spent();
    await page.evaluate(() => {
      const painted = ({ timeStamp }: Event) =>
        requestAnimationFrame(() =>
          setTimeout(() => Object.assign(window, { wait: performance.now() - timeStamp })),
        );
      addEventListener('input', painted, { capture: true, once: true });
      Object.assign(window, { wait: null });
    });
    await page.keyboard.press(key);
    const wall = await page.waitForFunction(() => (window as { wait?: number | null }).wait);
    waits.push({ cpu: (await spent()) - before, wall: (await wall.jsonValue()) ?? 0 });
  }
  return waits;
}

const sorted = (all: number[]) => [...all].sort((a, b) => a - b);
const median = (all: number[]) => sorted(all)[Math.floor(all.length / 2)] ?? 0;

it('a key stroke in the search is painted in less than 50 ms, and never in more than 120', async () => {
  const page = await open('ten-thousand,still');
  await page.click(view('all'));
  await page.click(at('search'));
  const words = ['bank', 'recon', '#42', 'pr-20', 'failed'];
  const keys = words.flatMap((word) => [...word, ...[...word].map(() => 'Backspace')]);
  const waits = await measured(page, keys);
  const [cpu, wall] = [waits.map((one) => one.cpu), waits.map((one) => one.wall)];
  const say = (all: number[]) =>
    `median ${median(all).toFixed(0)} ms, worst ${Math.max(...all).toFixed(0)} ms`;
  console.log(`key to painted at 10,000 rows, ${keys.length} keys: by the clock ${say(wall)}`);
  console.log(`the page's own time for that: ${say(cpu)}`);
  expect(median(cpu)).toBeLessThan(50);
  expect(Math.max(...cpu)).toBeLessThan(120);
  await page.close();
});

it('muting ten thousand runs shows within a moment', async () => {
  const page = await open('ten-thousand,still');
  await page.click(view('all'));
  await page.locator(at('run-row')).first().click();
  await page.keyboard.press('Control+a');
  const took = await page.evaluate(async () => {
    const began = performance.now();
    const long: number[] = [];
    new PerformanceObserver((list) =>
      list.getEntries().forEach(({ duration }) => long.push(duration)),
    ).observe({ type: 'longtask' });
    document.querySelector<HTMLElement>('[data-testid="bulk-mute"]')?.click();
    const isMuted = () => document.querySelector('[data-testid="undo"]') !== null;
    while (!isMuted()) await new Promise((done) => requestAnimationFrame(done));
    await new Promise((done) => setTimeout(done, 300));
    return { ms: performance.now() - began - 300, longest: Math.max(0, ...long) };
  });
  console.log(
    `muting 10,000 runs: ${took.ms.toFixed(0)} ms, longest task ${took.longest.toFixed(0)} ms`,
  );
  expect(took.ms).toBeLessThan(1000);
  await page.close();
});
