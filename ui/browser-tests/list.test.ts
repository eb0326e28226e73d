/** The list as an analyst uses it at month-end: sixty watched runs of twenty processes in two accounts. */
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { at, browsing, painted, picture, rowOf, SIZES, view, wear } from './page';

const open = browsing();

/** A page that counts its clicks. */
async function counting(fake = 'month-end,still') {
  const page = await open(fake);
  let clicks = 0;
  const click = async (what: string, modifiers: 'Shift'[] = []) => {
    clicks += 1;
    await page.click(what, { modifiers });
  };
  return { page, click, clicks: () => clicks };
}

const inSight = (page: Page) =>
  page.locator(at('run-row')).evaluateAll(
    (rows) =>
      rows.filter((row) => {
        const { top, bottom } = row.getBoundingClientRect();
        return top >= 0 && bottom <= window.innerHeight;
      }).length,
  );

it('opens on what failed, with no click', async () => {
  const { page } = await counting();
  expect(await page.getAttribute(view('attention'), 'aria-selected')).toBe('true');
  const rows = page.locator(at('run-row'));
  expect(await rows.count()).toBe(10);
  const states = await rows.evaluateAll((all) =>
    all.map((row) => (row as HTMLElement).dataset['outcome'] ?? 'late'),
  );
  expect(new Set(states)).toEqual(new Set(['failed', 'timed-out', 'unverified', 'late']));
  await picture(page, 'attention');
});

it('says above the list which run ends last and when, with no click', async () => {
  const { page } = await counting();
  const words = await page.textContent(at('last-end'));
  expect(words).toMatch(/Revenue recognition : November, United Kingdom\s+≈ .+, .+–.+/);
});

it('says in a column at which step a run is', async () => {
  const { page, click } = await counting();
  await click(view('running'));
  expect(await page.locator(at('run-now-at')).first().textContent()).toMatch(/3 of 5 · .*Match/);
  await picture(page, 'running');
});

it('starts five runs with at most eight clicks, one question and a result each', async () => {
  const { page, click, clicks } = await counting();
  await click(view('to-start'));
  const boxes = page.locator(at('select-run'));
  await click(`${at('run-row')} >> nth=0 >> ${at('select-run')}`);
  await click(`${at('run-row')} >> nth=4 >> ${at('select-run')}`, ['Shift']);
  expect(
    await boxes.evaluateAll((all) => all.filter((box) => (box as HTMLInputElement).checked).length),
  ).toBe(5);
  await picture(page, 'selected');
  await click(at('bulk-start'));
  await page.waitForSelector(at('confirm'));
  const question = (await page.textContent('dialog[open]')) ?? '';
  expect(question.match(/pr-\d+ · (sample|sandbox)\.solvexia\.com/g)).toHaveLength(5);
  await page.fill(`dialog[open] ${at('reason')}`, 'Late feed');
  await picture(page, 'start-several');
  await click(at('confirm'));
  await expect
    .poll(() => page.locator(`${at('bulk-result')}[data-result="ok"]`).count(), { timeout: 10_000 })
    .toBe(5);
  await picture(page, 'started-several');
  expect(clicks()).toBeLessThanOrEqual(8);
});

it('marks a failure as dealt with by one click, and takes that back', async () => {
  const { page, click } = await counting();
  const rows = page.locator(at('run-row'));
  await page.click(rowOf('pr-264011'));
  const run = await rows.nth(3).getAttribute('data-run-id');
  const icon = (where: string) =>
    page.locator(`${where} svg`).evaluateAll((all) => all.map((svg) => svg.innerHTML));
  const action = await icon(`${rowOf(run ?? '')} ${at('mark-row-handled')}`);
  await click(`${rowOf(run ?? '')} ${at('mark-row-handled')}`);
  await page.waitForSelector(rowOf(run ?? ''), { state: 'detached' });
  expect(await page.textContent(`${view('attention')} ${at('view-count')}`)).toBe('9');
  await click(at('undo'));
  await page.waitForSelector(rowOf(run ?? ''));
  // What is to be done does not look like what is done.
  await page.click(`${rowOf('pr-264011')} ${at('mark-row-handled')}`);
  await page.waitForSelector(`${rowOf('pr-264011')} ${at('mark-row-handled')}`, {
    state: 'detached',
  });
  const marks = await icon(`${rowOf('pr-264011')} .marks`);
  expect(marks.length).toBeGreaterThan(0);
  expect(marks).not.toContain(action[0]);
});

it('counts what is in the tab alone, and leaves nothing selected that was dealt with', async () => {
  const { page } = await counting();
  await page.click(rowOf('pr-264011'));
  await page.keyboard.press('Control+a');
  await page.click(at('bulk-handled'));
  await page.waitForSelector(at('bulk-bar'), { state: 'detached' });
  expect(await page.locator(at('run-row')).count()).toBe(1);
  expect(await page.textContent('.count[role="status"]')).toMatch(/^\s*0 runs\s*$/);
});

it('marks by a chord what is selected, else the run that has the focus, which stays in the list', async () => {
  const { page } = await counting();
  const failures = () => page.locator(`${at('run-row')}:not([aria-current="true"])`).count();
  const before = await failures();
  await page.focus(`${at('run-row')}[tabindex="0"]`);
  await page.keyboard.press('End');
  const run = await page.getAttribute(`${at('run-row')}:focus`, 'data-run-id');
  await page.keyboard.press('Control+d');
  await page.waitForSelector(rowOf(run ?? ''), { state: 'detached' });
  expect(await failures()).toBe(before - 1);
  expect(await page.locator(`${at('run-row')}:focus`).count()).toBe(1);
  // What was done is offered back.
  await page.keyboard.press('Control+z');
  await page.waitForSelector(rowOf(run ?? ''));
  await page.keyboard.press('Control+a');
  await page.keyboard.press('Control+d');
  await page.waitForSelector(at('bulk-bar'), { state: 'detached' });
  await expect.poll(failures).toBe(0);
});

it('prefills the name of a saved view so that typing replaces it', async () => {
  const { page } = await counting();
  for (const [typed, shown] of [
    ['Mine', 'Mine'],
    ['Ours', 'Ours'],
  ] as const) {
    await page.click(at('save-view'));
    await page.keyboard.type(typed);
    await page.keyboard.press('Enter');
    await page.waitForSelector(view(shown));
  }
});

it('keeps filters, order and saved views over a restart', async () => {
  const { page } = await counting();
  await page.click(view('done'));
  await page.selectOption(`${at('filter')}[data-filter="process"]`, 'p-120103');
  await page.click(`${at('sort')}[data-column="took"]`);
  await page.click(at('save-view'));
  await page.fill(at('view-name'), 'Bank');
  await page.keyboard.press('Enter');
  await page.waitForSelector(view('Bank'));
  await page.reload();
  await page.click(view('Bank'));
  const names = await page.locator(at('run-name')).allTextContents();
  expect(names.length).toBeGreaterThan(0);
  expect(names.every((name) => name.startsWith('Bank reconciliation'))).toBe(true);
  expect(await page.locator('[aria-sort="descending"]').textContent()).toMatch(/Took/);
});

it('shows today as a timeline that reads as a table', async () => {
  const { page } = await counting();
  await page.click(view('all'));
  await page.click(at('show-today'));
  await page.waitForSelector(at('today-bar'));
  const words = await page.locator(`${at('today-bar')} [role="cell"]`).allTextContents();
  expect(words.some((text) => /Started .+Expected to end about/.test(text))).toBe(true);
  await picture(page, 'today');
  // The bars are counted, and nobody acts on rows that are not in sight.
  const bars = Number(await page.getAttribute('.today', 'aria-rowcount')) - 1;
  expect(await page.textContent('.count[role="status"]')).toMatch(new RegExp(`^\\s*${bars} of `));
  const edge = (await page.locator('.today > .axis > .track').boundingBox()) ?? { x: 0, width: 0 };
  const last = (await page.locator('.today > .axis .hour').last().boundingBox()) ?? {
    x: 0,
    width: 0,
  };
  expect(last.x + last.width).toBeLessThanOrEqual(edge.x + edge.width);
  await page.click(at('show-today'));
  await page.locator(at('run-row')).first().focus();
  await page.keyboard.press('Space');
  await page.waitForSelector(at('bulk-bar'));
  await page.click(at('show-today'));
  await page.waitForSelector(at('bulk-bar'), { state: 'detached', timeout: 3000 });
});

it('has seventeen rows in sight at the usual size, and up to a hundred in the page', async () => {
  const { page } = await counting();
  await page.click(view('all'));
  expect(await page.locator(at('run-row')).count()).toBe(60);
  expect(await inSight(page)).toBeGreaterThanOrEqual(17);
  for (const what of ['add-run-id', 'run-detail', 'run-row']) {
    expect(await page.locator(at(what)).first().isVisible(), what).toBe(true);
  }
  await picture(page, 'all');
});

it('never makes the document taller than the window', async () => {
  for (const fake of ['month-end,still', 'one,still', 'ten-thousand,still', 'names,long,still']) {
    const page = await open(fake, { size: 'small' });
    await page.click(view('all'));
    const taller = () => document.documentElement.scrollHeight - window.innerHeight;
    expect(await page.evaluate(taller), fake).toBe(0);
  }
});

it('never shortens that an end is unknown', async () => {
  for (const size of ['usual', 'least'] as const) {
    const page = await open('month-end,still', { size });
    await page.click(view('all'));
    await page.waitForSelector('.end .unknown');
    const isCut = await page
      .locator('.end .unknown')
      .evaluate(
        (words) =>
          words.scrollWidth > words.clientWidth ||
          words.getBoundingClientRect().right >
            (words.parentElement?.getBoundingClientRect().right ?? 0),
      );
    expect(isCut, size).toBe(false);
  }
});

it('draws what goes on again only where its words change: ages in fives, durations by the minute', async () => {
  const { page, click } = await counting();
  await click(view('running'));
  await click(rowOf('pr-264003'));
  const drawn = await page.evaluate(async () => {
    const drawn = { ages: 0, durations: 0, else: 0 };
    await new Promise<void>((done) => {
      const note = ({ target }: MutationRecord) => {
        const element = target instanceof Element ? target : target.parentElement;
        if (element?.closest('time')) drawn.ages += 1;
        else if (element?.closest('[data-testid="run-duration"], .number')) drawn.durations += 1;
        else if (element?.closest('.rows')) drawn.else += 1;
      };
      const watch = new MutationObserver((changes) => changes.forEach(note));
      watch.observe(document.body, { subtree: true, childList: true, characterData: true });
      setTimeout(done, 6000);
    });
    return drawn;
  });
  expect(drawn.else).toBe(0);
  // One change of each age, and one minute that may have begun.
  const goingRows = await page.locator(`${at('run-row')}[data-status="Running"]`).count();
  expect(drawn.ages).toBeGreaterThan(0);
  expect(drawn.ages).toBeLessThan(2 * 3);
  expect(drawn.durations).toBeLessThan(goingRows + 4);
});

it('shows every tab in each size, beside a panel too', async () => {
  const page = await open('ten-thousand,still');
  for (const size of Object.keys(SIZES) as (keyof typeof SIZES)[]) {
    for (const panel of [false, true]) {
      await wear(page, { size });
      // Where it would lie over the list it is no question.
      if (panel) await page.click(at('open-inbox'));
      await painted(page);
      const cut = await page.evaluate(() => {
        const box = document.querySelector('[role="tablist"]')?.getBoundingClientRect();
        return [...document.querySelectorAll<HTMLElement>('[role="tab"]')]
          .filter((tab) => {
            const { left, right, top, bottom } = tab.getBoundingClientRect();
            const isIn = box && left >= box.left - 1 && right <= box.right + 1;
            return !isIn || top < box.top - 1 || bottom > box.bottom + 1;
          })
          .map((tab) => tab.dataset['view']);
      });
      if (panel) await page.keyboard.press('Escape');
      expect.soft(cut, `${size}, ${panel ? 'beside the Inbox' : 'alone'}`).toEqual([]);
    }
  }
});

it('shows as much of names beside an open run as tells them apart, or their ids', async () => {
  const { page } = await counting();
  await page.click(view('all'));
  const rows = await page.locator(at('run-row')).evaluateAll((all) =>
    all.map((row) => {
      const name = row.querySelector<HTMLElement>('[data-testid="run-name"]') as HTMLElement;
      const text = name.firstChild as Text;
      const end = name.getBoundingClientRect().right;
      const isWhole = name.scrollWidth <= name.clientWidth;
      const letter = document.createRange();
      let seen = 0;
      // Three dots take the place of what is cut.
      for (; seen < text.length; seen += 1) {
        letter.setStart(text, seen);
        letter.setEnd(text, seen + 1);
        if (letter.getBoundingClientRect().right > end - (isWhole ? 0 : 14)) break;
      }
      return { seen: text.data.slice(0, seen), isWhole, hasId: row.querySelector('.id') !== null };
    }),
  );
  const cut = rows.filter(({ isWhole }) => !isWhole);
  const bare = cut.filter(({ hasId }) => !hasId).map(({ seen }) => seen);
  expect(new Set(bare).size, 'cut names that nothing tells apart').toBe(bare.length);
});

it('opens a run by a click in the middle of its row, whatever button its row has', async () => {
  const page = await open('month-end,still');
  for (const [size, tab] of [
    ['usual', 'attention'],
    ['usual', 'all'],
    ['least', 'attention'],
  ] as const) {
    await wear(page, { size });
    await page.click(view(tab));
    const onButtons = await page.locator(at('run-row')).evaluateAll(
      (rows) =>
        rows.filter((row) => {
          const { left, top, width, height } = row.getBoundingClientRect();
          const hit = document.elementFromPoint(left + width / 2, top + height / 2);
          return hit?.closest('button') !== null && hit !== null;
        }).length,
    );
    expect(onButtons, `${tab}, ${size}`).toBe(0);
  }
});
