/**
 * What the page costs in Chromium, with the fake host. Limits are held by what the page itself takes of a
 * core: others may keep the computer busy. Times by the clock are printed beside it. What every test run
 * holds is in speed.test.ts, and is measured together with this.
 */
import { readFileSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { launchChromium, view } from './page';
import { longestTask, median } from './timing';

interface Playing {
  playback: { churn: (many: number) => void; endOne: () => void };
}

let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());

const say = (what: string, figures: string) => console.log(`${what.padEnd(52)} ${figures}`);
const ms = (n: number) => `${n.toFixed(0)} ms`;

async function open(fake: string): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 1200, height: 800 } });
  await page.addInitScript(() => {
    const look = () => {
      if (document.querySelector('[data-testid="run-row"]')) {
        // What is there is painted with the next frame.
        requestAnimationFrame(() =>
          setTimeout(() => Object.assign(window, { rowsAt: performance.now() })),
        );
      } else requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  });
  await page.goto(`${inject('origin')}/?fake=${fake}`);
  await page.waitForFunction(() => 'rowsAt' in window);
  return page;
}

async function processes() {
  const cdp = await browser.newBrowserCDPSession();
  const { processInfo } = await cdp.send('SystemInfo.getProcessInfo');
  await cdp.detach();
  return processInfo.filter(({ type }) => type === 'renderer');
}

/** What the page holds once nothing is left to be thrown away (MB): its objects, and its process’s share of the memory. */
async function held(page: Page): Promise<{ heap: number; whole: number }> {
  const cdp = await page.context().newCDPSession(page);
  for (let n = 0; n < 3; n += 1) await cdp.send('HeapProfiler.collectGarbage');
  const { usedSize } = await cdp.send('Runtime.getHeapUsage');
  await cdp.detach();
  const all = (await processes()).map(({ id }) => {
    const pss = /^Pss: +([0-9]+) kB/m.exec(readFileSync(`/proc/${id}/smaps_rollup`, 'utf8'));
    return Number(pss?.[1]) / 1024;
  });
  return { heap: usedSize / 1024 / 1024, whole: Math.max(...all) };
}

/** Seconds of a core that all processes of pages have taken. */
async function cpuSeconds(): Promise<number> {
  return (await processes()).reduce((sum, { cpuTime }) => sum + cpuTime, 0);
}

for (const [runs, fake] of [
  ['10', 'still'],
  ['10,000', 'ten-thousand,still'],
] as const) {
  it(`from launch to rows with ${runs} runs`, async () => {
    const waits: number[] = [];
    for (let n = 0; n < 5; n += 1) {
      const page = await open(fake);
      waits.push(await page.evaluate(() => (window as unknown as { rowsAt: number }).rowsAt));
      await page.close();
    }
    say(
      `launch to rows, ${runs} runs (120 ms of it the fake host's)`,
      `median ${ms(median(waits))}, worst ${ms(Math.max(...waits))} of 5`,
    );
  });
}

it('no long task on 1,000 updates', async () => {
  const page = await open('many,still');
  await page.click(view('all'));
  const task = await longestTask(page, async () => {
    await page.evaluate(() => {
      const { playback } = window as unknown as Playing;
      playback.churn(700);
      // Each of these moves two runs, and tells of one.
      for (let n = 0; n < 100; n += 1) playback.endOne();
    });
    await page.waitForTimeout(1000);
  });
  say('longest task, 1,000 updates at once', `${ms(task.cpu)} (${ms(task.wall)} by the clock)`);
  expect(task.cpu).toBeLessThan(100);
  await page.close();
});

it('memory stays flat over eight hours of updates, played fast', async () => {
  const page = await open('month-end,still');
  /** Twenty runs go and are read every five seconds; one ends every three minutes, as at month-end. */
  const play = (minutes: number) =>
    page.evaluate(async (ticks) => {
      const { playback } = window as unknown as Playing;
      for (let tick = 0; tick < ticks; tick += 1) {
        playback.churn(20);
        if (tick % 36 === 0) playback.endOne();
        await new Promise((done) => requestAnimationFrame(done));
      }
    }, minutes * 12);
  // What is made once is there after the first hour.
  await play(60);
  const first = await held(page);
  const marks = [first];
  for (let hour = 1; hour <= 8; hour += 1) {
    await play(60);
    marks.push(await held(page));
  }
  const each = (of: 'heap' | 'whole') => marks.map((mark) => mark[of].toFixed(1)).join(' ');
  say('memory of the page’s process over eight hours (MB)', each('whole'));
  say('its objects (MB)', each('heap'));
  expect(marks.at(-1)?.whole).toBeLessThan(first.whole * 1.1);
  await page.close();
});

it('a visible page with 60 runs costs little', async () => {
  const page = await open('month-end,still');
  await page.waitForTimeout(3000);
  const before = await cpuSeconds();
  for (let n = 0; n < 6; n += 1) {
    await page.evaluate(() => (window as unknown as Playing).playback.churn(20));
    await page.waitForTimeout(5000);
  }
  const share = ((await cpuSeconds()) - before) / 30;
  say('a core, 60 runs in sight for 30 s', `${(share * 100).toFixed(1)} %`);
  expect(share).toBeLessThan(0.02);
  await page.close();
});
