/** What the palette offers beside the open run's actions, and what it finds of all that. */
import type { App } from '../../state/app.svelte';
import { byKind, found, MOST_OFFERS, type Offer } from '../../state/palette.svelte';
import { isFound } from '../../state/runs.svelte';
import { SECTIONS } from '../../state/sections';
import { TABS } from '../../state/tabs';
import { processName, TAB_WORDS } from '../../words/list';
import { chord } from '../../words/keys';
import { isolated, nameOf } from '../../words/names';
import { count, cut, host, runStanding } from '../../words/runs';
import { SECTION_WORDS } from '../../words/settings';
import { focusInList } from '../help/shortcuts';
import { runOffers } from './run-offers';

/** In the order in which they are shown. */
export function search(app: App, words: string[]): Offer[] {
  return byKind(best(app, words)).flat();
}

function best(app: App, words: string[]): Offer[] {
  const fixed = found([...runOffers(app), ...viewOffers(app), ...actionOffers(app)], words);
  if (words.length === 0) return fixed.slice(0, MOST_OFFERS);
  const processes = found(processOffers(app), words).slice(0, 10);
  const all = [...fixed, ...processes];
  return [...all, ...runsFound(app, words, MOST_OFFERS - all.length)].slice(0, MOST_OFFERS);
}

/** Not every run is asked: the first ones by name are enough until more is typed. */
function runsFound(app: App, words: string[], most: number): Offer[] {
  const offers: Offer[] = [];
  for (const line of app.runs.byName()) {
    if (offers.length >= most) break;
    if (!isFound(line, words)) continue;
    const { row } = line;
    offers.push({
      id: `run ${line.key}`,
      kind: 'run',
      words: isolated(cut(nameOf(row.name, row.runId), 120)),
      more: `${row.runId} · ${runStanding(row).word}`,
      act: () => app.openRun(row),
    });
  }
  return offers;
}

function viewOffers(app: App): Offer[] {
  const { views } = app;
  if (app.accounts.list.length === 0) return [];
  const show = (id: string, words: string, more: string | null, act: () => void): Offer => ({
    id,
    kind: 'view',
    words,
    more,
    act: () => {
      app.showList();
      act();
    },
  });
  return [
    ...TABS.map((tab) =>
      show(`view ${tab}`, TAB_WORDS[tab], count(views.counts[tab], 'run'), () => views.choose(tab)),
    ),
    ...views.saved.map((view) =>
      show(`saved ${view.name}`, isolated(cut(view.name, 60)), 'saved view', () =>
        views.chooseSaved(view),
      ),
    ),
    show(
      'today',
      views.showsToday ? 'Show the list as a table' : 'Show today as a timeline',
      null,
      () => {
        views.showsToday = !views.showsToday;
      },
    ),
    show('group', views.look.grouped ? 'Do not group by process' : 'Group by process', null, () =>
      views.group(!views.look.grouped),
    ),
    show('archived', views.showArchived ? 'Hide archived runs' : 'Show archived runs', null, () => {
      views.showArchived = !views.showArchived;
    }),
    show('clear', 'Clear the search and the filters', null, () => views.clear()),
  ];
}

function processOffers(app: App): Offer[] {
  const names = new Map<string, string>();
  for (const row of app.runs.all()) if (row.processId) names.set(row.processId, processName(row));
  const only = (process: string) => () => {
    app.showList();
    app.views.showProcess(null, process);
  };
  return [...names].map(([id, name]) => ({
    id: `process ${id}`,
    kind: 'process',
    words: isolated(cut(name, 80)),
    more: `${id} · its runs alone`,
    act: only(id),
  }));
}

function actionOffers(app: App): Offer[] {
  const action = (
    id: string,
    words: string,
    act: () => void,
    more: Partial<Offer> = {},
  ): Offer => ({
    id,
    kind: 'action',
    words,
    act,
    ...more,
  });
  const offers = [
    action('settings', 'Settings…', () => app.settings.show(), { key: chord(',') }),
    ...SECTIONS.map((section) =>
      action(
        `settings ${section}`,
        `Settings: ${SECTION_WORDS[section]}`,
        () => app.settings.show(section),
        section === 'keyboard' ? { key: 'F1' } : { isRare: true },
      ),
    ),
    action('zoom-in', 'Zoom in', () => app.pageChoices.zoom('in'), { key: chord('+') }),
    action('zoom-out', 'Zoom out', () => app.pageChoices.zoom('out'), { key: chord('−') }),
    action('zoom-reset', 'Usual size', () => app.pageChoices.zoom('reset'), { key: chord('0') }),
    action('quit', 'Quit Runwatch', () => app.quit()),
  ];
  if (!app.info?.demo) {
    offers.push(action('sample', 'Look around with sample data', () => void app.openSample()));
  }
  return [...listOffers(app, action), ...accountOffers(app, action), ...offers];
}

type Make = (id: string, words: string, act: () => void, more?: Partial<Offer>) => Offer;

function listOffers(app: App, action: Make): Offer[] {
  const { accounts, page, panel } = app;
  const account = accounts.current;
  if (!account || page !== 'runs') return [];
  const ended = app.archive.ended();
  return [
    action('find', 'Search the list', () => focusInList(app, 'search'), { key: chord('F') }),
    action('add', 'Add runs by id or address', () => focusInList(app, 'add-run-id'), {
      key: chord('N'),
    }),
    action('pick', 'Choose or create a run in SolveXia…', () => app.picker.open(account.id)),
    action('inbox', panel === 'inbox' ? 'Close the Inbox' : 'Open the Inbox', () =>
      app.togglePanel('inbox'),
    ),
    action('activity', panel === 'activity' ? 'Close Activity' : 'Open Activity', () =>
      app.togglePanel('activity'),
    ),
    action('ask-now', 'Ask SolveXia about all runs now', () => app.askNow()),
    action('archive-ended', 'Archive ended runs', () => void app.archive.putAway(ended), {
      isRare: true,
      reason: ended.length === 0 ? 'There is none to archive.' : null,
      more: ended.length === 0 ? null : count(ended.length, 'run'),
    }),
    app.paused
      ? action('resume', 'Resume watching', () => app.setPaused(false))
      : action('pause', 'Pause watching', () => app.setPaused(true), {
          isRare: true,
          more: 'nothing is read or told until you resume',
        }),
  ];
}

function accountOffers(app: App, action: Make): Offer[] {
  const { accounts, care, entrance } = app;
  const account = accounts.current;
  const add = action('add-account', 'Add another account…', () => entrance.addAccount());
  if (!account) {
    return [{ ...add, words: 'Connect to SolveXia…', act: () => entrance.showSignIn() }];
  }
  const its = { more: isolated(cut(account.label, 60)), isRare: true };
  const others = accounts.list.filter(({ id }) => id !== account.id);
  const offers = [
    ...others.map((other) =>
      action(
        `account ${other.id}`,
        `Go to the account ${isolated(cut(other.label, 60))}`,
        () => entrance.switchAccount(other),
        { more: host(other.origin), isRare: true },
      ),
    ),
    action('details', 'Account details…', () => care.showDetails(account), its),
    action('name', 'Name and colour…', () => care.name(account), its),
    action('solvexia', 'Open SolveXia in the browser', () => void care.openSolvexia(account), its),
    { ...add, isRare: true },
  ];
  if (account.state === 'signed-out') {
    offers.push(action('sign-in', 'Sign in…', () => entrance.showSignIn(account), its));
  } else {
    offers.push(action('sign-out', 'Sign out', () => void entrance.signOut(account), its));
  }
  if (!account.isSample) {
    offers.push(action('forget', 'Remove this account…', () => care.askRemove(account), its));
  }
  return offers;
}
