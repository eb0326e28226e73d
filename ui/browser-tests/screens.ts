/** Every screen that is looked at in each size and look. To add one: a line. */
import type { Page } from 'playwright-core';
import { at, painted, view } from './page';

export interface Screen {
  name: string;
  /** The scenario of the fake host. */
  fake: string;
  /** What is waited for where no list comes. */
  first?: string;
  /** From the list to it. */
  open?: (page: Page) => Promise<unknown>;
  /** The part of the page that it is: axe looks at this alone. All, where it lies over nothing. */
  within?: string;
}

const LIST = 'section[aria-label="Runs"]';
const PICKER = 'dialog[open]';

async function picker(page: Page) {
  await page.click(at('pick-process'));
  await page.waitForSelector(at('process-row'));
}

async function process(page: Page) {
  await picker(page);
  await page.locator(at('process-row')).first().click();
  await page.waitForSelector(at('process-run-row'));
}

/** A run created, a failure dealt with and taken back: all kinds of rows. */
async function activity(page: Page) {
  await page.locator(at('run-name')).first().click();
  await page.locator(at('mark-row-handled')).first().click();
  await page.click(at('undo'));
  await process(page);
  await page.click(at('create-run'));
  await page.waitForSelector(PICKER, { state: 'detached' });
  await page.click(at('open-activity'));
  await page.waitForSelector(at('activity-row'));
}

const panel = (name: string) => (page: Page) => page.click(at(`open-${name}`));
const MONTH = 'month-end,still';
const BUSY = `${MONTH},store,no-desktop,paused,notes,clock-off,launch-question`;
const FIRST_RUN = { fake: 'first-run', first: at('first-run-demo') };

const section = (name: string): Screen => ({
  name: `settings-${name}`,
  fake: 'two,proxy,still',
  open: async (page) => {
    await page.click(at('open-settings'));
    await page.click(`${at('settings-section')}[data-section="${name}"]`);
    await painted(page);
  },
});

export const SCREENS: Screen[] = [
  { name: 'attention', fake: MONTH, within: LIST },
  { name: 'all', fake: MONTH, open: (page) => page.click(view('all')), within: LIST },
  {
    name: 'names',
    fake: 'names,long,still',
    open: (page) => page.click(view('all')),
    within: LIST,
  },
  {
    name: 'today',
    fake: MONTH,
    open: async (page) => {
      await page.click(view('all'));
      await page.click(at('show-today'));
      await page.waitForSelector(at('today-bar'));
    },
    within: LIST,
  },
  { name: 'picker', fake: MONTH, open: picker, within: PICKER },
  {
    name: 'picker-process',
    fake: MONTH,
    open: process,
    within: PICKER,
  },
  {
    name: 'picker-statuses',
    fake: 'names,long,still',
    open: async (page) => {
      await process(page);
      await page.click(at('show-statuses'));
      await page.waitForSelector(`${at('show-statuses')}[aria-disabled="false"]`);
    },
    within: PICKER,
  },
  {
    name: 'picker-ticked',
    fake: MONTH,
    open: async (page) => {
      await process(page);
      for (const n of [0, 1]) await page.locator(at('select-process-run')).nth(n).check();
    },
    within: PICKER,
  },
  {
    name: 'picker-lost',
    fake: `${MONTH},create-lost`,
    open: async (page) => {
      await process(page);
      await page.click(at('create-run'));
      await page.waitForSelector(at('new-run'));
    },
    within: PICKER,
  },
  { name: 'picker-huge', fake: 'huge,still', open: process, within: PICKER },
  {
    name: 'picker-offline',
    fake: `${MONTH},offline`,
    open: async (page) => {
      await page.click(at('pick-process'));
      await page.waitForSelector(`${PICKER} ${at('error-banner')}`);
    },
    within: PICKER,
  },
  { name: 'inbox', fake: 'two,still', open: panel('inbox') },
  { name: 'inbox-empty', fake: 'empty,still', open: panel('inbox'), within: 'aside' },
  {
    name: 'activity',
    fake: MONTH,
    open: activity,
    within: 'aside',
  },
  {
    name: 'activity-saved',
    fake: MONTH,
    open: async (page) => {
      await activity(page);
      await page.click(at('export-activity'));
      await page.waitForSelector(at('activity-exported'));
    },
    within: 'aside',
  },
  { name: 'activity-empty', fake: 'empty,still', open: panel('activity'), within: 'aside' },
  { name: 'first-run', ...FIRST_RUN },
  {
    name: 'sign-in-lacking',
    ...FIRST_RUN,
    open: async (page) => {
      await page.click(at('first-run-connect'));
      await page.click(at('connect'));
    },
  },
  { name: 'window', fake: MONTH },
  { name: 'banners', fake: BUSY },
  { name: 'banners-open', fake: BUSY, open: (page) => page.click(at('more-banners')) },
  { name: 'activity-simple', fake: 'two,still', open: panel('activity') },
  {
    name: 'account-menu',
    fake: 'token,long,two,still',
    within: 'header',
    open: (page) => page.click(at('account')),
  },
  {
    name: 'palette',
    fake: MONTH,
    open: async (page) => {
      await page.keyboard.press('Control+k');
      await page.fill(at('palette-input'), 'bank');
    },
  },
  { name: 'palette-empty', fake: 'still', open: (page) => page.keyboard.press('Control+k') },
  {
    name: 'details',
    fake: 'two,still',
    open: async (page) => {
      await page.click(at('account'));
      await page.click(at('account-details'));
    },
  },
  {
    name: 'unsaved',
    fake: 'two,still',
    open: async (page) => {
      await page.click(at('open-settings'));
      await page.click(`${at('settings-section')}[data-section="poll-limits"]`);
      await page.fill(at('shortest-seconds'), '7');
      await page.click(at('dismiss'));
    },
  },
  ...[
    'accounts',
    'notifications',
    'start',
    'poll-limits',
    'connection',
    'keyboard',
    'diagnostics',
    'about',
  ].map(section),
];
