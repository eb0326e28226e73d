/** Rule 23 in a window: what is told of a run is read where that run is in sight, and what is clicked comes there. */
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { at, browsing, painted, picture, SIZES } from './page';

const open = browsing();

/** How many items of the Inbox are unread. */
const unread = async (page: Page) =>
  Number((await page.locator(`${at('open-inbox')} .count`).allTextContents())[0] ?? 0);

/** A run fails: the only one, which is open by itself, where there is one. */
const fail = (page: Page) =>
  page.evaluate(() => {
    const { playback } = window as unknown as { playback: { endOne: () => void } };
    playback.endOne();
  });

it('a failure of the run that is open behind the list is read once the run comes into sight', async () => {
  const page = await open('one,still', { size: 'least' });
  const before = await unread(page);
  await fail(page);
  await painted(page);
  expect(await unread(page)).toBe(before + 1);
  const [width, height] = SIZES.usual;
  await page.setViewportSize({ width, height });
  await page.waitForSelector(at('run-detail'));
  await expect.poll(() => unread(page)).toBe(before);
});

/** What the window system says of the window. */
const say = (page: Page, hasFocus: boolean, visibility: 'visible' | 'hidden') =>
  page.evaluate(
    ({ hasFocus, visibility }) => {
      document.hasFocus = () => hasFocus;
      Object.defineProperty(document, 'visibilityState', { value: visibility, configurable: true });
      window.dispatchEvent(new Event(hasFocus ? 'focus' : 'blur'));
      document.dispatchEvent(new Event('visibilitychange'));
    },
    { hasFocus, visibility },
  );

it.each([
  ['has not the focus', false, 'visible'],
  ['is covered or minimised', true, 'hidden'],
] as const)(
  'an Inbox in a window that %s reads nothing until somebody looks',
  async (_, focus, visibility) => {
    const page = await open('still');
    const before = await unread(page);
    await say(page, focus, visibility);
    await page.click(at('open-inbox'));
    await fail(page);
    await expect.poll(() => unread(page)).toBe(before + 1);
    // Longer than a look must last.
    await page.waitForTimeout(1500);
    expect(await unread(page)).toBe(before + 1);
    await say(page, true, 'visible');
    await expect.poll(() => unread(page), { timeout: 5000 }).toBe(before);
  },
);

it('a failure of the run that is open under a panel is read once the panel is gone', async () => {
  const page = await open('one,still', { size: 'small' });
  await page.waitForSelector(at('run-detail'));
  await page.click(at('open-activity'));
  const before = await unread(page);
  await fail(page);
  await painted(page);
  expect(await unread(page)).toBe(before + 1);
  await page.keyboard.press('Escape');
  await expect.poll(() => unread(page)).toBe(before);
});

const CLICKED = 'pr-263075';

/** It has failed, and its notification is clicked. */
const click = (page: Page) =>
  page.evaluate((id) => {
    interface Playback {
      find: (id: string) => { row: { accountId: string } };
      send: (update: object) => void;
    }
    const { playback } = window as unknown as { playback: Playback };
    const { accountId } = playback.find(id).row;
    playback.send({ type: 'open-run', accountId, runId: id });
  }, CLICKED);

/** Whether it is open, with nothing over it. */
const isInSight = (page: Page) =>
  page.evaluate((id) => {
    const pane = document.querySelector(`[data-testid="run-detail"][data-run-id="${id}"]`);
    if (!pane) return false;
    const { left, top } = pane.getBoundingClientRect();
    return pane.contains(document.elementFromPoint(left + 60, top + 40));
  }, CLICKED);

describe('a run whose notification is clicked comes into sight, and is read there', () => {
  it.each([
    ['settings', (page: Page) => page.click(at('open-settings'))],
    ['picker', (page: Page) => page.click(at('pick-process'))],
    ['palette', (page: Page) => page.keyboard.press('Control+k')],
  ])('where the %s are open', async (_, cover) => {
    const page = await open('still', { size: 'least' });
    expect(await unread(page)).toBe(1);
    await cover(page);
    await page.waitForSelector('dialog[open]');
    await click(page);
    await expect.poll(() => isInSight(page)).toBe(true);
    await expect.poll(() => unread(page)).toBe(0);
    expect(await page.locator('dialog[open]').count()).toBe(0);
  });

  it('once settings that are not saved were left by the user', async () => {
    const page = await open('still', { size: 'least' });
    expect(await unread(page)).toBe(1);
    await page.click(at('open-settings'));
    await page.click(`${at('settings-section')}[data-section="poll-limits"]`);
    await page.fill(at('shortest-seconds'), '7');
    await click(page);
    await page.waitForSelector(at('waits'));
    await picture(page, 'clicked-waits');
    expect(await unread(page)).toBe(1);
    await page.click(at('dismiss'));
    await page.click(at('confirm'));
    await expect.poll(() => isInSight(page)).toBe(true);
    await expect.poll(() => unread(page)).toBe(0);
  });

  it('once what was typed into the sign-in form was left', async () => {
    const page = await open('still');
    await page.click(at('account'));
    await page.click(at('add-account'));
    await page.fill(at('environment'), 'other.solvexia.com');
    await click(page);
    await page.waitForSelector(at('waits'));
    await picture(page, 'clicked-waits-sign-in');
    expect(await page.inputValue(at('environment'))).toBe('other.solvexia.com');
    await page.locator('.ways button').first().click();
    await expect.poll(() => isInSight(page)).toBe(true);
  });
});

it('that an address shows nothing here is in sight, whatever else is said', async () => {
  const page = await open('month-end,still,store,no-desktop,paused,notes', { size: 'least' });
  await page.click(at('open-settings'));
  await page.evaluate(() => {
    const { playback } = window as unknown as { playback: { send: (update: object) => void } };
    const problem = 'The run pr-12345 is not in your list: add it by its id.';
    playback.send({ type: 'not-opened', problem });
  });
  await page.waitForSelector('dialog[open]', { state: 'detached' });
  const note = page.locator(at('note')).filter({ hasText: 'pr-12345' });
  await note.waitFor({ state: 'visible' });
  await picture(page, 'not-opened');
});
