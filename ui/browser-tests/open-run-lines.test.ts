/** What stands in a line of the open run belongs together, and is whole. */
import { expect, it } from 'vitest';
import { at, browsing, painted, picture, rowOf, view, wear } from './page';

const open = browsing();

it('cuts no label of the line of time', async () => {
  // Nearly two hours: the last label of its steps begins shortly before the end.
  const page = await open('month-end,still');
  for (const size of ['usual', 'small'] as const) {
    await wear(page, { size });
    await page.waitForSelector(at('timeline'));
    const labels = await page.locator(`${at('timeline')} .tick`).evaluateAll((all) =>
      all.flatMap((tick) => {
        const words = document.createRange();
        words.selectNodeContents(tick);
        const label = words.getBoundingClientRect();
        const track = (tick.parentElement as Element).getBoundingClientRect();
        // What has no room is in a line below, which is not seen.
        const isOut = label.top >= tick.getBoundingClientRect().bottom;
        return isOut ? [] : [label.right <= track.right + 1];
      }),
    );
    await page.locator(at('timeline')).scrollIntoViewIfNeeded();
    await picture(page, `run-ticks-${size}`);
    expect(labels.length).toBeGreaterThan(1);
    expect(labels).not.toContain(false);
  }
});

it('writes how an earlier attempt ended on the line of its number', async () => {
  const page = await open('still,last-month');
  await page.click(view('all'));
  await page.click(rowOf('pr-263075'));
  const tops = await page.locator(`${at('attempts')} li`).evaluateAll((all) =>
    all.map((line) =>
      ['.number', '.word', 'time'].map((what) => {
        const words = document.createRange();
        words.selectNodeContents(line.querySelector(what) as Element);
        return Math.round(words.getBoundingClientRect().top);
      }),
    ),
  );
  await page.locator(at('attempts')).scrollIntoViewIfNeeded();
  await picture(page, 'run-attempts');
  expect(tops.length).toBeGreaterThan(0);
  for (const line of tops) expect(new Set(line).size, line.join()).toBe(1);
});

it('offers to mute with buttons that look like such, none in a line by itself', async () => {
  const page = await open('month-end,still');
  for (const [size, inbox] of [
    ['usual', false],
    ['usual', true],
    ['small', false],
  ] as const) {
    await wear(page, { size });
    if (inbox) await page.click(at('open-inbox'));
    await painted(page);
    const offers = await page.locator(`${at('muting')} button`).evaluateAll((all) =>
      all.map((one) => {
        const { borderTopColor, borderTopWidth } = getComputedStyle(one);
        const isFramed = borderTopWidth !== '0px' && !/, 0\)|transparent/.test(borderTopColor);
        return { top: one.getBoundingClientRect().top, isFramed };
      }),
    );
    await picture(page, `run-mute-${size}${inbox ? '-inbox' : ''}`);
    if (inbox) await page.keyboard.press('Escape');
    expect(offers.map(({ isFramed }) => isFramed)).toEqual([true, true, true]);
    expect(offers.at(-1)?.top, `${size}: Mute`).toBe(offers.at(-2)?.top);
  }
});
