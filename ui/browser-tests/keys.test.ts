/** What is around the list, by keyboard alone. */
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { at, browsing, focus, focused, view } from './page';

const open = browsing();

async function inRow(page: Page) {
  await page.click(view('all'));
  await page.locator(at('run-name')).first().click();
}

/** What is typed before its field has the focus goes nowhere. */
async function openPalette(page: Page) {
  await page.keyboard.press('Control+k');
  await page.waitForSelector(`${at('palette-input')}:focus`);
}

it('the palette opens a run, and the focus never leaves its field', async () => {
  const page = await open('month-end,still');
  await openPalette(page);
  await page.keyboard.type('pr-264023');
  expect(await focused(page)).toBe('palette-input');
  const active = await page.getAttribute(at('palette-input'), 'aria-activedescendant');
  const option = page.locator(`#${active}`);
  expect(await option.getAttribute('aria-selected')).toBe('true');
  expect(await option.textContent()).toMatch(/Bank reconciliation : November, Germany/);
  await page.keyboard.press('Enter');
  await page.waitForSelector(`${at('run-detail')}[data-run-id="pr-264023"]`);
  expect(await page.isVisible(at('palette'))).toBe(false);
});

it('the palette leads a start to its usual question, and Enter twice starts nothing', async () => {
  const page = await open('month-end,still');
  await page.click(view('to-start'));
  await page.locator(at('run-name')).first().click();
  await page.waitForSelector(`${at('start-run')}:not([aria-disabled="true"])`);
  await openPalette(page);
  await page.keyboard.type('start');
  await page.keyboard.press('Enter');
  await page.waitForSelector(at('confirm'));
  expect(await focused(page)).toBe('dismiss');
  await page.keyboard.press('Enter');
  await page.waitForSelector(at('confirm'), { state: 'detached' });
});

it('the palette says why something cannot be done, and does not do it', async () => {
  const page = await open('month-end,still');
  await page.click(view('running'));
  await page.locator(at('run-name')).first().click();
  await page.waitForSelector(`${at('start-run')}[aria-disabled="true"]`);
  await openPalette(page);
  await page.keyboard.type('start');
  const start = page.locator(`${at('palette-item')}[data-id="start"]`);
  expect(await start.getAttribute('aria-disabled')).toBe('true');
  await page.keyboard.press('Enter');
  expect(await page.isVisible(at('palette'))).toBe(true);
  expect(await page.isVisible(at('confirm'))).toBe(false);
});

it('the palette filters the list by a process, and moves past its ends', async () => {
  const page = await open('month-end,still');
  await openPalette(page);
  await page.keyboard.type('p-120103');
  await page.keyboard.press('ArrowUp');
  expect(await page.locator(`${at('palette-item')}[aria-selected="true"]`).count()).toBe(1);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  const names = page.locator(at('run-name'));
  await expect.poll(() => names.count()).toBe(3);
  for (const name of await names.allTextContents()) expect(name).toMatch(/^Bank reconciliation/);
});

it('the palette saves Activity as a table, once there is any, and the panel says where it is', async () => {
  const page = await open('month-end,still');
  const typed = async () => {
    await openPalette(page);
    await page.keyboard.type('csv');
    return page.locator(`${at('palette-item')}[data-id="export-activity"]`);
  };
  const before = await typed();
  expect(await before.getAttribute('aria-disabled', { timeout: 3000 })).toBe('true');
  await page.keyboard.press('Escape');
  await page.locator(at('mark-row-handled')).first().click();
  const offer = await typed();
  expect(await offer.getAttribute('aria-disabled', { timeout: 3000 })).toBeNull();
  await page.keyboard.press('Enter');
  expect(await page.textContent(at('activity-exported'))).toMatch(/Runwatch activity/);
});

it('Esc gives the focus back to where the palette was called', async () => {
  const page = await open('month-end,still');
  await inRow(page);
  const before = await focus(page);
  await page.keyboard.press('Control+k');
  await page.keyboard.press('Escape');
  await expect.poll(() => focus(page)).toEqual(before);
});

it('the palette finds among ten thousand runs within a moment', async () => {
  const page = await open('ten-thousand,still');
  await openPalette(page);
  const waits: number[] = [];
  for (const key of 'bank #99') {
    const began = Date.now();
    await page.keyboard.press(key);
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => setTimeout(done))));
    waits.push(Date.now() - began);
  }
  console.log(`key to painted palette at 10,000 runs (ms): ${waits.join(', ')}`);
  expect(await page.locator(at('palette-item')).count()).toBeLessThanOrEqual(50);
  expect(waits.sort((a, b) => a - b)[4]).toBeLessThan(150);
});

it('letters open and close a panel, until they are switched off', async () => {
  const page = await open('month-end,still');
  await inRow(page);
  for (const [opens, closes] of [
    ['i', 'Escape'],
    ['i', 'i'],
    ['a', 'a'],
  ] as const) {
    await page.keyboard.press(opens);
    await page.waitForSelector('aside');
    await page.keyboard.press(closes);
    await page.waitForSelector('aside', { state: 'detached', timeout: 3000 });
    expect((await focus(page)).run).not.toBeNull();
  }
  await page.keyboard.press('F1');
  await page.uncheck(at('single-letters'));
  await page.keyboard.press('Escape');
  await page.keyboard.press('i');
  await page.keyboard.press('?');
  expect(await page.locator('aside, dialog[open]').count()).toBe(0);
});

it('a button of a panel closes what it opened', async () => {
  const page = await open('two,still');
  for (const handle of ['open-inbox', 'open-activity']) {
    await page.click(at(handle));
    await page.waitForSelector('aside');
    await page.click(at(handle));
    await page.waitForSelector('aside', { state: 'detached' });
  }
});

it('a panel that covers the window lets nobody behind it, and goes once a run is opened', async () => {
  const page = await open('two,still', { size: 'small' });
  await page.click(at('open-inbox'));
  await page.waitForSelector('aside');
  for (let n = 0; n < 40; n += 1) {
    await page.keyboard.press('Tab');
    const isBehind = await page.evaluate(() => document.activeElement?.closest('main') !== null);
    expect(isBehind).toBe(false);
  }
  await page.locator(at('inbox-item')).first().click();
  await page.waitForSelector('aside', { state: 'detached' });
  await page.waitForSelector(at('run-detail'));
});

it('keys meant for the list leave an open menu alone, and Esc closes it', async () => {
  const page = await open('two,still');
  await page.click(at('account'));
  for (const key of ['n', 'Control+n', 'Control+f', 'Control+k']) {
    await page.keyboard.press(key);
    const isIn = await page.evaluate(
      () => document.activeElement?.closest('[role="menu"]') !== null,
    );
    expect(isIn, key).toBe(true);
  }
  await page.keyboard.press('Escape');
  expect(await page.locator('[role="menu"]').count()).toBe(0);
  expect(await focused(page)).toBe('account');
});

it('the search leads to what it found by the arrow, and stays where it found nothing', async () => {
  const page = await open('two,still');
  await page.keyboard.press('Control+f');
  expect(await focused(page)).toBe('search');
  await page.keyboard.press('ArrowDown');
  expect(await focused(page)).toBe('run-row');
  await page.keyboard.press('Control+f');
  await page.keyboard.type('nothing is called like this');
  await page.waitForSelector(at('run-row'), { state: 'detached' });
  await page.keyboard.press('ArrowDown');
  expect(await focused(page)).toBe('search');
});

it('a sign-in that lacks something leads to its field, which is marked', async () => {
  const page = await open('first-run', { first: at('first-run-demo') });
  expect(await focused(page)).toBe('first-run-connect');
  await page.keyboard.press('Enter');
  await page.waitForSelector(at('environment'));
  for (const field of ['environment', 'client-id', 'client-secret']) {
    await page.focus(at('connect'));
    await page.keyboard.press('Enter');
    expect(await focused(page)).toBe(field);
    expect(await page.getAttribute(at(field), 'aria-invalid')).toBe('true');
    await page.keyboard.type('app');
  }
});

it('the first run opens sample data in another window and says so', async () => {
  const page = await open('first-run', { first: at('first-run-demo') });
  await page.click(at('first-run-demo'));
  await page.waitForSelector('text=opens in a window of its own');
  expect(await page.isVisible(at('first-run-connect'))).toBe(true);
});

it('settings that were not saved are asked about, and stay while they are edited', async () => {
  const page = await open('still');
  await page.keyboard.press('Control+,');
  const section = (name: string) => `${at('settings-section')}[data-section="${name}"]`;
  await page.click(section('connection'));
  await page.click(at('choose-certificate'));
  await expect.poll(() => page.inputValue(at('extra-ca'))).toBe('/etc/ssl/firm-web-gateway.pem');
  await page.click(section('about'));
  expect(await page.textContent(section('connection'))).toMatch(/Not saved yet/);
  await page.keyboard.press('Escape');
  expect(await page.textContent('dialog[open][role="alertdialog"]')).toMatch(
    /Proxy and connection/,
  );
  await page.keyboard.press('Enter');
  await page.waitForSelector(at('confirm'), { state: 'detached' });
  await page.click(section('connection'));
  expect(await page.inputValue(at('extra-ca'))).toBe('/etc/ssl/firm-web-gateway.pem');
  await page.click(at('save-settings'));
  await expect.poll(() => page.textContent(at('settings-saved'))).toMatch(/Saved/);
  await page.keyboard.press('Escape');
  await page.waitForSelector(at('settings'), { state: 'detached' });
});

it('what the organisation has set can be read and not changed', async () => {
  const page = await open('policy,still');
  await page.keyboard.press('Control+,');
  await page.click(`${at('settings-section')}[data-section="connection"]`);
  await page.waitForSelector(at('extra-ca'));
  expect(await page.locator('text=Set by your organisation').count()).toBe(2);
  expect(await page.locator(at('choose-certificate')).count()).toBe(0);
  expect(await page.isDisabled(at('proxy-direct'))).toBe(true);
});

it('the zoom goes up and down by keys, also over a dialog', async () => {
  const page = await open('still');
  await page.keyboard.press('F1');
  const zoom = () => page.textContent(at('zoom'));
  for (const [key, shown] of [
    ['Control+=', '110%'],
    ['Control++', '125%'],
    ['Control+-', '110%'],
    ['Control+0', '100%'],
  ] as const) {
    await page.keyboard.press(key);
    expect(await zoom()).toBe(shown);
  }
});

it('F6 leads to what offers to undo, and the focus comes back from there', async () => {
  const page = await open('month-end,still');
  await inRow(page);
  await openPalette(page);
  await page.keyboard.type('stop watching');
  await page.keyboard.press('Enter');
  await page.waitForSelector(at('undo'));
  await page.keyboard.press('F6');
  expect(await focused(page)).toBe('undo');
  await page.keyboard.press('Enter');
  await page.waitForSelector(at('undo'), { state: 'detached' });
  expect((await focus(page)).run).not.toBeNull();
});

it('one pane at a time fits a small window, with a way back', async () => {
  for (const size of ['least', 'zoomed'] as const) {
    const page = await open('month-end,still', { size });
    expect(await page.locator(at('run-detail')).count()).toBe(0);
    await page.locator(at('run-name')).nth(1).click();
    await page.waitForSelector(at('run-detail'));
    expect(await page.locator(at('run-row')).count()).toBe(0);
    await page.keyboard.press('Enter');
    await expect.poll(async () => (await focus(page)).run).not.toBeNull();
  }
});

it('the names of runs and the picker have room in a small window', async () => {
  for (const size of ['least', 'zoomed'] as const) {
    const page = await open('month-end,still', { size });
    const width = async (what: string) =>
      (await page.locator(what).first().boundingBox())?.width ?? 0;
    const cells = await page
      .locator(`${at('run-row')} .run`)
      .evaluateAll((all) => all.map((cell) => cell.getBoundingClientRect().width));
    expect(Math.min(...cells), size).toBeGreaterThan(150);
    expect(await width(at('pick-process')), size).toBe(32);
    expect(await width(at('add-run-id')), size).toBeGreaterThan(120);
  }
});
