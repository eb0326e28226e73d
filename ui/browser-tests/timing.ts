/** How long the page takes. */
import type { Page } from 'playwright-core';

export interface Wait {
  /** Of the page's main thread: others may keep the computer busy. */
  cpu: number;
  wall: number;
}

/** What it takes from a key until the list is painted (ms). */
export async function measured(page: Page, keys: string[]): Promise<Wait[]> {
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
export const median = (all: number[]) => sorted(all)[Math.floor(all.length / 2)] ?? 0;

/** What a person types to look for a run, and takes back. */
export const KEYS = ['bank', 'recon', '#42', 'pr-20', 'failed'].flatMap((word) => [
  ...word,
  ...[...word].map(() => 'Backspace'),
]);

interface TraceEvent {
  name: string;
  ph: string;
  pid: number;
  tid: number;
  dur?: number;
  tdur?: number;
  args?: { name?: string };
}

export interface LongestTask {
  /** Of the page's main thread, which others may keep from going on (ms). */
  cpu: number;
  /** By the clock (ms). */
  wall: number;
}

/** The longest task of the page's main thread while this is done. */
export async function longestTask(page: Page, what: () => Promise<unknown>): Promise<LongestTask> {
  const browser = page.context().browser();
  if (!browser) throw new Error('nothing can be traced');
  await browser.startTracing(page, { categories: ['toplevel', '__metadata'] });
  await what();
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString()) as {
    traceEvents: TraceEvent[];
  };
  const pages = traceEvents.filter(
    ({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain',
  );
  const isMain = (event: TraceEvent) =>
    pages.some(({ pid, tid }) => pid === event.pid && tid === event.tid);
  const tasks = traceEvents.filter((event) => event.ph === 'X' && isMain(event));
  if (tasks.length === 0) throw new Error('nothing was traced');
  const longest = (all: (number | undefined)[]) => Math.max(...all.map((us) => us ?? 0)) / 1000;
  return { cpu: longest(tasks.map((t) => t.tdur)), wall: longest(tasks.map((t) => t.dur)) };
}
