/** How long a person waits where there is very much. */
import { expect, it } from 'vitest';
import type { Playback } from '../src/host/fake/playback';
import { at, browsing, view } from './page';
import { KEYS, longestTask, measured, median, type LongestTask } from './timing';

const open = browsing();
const said = ({ cpu, wall }: LongestTask) =>
  `${cpu.toFixed(0)} ms (${wall.toFixed(0)} ms by the clock)`;

it('a key stroke in the search is painted in less than 50 ms, and never in more than 120', async () => {
  const page = await open('ten-thousand,still');
  await page.click(view('all'));
  await page.click(at('search'));
  const waits = await measured(page, KEYS);
  const [cpu, wall] = [waits.map((one) => one.cpu), waits.map((one) => one.wall)];
  const say = (all: number[]) =>
    `median ${median(all).toFixed(0)} ms, worst ${Math.max(...all).toFixed(0)} ms`;
  console.log(`key to painted at 10,000 rows, ${KEYS.length} keys: by the clock ${say(wall)}`);
  console.log(`the page's own time for that: ${say(cpu)}`);
  expect(median(cpu)).toBeLessThan(50);
  expect(Math.max(...cpu)).toBeLessThan(120);
  await page.close();
});

/**
 * The goal is 100 ms, which the figures are printed for. A slow machine takes a little more; what grows with the square
 * of the rows took seconds, and is what must fail here.
 */
const LONGEST = 400;

it('muting ten thousand runs shows within a moment, and no task of it is long', async () => {
  const page = await open('ten-thousand,still');
  await page.click(view('all'));
  await page.locator(at('run-name')).first().click();
  await page.keyboard.press('Control+a');
  let took = 0;
  const task = await longestTask(page, async () => {
    took = await page.evaluate(async () => {
      const began = performance.now();
      document.querySelector<HTMLElement>('[data-testid="bulk-mute"]')?.click();
      const isMuted = () => document.querySelector('[data-testid="undo"]') !== null;
      while (!isMuted()) await new Promise((done) => requestAnimationFrame(done));
      return performance.now() - began;
    });
    await page.waitForTimeout(500);
  });
  console.log(`muting 10,000 runs: ${took.toFixed(0)} ms, longest task ${said(task)}`);
  expect(await page.textContent(at('undo-message'))).toMatch(/^10,\d{3} runs muted/);
  expect(took).toBeLessThan(1000);
  expect(task.cpu).toBeLessThan(LONGEST);
  await page.close();
});

/** How many come together: all of them where the page was busy meanwhile, else the eight reads of a moment. */
const TOGETHER = [1000, 8];

it('no task is long where SolveXia knows none of a thousand watched runs any more', async () => {
  for (const many of TOGETHER) {
    const page = await open('many,still');
    const task = await longestTask(page, async () => {
      await page.evaluate(async (many) => {
        const { playback } = globalThis as unknown as { playback: Playback };
        const all = [...playback.runs];
        while (all.length > 0) {
          playback.vanish(all.splice(0, many));
          await new Promise((done) => requestAnimationFrame(done));
        }
      }, many);
      await page.waitForTimeout(500);
    });
    console.log(`a thousand runs are gone, ${many} told together: longest task ${said(task)}`);
    expect(await page.textContent(at('run-row'))).toContain('No longer in SolveXia');
    expect(await page.getAttribute(at('open-inbox'), 'aria-label')).toMatch(/ (1,0|9)\d\d unread/);
    expect(task.cpu).toBeLessThan(LONGEST);
    await page.close();
  }
});

it('no task of opening a process of 5,000 runs is long', async () => {
  const page = await open('huge,still');
  await page.click(at('pick-process'));
  await page.waitForSelector(at('process-row'));
  const task = await longestTask(page, async () => {
    await page.locator(at('process-row')).first().click();
    await page.waitForSelector(at('process-run-row'));
    await page.waitForTimeout(500);
  });
  console.log(`opening a process of 5,000 runs: longest task ${said(task)}`);
  expect(task.cpu).toBeLessThan(LONGEST);
  await page.close();
});
