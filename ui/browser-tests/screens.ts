/**
 * Every screen that is looked at in each size and look. To add one: a line in a visit, where it is reached from what
 * stands before it, or a visit of its own.
 */
import type { Page } from 'playwright-core';
import { SECTIONS } from '../src/state/sections';
import { at, painted, view } from './page';

export interface Screen {
  name: string;
  /** From the screen before it, or from the list. */
  go?: (page: Page) => Promise<unknown>;
  /** The part of the page that it is, if it is not all of it: axe looks at this alone. */
  within?: string;
  /** What must be there to be pressed, however small the window is. */
  reach?: string[];
}

/** Screens that are reached one after the other in the same page. */
export interface Visit {
  /** The scenario of the fake host. */
  fake: string;
  /** What is waited for where no list comes. */
  first?: string;
  screens: Screen[];
}

const LIST = 'section[aria-label="Runs"]';
const DIALOG = 'dialog[open]';
const PANEL = 'aside';
const MONTH = 'month-end,still';
const BUSY = `${MONTH},store,no-desktop,paused,notes,clock-off,launch-question`;

const press = (what: string) => (page: Page) => page.click(at(what));

async function picker(page: Page) {
  await page.click(at('pick-process'));
  await page.waitForSelector(at('process-row'));
}

async function process(page: Page) {
  await page.locator(at('process-row')).first().click();
  await page.waitForSelector(at('process-run-row'));
}

async function processFromList(page: Page) {
  await picker(page);
  await process(page);
}

/** A run created, a failure dealt with and taken back: all kinds of rows. */
async function activity(page: Page) {
  await page.locator(at('run-name')).first().click();
  await page.locator(at('mark-row-handled')).first().click();
  await page.click(at('undo'));
  await processFromList(page);
  await page.click(at('create-run'));
  await page.waitForSelector(DIALOG, { state: 'detached' });
  await page.click(at('open-activity'));
  await page.waitForSelector(at('activity-row'));
}

/** A panel or a dialog gives way to what is behind it. */
async function back(page: Page) {
  await page.keyboard.press('Escape');
  await page.waitForSelector(`${DIALOG}, ${PANEL}`, { state: 'detached' });
}

async function section(page: Page, name: string) {
  await page.click(`${at('settings-section')}[data-section="${name}"]`);
  await painted(page);
}

export const VISITS: Visit[] = [
  {
    fake: 'first-run',
    first: at('first-run-demo'),
    screens: [
      { name: 'first-run' },
      {
        name: 'sign-in-lacking',
        go: async (page) => {
          await page.click(at('first-run-connect'));
          await page.click(at('connect'));
        },
      },
    ],
  },
  {
    fake: MONTH,
    screens: [
      { name: 'attention' },
      { name: 'all', go: (page) => page.click(view('all')), within: LIST },
      {
        name: 'today',
        go: async (page) => {
          await page.click(at('show-today'));
          await page.waitForSelector(at('today-bar'));
        },
        within: LIST,
      },
    ],
  },
  {
    fake: MONTH,
    screens: [
      {
        name: 'palette',
        go: async (page) => {
          await page.keyboard.press('Control+k');
          await page.fill(at('palette-input'), 'bank');
        },
      },
      {
        name: 'picker',
        go: async (page) => {
          await back(page);
          await picker(page);
        },
        within: DIALOG,
        reach: [at('process-search')],
      },
      {
        name: 'picker-process',
        go: process,
        within: DIALOG,
        reach: ['process-run-row', 'show-statuses', 'start-after', 'create-run'].map(at),
      },
      {
        name: 'picker-ticked',
        go: async (page) => {
          for (const n of [0, 1]) await page.locator(at('select-process-run')).nth(n).check();
        },
        within: DIALOG,
        reach: ['add-ticked', 'watch-ticked'].map(at),
      },
    ],
  },
  {
    fake: BUSY,
    screens: [{ name: 'banners' }, { name: 'banners-open', go: press('more-banners') }],
  },
  { fake: 'launch-question,still', screens: [{ name: 'launch-question' }] },
  {
    fake: 'names,long,still',
    screens: [
      { name: 'names', go: (page) => page.click(view('all')), within: LIST },
      {
        name: 'picker-statuses',
        go: async (page) => {
          await processFromList(page);
          await page.click(at('show-statuses'));
          await page.waitForSelector(`${at('show-statuses')}[aria-disabled="false"]`);
        },
        within: DIALOG,
        reach: [at('create-run')],
      },
    ],
  },
  {
    fake: `${MONTH},create-lost`,
    screens: [
      {
        name: 'picker-lost',
        go: async (page) => {
          await processFromList(page);
          await page.click(at('create-run'));
          await page.waitForSelector(at('new-run'));
        },
        within: DIALOG,
        reach: ['new-run', 'create-run'].map(at),
      },
    ],
  },
  {
    fake: 'huge,still',
    screens: [{ name: 'picker-huge', go: processFromList, within: DIALOG }],
  },
  {
    fake: `${MONTH},offline`,
    screens: [
      {
        name: 'picker-offline',
        go: async (page) => {
          await page.click(at('pick-process'));
          await page.waitForSelector(`${DIALOG} ${at('error-banner')}`);
        },
        within: DIALOG,
      },
    ],
  },
  {
    fake: 'two,still',
    screens: [
      { name: 'inbox', go: press('open-inbox') },
      {
        name: 'details',
        go: async (page) => {
          await back(page);
          await page.click(at('account'));
          await page.click(at('account-details'));
        },
      },
      {
        name: 'unsaved',
        go: async (page) => {
          await back(page);
          await page.click(at('open-settings'));
          await section(page, 'poll-limits');
          await page.fill(at('shortest-seconds'), '7');
          await page.click(at('dismiss'));
        },
      },
    ],
  },
  {
    fake: MONTH,
    screens: [
      { name: 'activity', go: activity, reach: [at('export-activity')] },
      {
        name: 'activity-saved',
        go: async (page) => {
          await page.click(at('export-activity'));
          await page.waitForSelector(at('activity-exported'));
        },
        within: PANEL,
      },
    ],
  },
  {
    fake: 'empty,still',
    screens: [
      { name: 'inbox-empty', go: press('open-inbox'), within: PANEL },
      { name: 'activity-empty', go: press('open-activity'), within: PANEL },
    ],
  },
  {
    fake: 'token,long,two,still',
    screens: [{ name: 'account-menu', go: press('account'), within: 'header' }],
  },
  {
    fake: 'still',
    screens: [{ name: 'palette-empty', go: (page) => page.keyboard.press('Control+k') }],
  },
  {
    fake: 'policy,proxy,still',
    screens: [
      ...(['start', 'notifications', 'connection'] as const).map((name, n) => ({
        name: `policy-${name}`,
        go: async (page: Page) => {
          if (n === 0) await page.click(at('open-settings'));
          await section(page, name);
        },
        within: DIALOG,
      })),
      {
        name: 'policy-sign-in',
        go: async (page) => {
          await back(page);
          await page.click(at('account'));
          await page.click(at('add-account'));
        },
      },
    ],
  },
  {
    fake: 'two,proxy,still',
    screens: SECTIONS.map((name, n) => ({
      name: `settings-${name}`,
      go: async (page) => {
        if (n === 0) await page.click(at('open-settings'));
        await section(page, name);
      },
    })),
  },
];
