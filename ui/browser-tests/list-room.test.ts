/** What the columns of the list have room for. */
import type { Page } from 'playwright-core';
import { expect, inject, it } from 'vitest';
import { at, browsing, launchChromium, painted, picture, view, type Look } from './page';

const open = browsing();
const MONTH = 'month-end,still';

/** As WCAG 1.4.12 wants it, as far as it makes words wider. */
async function spaceLetters(page: Page) {
  await page.evaluate(() => {
    const spacing = new CSSStyleSheet();
    spacing.replaceSync('* { letter-spacing: 0.12em !important; word-spacing: 0.16em !important }');
    document.adoptedStyleSheets = [spacing];
  });
  await painted(page);
}

/** The first three runs that go do so for longer than anybody thinks. */
async function growOld(page: Page) {
  await page.evaluate(() => {
    interface Run {
      row: { status: string; started: number };
    }
    const { playback } = window as unknown as {
      playback: { runs: Run[]; changed: (run: Run) => void };
    };
    const going = playback.runs.filter(({ row }) => row.status === 'Running');
    [112, 1000, 100_000].forEach((hours, n) => {
      const run = going[n] as Run;
      run.row = { ...run.row, started: Date.now() - (hours * 60 + 10) * 60_000 };
      playback.changed(run);
    });
  });
  await page.waitForFunction(() => document.body.textContent.includes('100000 h'));
  await painted(page);
}

/** Cells whose words begin outside of them, or end there without three dots and a title that has all. */
const badlyCut = (page: Page, testid: string) =>
  page.locator(at(testid)).evaluateAll((all) =>
    all.flatMap((one) => {
      const cell = (one.closest('[role="gridcell"]') as Element).getBoundingClientRect();
      const words = document.createRange();
      words.selectNodeContents(one);
      const { left, right } = words.getBoundingClientRect();
      const box = one.getBoundingClientRect();
      const { textOverflow } = getComputedStyle(one);
      const isCut = right > box.right + 1;
      const title = one.closest('[title]')?.getAttribute('title') ?? '';
      // It may be a minute behind.
      const [hours = ''] = (one.textContent ?? '').trim().split(/\d+ min/);
      const isSaid = textOverflow === 'ellipsis' && title.includes(hours);
      const isIn = box.left >= cell.left - 1 && box.right <= cell.right + 1;
      return left >= cell.left - 1 && isIn && (!isCut || isSaid) ? [] : [one.textContent?.trim()];
    }),
  );

it('never cuts the beginning of a duration, however long it is and its letters are spaced', async () => {
  const page = await open(MONTH);
  await page.click(view('all'));
  await growOld(page);
  expect(await badlyCut(page, 'run-duration')).toEqual([]);
  await spaceLetters(page);
  expect(await badlyCut(page, 'run-duration')).toEqual([]);
  await picture(page, 'list-spaced');
});

it('shows how much longer or shorter than usual each run took, whole or not at all', async () => {
  const page = await open(MONTH);
  await page.click(view('done'));
  const seen = await page.locator('.took .difference').evaluateAll((all) =>
    all.flatMap((one) => {
      const cell = (one.closest('[role="gridcell"]') as Element).getBoundingClientRect();
      const { left, right, top } = one.getBoundingClientRect();
      // What does not fit has a line of its own, which is not seen.
      if (top >= cell.bottom) return [];
      return [left >= cell.left && right <= cell.right && one.scrollWidth <= one.clientWidth];
    }),
  );
  expect(seen.length).toBeGreaterThan(30);
  expect(seen).not.toContain(false);
  await picture(page, 'list-done');
});

for (const locale of ['en-US', 'en-AU', 'en-GB', 'de-DE']) {
  it(`has room for every end as ${locale} writes it`, async () => {
    const browser = await launchChromium();
    const page = await browser.newPage({ viewport: { width: 1200, height: 800 }, locale });
    // Runs that ended yesterday, shortly before noon and midnight, and some that end tomorrow.
    for (const now of ['2026-11-26T00:40', '2026-11-25T23:20']) {
      await page.clock.setFixedTime(now);
      await page.goto(`${inject('origin')}/?fake=${MONTH}`);
      await page.click(view('all'));
      await painted(page);
      const cut = await page.locator(at('run-ends')).evaluateAll((all) =>
        all.flatMap((one) => {
          const words = document.createRange();
          words.selectNodeContents(one);
          const cell = one.closest('[role="gridcell"]') as Element;
          const isCut = words.getBoundingClientRect().width > cell.getBoundingClientRect().width;
          return isCut ? [one.textContent] : [];
        }),
      );
      await picture(page, `list-ends-${locale}-${now.slice(11, 13)}`);
      expect.soft(cut, now).toEqual([]);
    }
    await browser.close();
  });
}

for (const [where, look, inbox] of [
  ['1200×800', {}, false],
  ['1200×800, beside the Inbox', {}, true],
  ['900×600', { size: 'small' }, false],
  ['720×480', { size: 'least' }, false],
  ['640×400', { size: 'zoomed' }, false],
  ['360×240', { size: 'leastZoomed' }, false],
] satisfies [string, Look, boolean][]) {
  it(`leaves names room to be read, and every status its word: ${where}`, async () => {
    const page = await open(MONTH, look);
    if (inbox) await page.click(at('open-inbox'));
    for (const tab of ['attention', 'running']) {
      await page.click(view(tab));
      await painted(page);
      const cut = await page.locator(at('run-name')).evaluateAll((all) =>
        all.flatMap((one) => {
          const isCut = one.scrollWidth > one.clientWidth;
          return isCut && one.clientWidth < 135 ? [one.clientWidth] : [];
        }),
      );
      expect.soft(cut, tab).toEqual([]);
      const words = await page.locator(`${at('run-status')} .word`).evaluateAll((all) =>
        all.flatMap((one) => {
          const isCut = one.scrollWidth > one.clientWidth;
          return isCut && one.clientWidth < 50 ? [one.textContent] : [];
        }),
      );
      expect.soft(words, tab).toEqual([]);
      await picture(page, `list-room-${tab}-${where.replace(/\W+/g, '-')}`);
    }
  });
}
