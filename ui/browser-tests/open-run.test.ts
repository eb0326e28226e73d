/** The open run: what matters first is in sight, everything is reached, and it is for everybody. */
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { at, browsing, focused, picture, rowOf, tabTo, view, wear, type Look } from './page';
import { violations } from './violations';

const open = browsing();

const PANE = 'section[aria-label="Open run"]';
const FAILED = 'pr-263075';
const GOING = 'pr-263088';
const TO_START = 'pr-263101';
const DONE = 'pr-263060';
const RUNS = { failed: FAILED, going: GOING, 'to-start': TO_START, done: DONE };

/** The page with this run open, all of it read. */
async function opened(run: string, look: Look = {}, fake = 'still,last-month'): Promise<Page> {
  const page = await open(fake, look);
  await page.click(view('all'));
  await openNext(page, run);
  return page;
}

/** Opens a run from the list, which a small window shows in the place of the open one. */
async function openNext(page: Page, run: string): Promise<void> {
  if (await page.locator(at('back-to-list')).isVisible()) await page.click(at('back-to-list'));
  await page.click(rowOf(run));
  await page.waitForSelector(`${at('run-detail')}[data-run-id="${run}"]`);
  await page.waitForSelector(`${at('refresh-run')}[aria-disabled="false"]`);
}

/** Whether all of it is in sight, and nothing lies over it. */
const isInSight = (page: Page, what: string) =>
  page
    .locator(what)
    .first()
    .evaluate((element) => {
      const { left, top, right, bottom } = element.getBoundingClientRect();
      const isWithin = top >= 0 && bottom <= innerHeight && left >= 0 && right <= innerWidth;
      const found = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
      return isWithin && (element.contains(found) || (found?.contains(element) ?? false));
    });

it('shows the failure, its button, the facts and the first steps without scrolling', async () => {
  const page = await opened(FAILED);
  for (const what of ['failure-message', 'restart-failed', 'mark-handled', 'run-menu']) {
    expect(await isInSight(page, at(what)), what).toBe(true);
  }
  expect(await isInSight(page, `${PANE} dl dt`), 'facts').toBe(true);
  expect(await isInSight(page, at('step-row')), 'the first step').toBe(true);
  expect(await page.textContent(at('failure-message'))).toContain('“Value date” was not found');
  expect(await page.locator(at('restart-failed')).textContent()).toContain('Restart from 1.3…');
});

it('starts a failed run again from its menu alone, after a question that names it', async () => {
  const page = await opened(FAILED);
  expect(await page.locator(at('start-run')).count()).toBe(0);
  await page.click(at('run-menu'));
  await page.click(at('start-run'));
  await page.waitForSelector(at('confirm'));
  const question = await page.textContent('dialog[open]');
  expect(question).toContain('Start this run?');
  expect(question).toContain('Bank reconciliation : 30 November');
  await page.click(at('dismiss'));
  await page.click(at('restart-failed'));
  await page.waitForSelector(at('confirm'));
  expect(await page.textContent('dialog[open]')).toContain('from step 1.3');
});

it('says of a going run the step, how far it is, when it ends and what is left', async () => {
  const page = await opened(GOING);
  expect(await page.textContent(at('now-at'))).toContain('3 of 5 · Match by reference');
  expect(await page.textContent(at('expected-end'))).toMatch(/about .*\(between .* and .*\)/);
  expect(await page.textContent(at('what-is-left'))).toBe('About 4 min left, 3 steps to go');
  for (const what of ['now-at', 'progress', 'expected-end', 'what-is-left', 'cancel-run']) {
    expect(await isInSight(page, at(what)), what).toBe(true);
  }
});

it('offers Start first where a run has not started', async () => {
  const page = await opened(TO_START);
  expect(await page.getAttribute(at('start-run'), 'class')).toContain('primary');
  expect(await isInSight(page, at('start-run'))).toBe(true);
});

it('says nothing of what is told to come under a run that has ended', async () => {
  const page = await opened(FAILED);
  expect(await page.getAttribute(at('watch-run'), 'aria-pressed')).toBe('true');
  expect(await page.textContent(PANE)).not.toContain('You are told');
});

it('says why a button cannot be used on hover and on focus, in the page once, and puts it away by Esc', async () => {
  const page = await opened(GOING);
  const start = page.locator(at('start-run'));
  expect(await start.getAttribute('aria-disabled')).toBe('true');
  const id = (await start.getAttribute('aria-describedby')) ?? '';
  expect(await page.textContent(`#${id}`)).toBe('It is running.');
  const shared = await page
    .locator(at('restart-step'))
    .evaluateAll((all) => new Set(all.map((one) => one.getAttribute('aria-describedby'))).size);
  expect(shared, 'steps share the text of their reason').toBe(1);
  const tip = page.locator(`${PANE} .tip`);
  expect(await tip.count()).toBe(0);
  await start.hover({ force: true });
  expect(await tip.textContent()).toBe('It is running.');
  await page.mouse.move(5, 400);
  await expect.poll(() => tip.count()).toBe(0);
  await page.locator(at('watch-run')).focus();
  await tabTo(page, at('start-run'));
  expect(await tip.textContent()).toBe('It is running.');
  await page.keyboard.press('Escape');
  expect(await tip.count()).toBe(0);
  expect(await focused(page)).toBe('start-run');
});

it('draws the steps to scale, with the same in words, and folds what is finished', async () => {
  const page = await opened(FAILED);
  const bars = page.locator(at('timeline-bar'));
  const ran = await bars.evaluateAll((all) =>
    all.map((bar) => bar.querySelector('.ran')?.getBoundingClientRect().width ?? 0),
  );
  // 48 s, 133 s and 611 s.
  expect((ran[1] ?? 0) / (ran[0] ?? 1)).toBeCloseTo(133 / 48, 0);
  expect((ran[2] ?? 0) / (ran[0] ?? 1)).toBeCloseTo(611 / 48, 0);
  expect(await bars.nth(2).textContent()).toMatch(/Failed\. Ran from .* for 10 min 11 s; usually/);
  expect(await bars.count()).toBe(5);
  await page.click(at('fold-steps'));
  expect(await bars.count()).toBe(2);
  expect(await page.locator(at('step-row')).count()).toBe(2);
});

it('puts last month’s run beside it, with the difference of each step', async () => {
  const page = await opened(GOING);
  const compare = page.locator(at('compare'));
  await expect.poll(() => compare.textContent()).toContain('Convert to group currency');
  const text = (await compare.textContent()) ?? '';
  expect(text).toContain('Compared with last month’s run');
  expect(text).toContain('Intercompany matching : October');
  expect(text).toContain('11 min 40 s');
  await compare.locator('button', { hasText: 'October' }).click();
  await page.waitForSelector(`${at('run-detail')}[data-run-id="pr-261380"]`);
  const top = await page.locator(PANE).evaluate((pane) => pane.scrollTop);
  expect(top, 'another run is read from its top').toBe(0);
});

it('has the earlier attempts, and a date under each earlier duration', async () => {
  const page = await opened(FAILED);
  await expect.poll(() => page.locator(at('attempts')).count()).toBe(1);
  expect(await page.textContent(at('attempts'))).toMatch(/Attempt 1\s*Failed.*5 min 20 s/s);
  const days = await page.locator(`${at('durations-chart')} .day`).allTextContents();
  expect(days).toHaveLength(10);
  for (const day of days) expect(day).toMatch(/[A-Z][a-z]{2}/);
});

it('shows all runs of its process by one click', async () => {
  const page = await opened(FAILED);
  await page.click(at('show-process'));
  const shown = await page
    .locator(at('run-row'))
    .evaluateAll((rows) => rows.map((row) => (row as HTMLElement).dataset['runId']));
  expect(shown.sort()).toEqual([FAILED, 'pr-261402', 'pr-262877'].sort());
});

it('is used by the keyboard alone', async () => {
  const page = await opened(FAILED);
  await page.keyboard.press('Enter');
  await tabTo(page, at('run-menu'));
  await page.keyboard.press('Enter');
  expect(await focused(page)).toBe('start-run');
  await page.keyboard.press('End');
  expect(await focused(page)).toBe('remove-run');
  await page.keyboard.press('Escape');
  expect(await focused(page)).toBe('run-menu');
  await tabTo(page, at('restart-failed'));
  await page.keyboard.press('Enter');
  await page.waitForSelector(at('confirm'));
  expect(await focused(page), 'Enter twice restarts nothing').toBe('dismiss');
  await page.keyboard.press('Escape');
  await tabTo(page, at('mark-handled'));
  await page.keyboard.press('Enter');
  await expect.poll(() => page.textContent(at('handled'))).toContain('Dealt with by');
});

const LOOKS: [string, Look][] = [
  ['usual', {}],
  ['dark', { dark: true }],
  ['forced', { forced: true }],
  ['small', { size: 'small' }],
  ['least', { size: 'least' }],
  ['zoomed', { size: 'zoomed' }],
];

for (const [stage, run] of Object.entries(RUNS)) {
  it(`has no violation and nothing cut off in each look: ${stage}`, async () => {
    const page = await opened(run);
    for (const [name, look] of LOOKS) {
      await wear(page, look);
      await page.locator(PANE).evaluate((pane) => pane.scrollTo(0, 0));
      await picture(page, `run-${stage}-${name}`);
      const only = look.dark || look.forced ? 'colours' : undefined;
      expect(await violations(page, PANE, { only }), name).toEqual([]);
      const wide = await page
        .locator(PANE)
        .evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth);
      expect(wide, `${name}: nothing is wider than the pane`).toBeLessThanOrEqual(0);
      await page.locator(PANE).evaluate((pane) => pane.scrollTo(0, pane.scrollHeight));
      await picture(page, `run-${stage}-${name}-end`);
    }
  });
}

it('keeps every word with the text spacing of WCAG 1.4.12', async () => {
  const page = await opened(FAILED);
  // The page's policy takes no inline style; this one is the browser's own.
  await page.evaluate(() => {
    const spacing = new CSSStyleSheet();
    spacing.replaceSync(
      '* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }',
    );
    document.adoptedStyleSheets = [spacing];
  });
  await picture(page, 'run-failed-spacing');
  const over = await page.locator(`${PANE} *`).evaluateAll((all) => {
    const pane = document.querySelector('section[aria-label="Open run"]')?.getBoundingClientRect();
    return all
      .filter((one) => one.childElementCount === 0 && one.textContent?.trim() !== '')
      .filter((one) => !one.closest('.hidden-text, .one-line, .track, .scroll'))
      .filter((one) => {
        const own = one.getBoundingClientRect();
        const box = one.parentElement?.getBoundingClientRect();
        return own.right > (pane?.right ?? 0) || own.right > (box?.right ?? 0) + 1;
      })
      .map((one) => one.textContent);
  });
  expect(over).toEqual([]);
});

it('turns nothing where no movement is wished', async () => {
  for (const [calm, wished] of [
    [true, 'none'],
    [false, 'running'],
  ] as const) {
    const page = await open('still,slow', { calm });
    await page.click(view('all'));
    await page.click(rowOf(GOING));
    const spinner = page.locator(`${at('refresh-run')} > span`);
    await spinner.waitFor();
    const moves = await spinner.evaluate((one) =>
      one.getAnimations().length > 0 ? 'running' : 'none',
    );
    expect(moves).toBe(wished);
  }
});

it('tells selection from focus where the system has its own colours', async () => {
  const page = await opened(FAILED, { forced: true });
  const look = (what: string) =>
    page.locator(what).evaluate((element) => {
      const { backgroundColor, outlineStyle, outlineWidth } = getComputedStyle(element);
      return { backgroundColor, outline: outlineStyle === 'none' ? '0px' : outlineWidth };
    });
  await page.locator(at('watch-run')).focus();
  await page.keyboard.press('Tab');
  const [pressed, withFocus] = [await look(at('watch-run')), await look(at('refresh-run'))];
  expect(pressed.outline).toBe('0px');
  expect(withFocus.outline).toBe('3px');
  expect(pressed.backgroundColor).not.toBe(withFocus.backgroundColor);
});

it('says of a run that SolveXia no longer has that, and not where it is', async () => {
  const page = await opened(GOING, {}, 'vanish,still');
  await page.waitForSelector(`${rowOf(GOING)}:has-text("No longer in SolveXia")`);
  expect(await page.locator(at('now-at')).count()).toBe(0);
  expect(await page.locator(at('forecast')).count()).toBe(0);
});

it('keeps what matters in sight under a name of any length', async () => {
  const page = await opened('pr-2', { size: 'small' }, 'long,still');
  expect(await isInSight(page, at('start-run'))).toBe(true);
  expect(await isInSight(page, at('run-menu'))).toBe(true);
});

it('isolates names of another writing', async () => {
  const page = await opened('pr-1003', {}, 'still,names');
  const title = page.locator('#run-title');
  const bdi = title.locator('bdi');
  expect(await bdi.evaluate((one) => getComputedStyle(one).direction)).toBe('rtl');
  await picture(page, 'run-names');
});
