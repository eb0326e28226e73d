/** The close board as an analyst uses it: how a close stands, which run counts, a start, updates by themselves. */
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { at, browsing, picture, SIZES, wear } from './page';
import { violations } from './violations';

const open = browsing();
const BOARD = at('close-board');
const PANE = 'section[aria-label="Close board"]';
const itemOf = (process: string) => `${at('plan-item')}[data-process-id="${process}"]`;

type Look = Parameters<typeof open>[1];

async function board(fake: string, look: Look = {}): Promise<Page> {
  const page = await open(fake, look);
  await page.click(at('open-close'));
  await page.waitForSelector(BOARD);
  return page;
}

const text = async (page: Page, what: string) =>
  ((await page.textContent(what)) ?? '').replace(/\s+/g, ' ').trim();

it('says whether the close makes its cut-off, how surely, when, and what that rests on', async () => {
  const page = await board('close-on-track,still');
  expect(await page.getAttribute(BOARD, 'data-state')).toBe('on-track');
  expect(await text(page, at('close-state'))).toMatch(/^On track for /);
  expect(await text(page, at('close-probability'))).toBe('80% – if nothing fails');
  expect(await text(page, at('close-finish'))).toMatch(/^≈ .+, between .+ and /);
  expect(await text(page, at('close-slack'))).toBe('37 min');
  expect(await text(page, at('close-decided-by'))).toMatch(/Management pack/);
  expect(await text(page, at('close-rests'))).toMatch(/6 earlier closes.*20 forecasts, 16 held/);
});

it('says of a close that was not seen in SolveXia lately since when, and of no other', async () => {
  const page = await board('close-on-track,close-stale,still');
  expect(await text(page, at('close-stale'))).toBe(
    'Not up to date. Last seen in SolveXia: 25 min ago',
  );
  await picture(page, 'close-stale');
  const fresh = await board('close-on-track,still');
  expect(await fresh.locator(at('close-stale')).count()).toBe(0);
});

for (const state of [
  'on-track',
  'at-risk',
  'expected-late',
  'late',
  'blocked',
  'unknown',
  'done',
] as const) {
  it(`shows a close that is ${state}, without a violation, in light and dark`, async () => {
    const page = await board(`close-${state},still`);
    expect(await page.getAttribute(BOARD, 'data-state')).toBe(state);
    const figures = [at('close-probability'), at('close-finish'), at('close-slack')];
    const shown = await Promise.all(figures.map((figure) => page.locator(figure).count()));
    const expected = ['blocked', 'unknown', 'done'].includes(state)
      ? [0, 0, 0]
      : [state === 'late' ? 0 : 1, 1, 1];
    expect(shown).toEqual(expected);
    for (const dark of [false, true]) {
      await wear(page, { dark });
      expect(await violations(page, PANE, { only: dark ? 'colours' : undefined })).toEqual([]);
      await picture(page, `close-${state}${dark ? '-dark' : ''}`);
    }
  });
}

it('says where something is blocked by when a restart still makes it', async () => {
  const page = await board('close-blocked,still');
  expect(await text(page, at('close-problem'))).toMatch(/restarted by .+ \(in 4\d min\)/);
  const blocked = itemOf('p-114273');
  expect(await page.getAttribute(blocked, 'data-state')).toBe('blocked');
  expect(await page.getAttribute(itemOf('p-114350'), 'data-state')).toBe('waits-for-blocked');
  expect(await text(page, `${blocked} ${at('item-latest-start')}`)).toMatch(/^(\w+ )?\d+:\d\d/);
});

it('is opened by what the Inbox tells of it', async () => {
  const page = await open('close-blocked,still');
  await page.click(at('open-inbox'));
  await page.click(`${at('inbox-item')}:has-text("is blocked")`);
  await page.waitForSelector(`${BOARD}[data-state="blocked"]`);
});

it('reads as a table, its axis in words', async () => {
  const page = await board('close-on-track,still');
  const table = page.getByRole('table', { name: 'Processes of this close' });
  expect(await table.getByRole('row').count()).toBe(7);
  expect(await table.getByRole('columnheader').allTextContents()).toEqual(
    expect.arrayContaining(['Process and run', 'State', 'Ends', 'Latest start']),
  );
  const cells = await page.locator(itemOf('p-114322')).getByRole('cell').allTextContents();
  expect(cells.at(-1)).toMatch(/Started .+\. Expected to end about .+, between /);
});

it('opens the run of an item beside it, and goes from row to row by the arrows', async () => {
  const page = await board('close-on-track,still');
  await page.click(`${itemOf('p-114322')} ${at('item-run')}`);
  await page.waitForSelector(`${at('run-detail')}[data-run-id="pr-263088"]`);
  expect(await page.isVisible(BOARD)).toBe(true);
  const process = () =>
    page.evaluate(() =>
      document.activeElement?.closest('[data-process-id]')?.getAttribute('data-process-id'),
    );
  await page.keyboard.press('ArrowDown');
  expect(await process()).toBe('p-114410');
  await page.keyboard.press('Home');
  expect(await process()).toBe('p-114377');
});

it('starts a run only after the usual question, which names it', async () => {
  const page = await board('close-ready,still');
  await page.click(`${itemOf('p-114350')} ${at('start-item')}`);
  await page.waitForSelector(at('confirm'));
  expect(await text(page, 'dialog[open]')).toMatch(/Management pack : November.*pr-263101/);
  expect(await violations(page, 'dialog[open]')).toEqual([]);
  await page.click(at('dismiss'));
  await page.click(at('open-activity'));
  expect(await page.locator(at('activity-row')).count()).toBe(0);
});

it('asks which run counts, says how each ended, and shows the answer from then on', async () => {
  const page = await board('close-asks,still');
  await page.click(`${itemOf('p-114273')} ${at('ask-run')}`);
  await page.waitForSelector(at('asked-run'));
  const runs = page.locator('dialog[open] fieldset label');
  expect(await runs.nth(0).locator(at('asked-run-status')).textContent()).toContain('Failed');
  expect(await runs.nth(1).textContent()).toContain('not in your list');
  for (const dark of [false, true]) {
    await wear(page, { dark });
    expect(await violations(page, 'dialog[open]')).toEqual([]);
    await picture(page, `close-asks${dark ? '-dark' : ''}`);
  }
  await page.check(`${at('asked-run')}[data-run-id="pr-263244"]`);
  await page.click(at('save-bind-run'));
  await page.waitForSelector(`${itemOf('p-114273')} ${at('item-run')}[data-run-id="pr-263244"]`);
});

it('says of a cut-off days away when it is, and leaves room for the bars', async () => {
  const page = await board('close-far,still');
  expect(await text(page, at('cut-off-beyond'))).toMatch(/^Cut-off .+ →$/);
  const bar = page.locator(`${itemOf('p-114322')} .ran`);
  expect((await bar.boundingBox())?.width).toBeGreaterThan(10);
  for (const dark of [false, true]) {
    await wear(page, { dark });
    await picture(page, `close-far${dark ? '-dark' : ''}`);
  }
});

it('takes a newer board by itself, and not one that was worked out before it', async () => {
  const page = await board('close-turns,still');
  expect(await page.getAttribute(BOARD, 'data-state')).toBe('on-track');
  await page.waitForSelector(`${BOARD}[data-state="blocked"]`);
  // What came with it, older, would be there by now.
  await page.waitForFunction(
    () => document.querySelectorAll('[data-testid="plan-item"]').length === 7,
  );
  expect(await page.getAttribute(BOARD, 'data-state')).toBe('blocked');
  expect(await page.locator(at('close-probability')).count()).toBe(0);
});

it('shows another close of the plan, and takes the plan’s new times after a question', async () => {
  const page = await board('close-moved,still');
  await page.click(at('move-close'));
  expect(await text(page, 'dialog[open]')).toMatch(/November 2026.*The cut-off moves/);
  await page.click(at('confirm'));
  await page.waitForSelector(at('close-moved'), { state: 'detached' });
  await page.selectOption(at('choose-close'), { label: 'Archived – October 2026' });
  await page.waitForSelector(`${BOARD}[data-state="done"]`);
});

it('says where the evidence was written', async () => {
  const page = await board('close-done,still');
  await page.click(at('export-evidence'));
  expect(await text(page, at('evidence-written'))).toMatch(/Documents.Evidence.Month-end close/);
});

it('says whose times these are where the plan’s clock is another one', async () => {
  const page = await board('close-zone,still');
  expect(await text(page, at('close-zone'))).toMatch(/Australia\/Sydney: it is .+ there/);
});

it('deletes a plan only after a question that names it', async () => {
  const page = await board('close-on-track,still');
  await page.click(at('plan-menu'));
  await page.click(at('delete-plan'));
  expect(await text(page, 'dialog[open]')).toMatch(/Month-end close.*2 closes/);
  await page.click(at('confirm'));
  await page.waitForSelector(BOARD, { state: 'detached' });
  expect(await text(page, `${PANE} .empty`)).toMatch(/Make a plan from last month/);
});

for (const fake of [
  'close-thirty,close-days,long,still',
  'close-ready,close-moved,close-gone,still',
]) {
  const kind = fake.split(',')[0]?.slice(6) ?? '';
  it(`fits every window, with thirty items, long names and notes: ${kind}`, async () => {
    const page = await board(fake);
    for (const size of Object.keys(SIZES) as (keyof typeof SIZES)[]) {
      await wear(page, { size });
      const beyond = await page.evaluate(() => ({
        tall: document.documentElement.scrollHeight - window.innerHeight,
        wide: document.documentElement.scrollWidth - window.innerWidth,
        // The table of the board is scrolled where there is no room for it.
        bar: Math.max(
          ...[
            ...document.querySelectorAll('header button, section[aria-label="Close board"] button'),
          ]
            .filter((button) => innerWidth >= 480 || !button.closest('[role="table"]'))
            .map((button) => button.getBoundingClientRect().right - window.innerWidth),
        ),
      }));
      expect(beyond.tall, size).toBe(0);
      expect(beyond.wide, size).toBe(0);
      expect(beyond.bar, size).toBeLessThanOrEqual(0);
      expect(await violations(page, PANE), size).toEqual([]);
      await picture(page, `close-${size}-${kind}`);
    }
  });
}

it('shows the run in the board’s place where there is room for one, and leads back to it', async () => {
  const page = await board('close-on-track,still', { size: 'least' });
  const run = `${itemOf('p-114322')} ${at('item-run')}`;
  await page.click(run);
  await page.waitForSelector(at('run-detail'));
  expect(await page.locator(BOARD).count()).toBe(0);
  expect(await text(page, at('back-to-list'))).toBe('Back to the board');
  await page.click(at('back-to-list'));
  await page.waitForSelector(BOARD);
  expect(await page.locator(':focus').getAttribute('data-run-id')).toBe('pr-263088');
});

it('has no violation in forced colours, and says why the plans could not be read', async () => {
  const page = await board('close-on-track,still', { forced: true });
  expect(await violations(page, PANE)).toEqual([]);
  const broken = await open('close-broken,still');
  await broken.click(at('open-close'));
  expect(await text(broken, at('error-banner'))).toMatch(/disk is full.*Try again/);
  expect(await violations(broken, PANE)).toEqual([]);
});
