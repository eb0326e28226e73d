/** What the palette offers beside the open run's actions, and what it finds of all that. */
import type { App } from '../../state/app.svelte';
import { byKind, found, MOST_OFFERS, type Offer } from '../../state/palette.svelte';
import { isFound } from '../../state/runs.svelte';
import { SECTIONS } from '../../state/sections';
import { TABS } from '../../state/tabs';
import { ACCOUNT_MENU } from '../../words/account-menu';
import { ACTIVITY } from '../../words/activity';
import { ADDING } from '../../words/adding';
import { countRuns } from '../../words/common';
import { FIRST_RUN } from '../../words/first-run';
import { LIST_MENU, processName, TAB_WORDS } from '../../words/list';
import { chord } from '../../words/keys';
import { FILTERS } from '../../words/list-views';
import { isolated, nameOf } from '../../words/names';
import { APP_OFFERS, LIST_OFFERS, VIEW_OFFERS } from '../../words/palette';
import { cut, host, runStanding } from '../../words/runs';
import { SECTION_WORDS, ZOOM } from '../../words/settings';
import { focusInList } from '../help/shortcuts';
import { bulkActions } from '../runs/bulk-actions';
import { runOffers } from './run-offers';

/** In the order in which they are shown. */
export function search(app: App, words: string[]): Offer[] {
  return byKind(best(app, words)).flat();
}

function best(app: App, words: string[]): Offer[] {
  const fixed = found(
    [...selectionOffers(app), ...runOffers(app), ...viewOffers(app), ...actionOffers(app)],
    words,
  );
  if (words.length === 0) return fixed.slice(0, MOST_OFFERS);
  const processes = found(processOffers(app), words).slice(0, 10);
  const all = [...fixed, ...processes];
  return [...all, ...runsFound(app, words, MOST_OFFERS - all.length)].slice(0, MOST_OFFERS);
}

/** What the bar of the selected runs offers. */
function selectionOffers(app: App): Offer[] {
  if (app.page !== 'runs' || app.selection.selected.length === 0) return [];
  return bulkActions(app).map(({ id, ...action }) => ({
    ...action,
    id: `selected ${id}`,
    kind: 'selection',
  }));
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
      show(`view ${tab}`, TAB_WORDS[tab], countRuns(views.counts[tab]), () => views.choose(tab)),
    ),
    ...views.saved.map((view) =>
      show(`saved ${view.name}`, isolated(cut(view.name, 60)), VIEW_OFFERS.saved, () =>
        views.chooseSaved(view),
      ),
    ),
    show('today', views.showsToday ? VIEW_OFFERS.asTable : VIEW_OFFERS.asTimeline, null, () => {
      views.showsToday = !views.showsToday;
    }),
    show('group', views.look.grouped ? VIEW_OFFERS.ungroup : LIST_MENU.group, null, () =>
      views.group(!views.look.grouped),
    ),
    show(
      'archived',
      views.showArchived ? VIEW_OFFERS.hideArchived : VIEW_OFFERS.showArchived,
      null,
      () => {
        views.showArchived = !views.showArchived;
      },
    ),
    show('clear', VIEW_OFFERS.clear, null, () => views.clear()),
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
    more: VIEW_OFFERS.only(id),
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
    action('settings', APP_OFFERS.settings, () => app.settings.show(), { key: chord(',') }),
    ...SECTIONS.map((section) =>
      action(
        `settings ${section}`,
        APP_OFFERS.section(SECTION_WORDS[section]),
        () => app.settings.show(section),
        section === 'keyboard' ? { key: 'F1' } : { isRare: true },
      ),
    ),
    action('zoom-in', ZOOM.in, () => app.pageChoices.zoom('in'), { key: chord('+') }),
    action('zoom-out', ZOOM.out, () => app.pageChoices.zoom('out'), { key: chord('−') }),
    action('zoom-reset', ZOOM.reset, () => app.pageChoices.zoom('reset'), { key: chord('0') }),
    action('quit', ACCOUNT_MENU.quit, () => app.quit()),
  ];
  if (!app.info?.demo) {
    offers.push(action('sample', FIRST_RUN.demo, () => void app.openSample()));
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
    action('find', FILTERS.search, () => focusInList(app, 'search'), { key: chord('F') }),
    action('add', ADDING.field, () => focusInList(app, 'add-run-id'), {
      key: chord('N'),
    }),
    action('pick', LIST_OFFERS.pick, () => app.picker.open(account.id)),
    action('inbox', panel === 'inbox' ? LIST_OFFERS.closeInbox : LIST_OFFERS.openInbox, () =>
      app.togglePanel('inbox'),
    ),
    action(
      'activity',
      panel === 'activity' ? LIST_OFFERS.closeActivity : LIST_OFFERS.openActivity,
      () => app.togglePanel('activity'),
    ),
    action('export-activity', LIST_OFFERS.exportActivity, () => app.exportActivity(), {
      isRare: true,
      reason: app.activity.rows.length === 0 ? ACTIVITY.nothingToExport : null,
    }),
    action('ask-now', LIST_OFFERS.askNow, () => app.askNow()),
    action('archive-ended', LIST_MENU.archive(0), () => void app.archive.putAway(ended), {
      isRare: true,
      reason: ended.length === 0 ? LIST_MENU.archiveHint(0) : null,
      more: ended.length === 0 ? null : countRuns(ended.length),
    }),
    app.paused
      ? action('resume', LIST_OFFERS.resume, () => app.setPaused(false))
      : action('pause', LIST_OFFERS.pause, () => app.setPaused(true), {
          isRare: true,
          more: LIST_OFFERS.pauseHint,
        }),
  ];
}

function accountOffers(app: App, action: Make): Offer[] {
  const { accounts, care, entrance } = app;
  const account = accounts.current;
  const add = action('add-account', ACCOUNT_MENU.add, () => entrance.addAccount());
  if (!account) {
    return [{ ...add, words: ACCOUNT_MENU.connect, act: () => entrance.showSignIn() }];
  }
  const its = { more: isolated(cut(account.label, 60)), isRare: true };
  const others = accounts.list.filter(({ id }) => id !== account.id);
  const offers = [
    ...others.map((other) =>
      action(
        `account ${other.id}`,
        APP_OFFERS.goToAccount(isolated(cut(other.label, 60))),
        () => entrance.switchAccount(other),
        { more: host(other.origin), isRare: true },
      ),
    ),
    action('details', ACCOUNT_MENU.details, () => care.showDetails(account), its),
    action('name', ACCOUNT_MENU.name, () => care.name(account), its),
    action('solvexia', ACCOUNT_MENU.openSolvexia, () => void care.openSolvexia(account), its),
    { ...add, isRare: true },
  ];
  if (account.state === 'signed-out') {
    offers.push(action('sign-in', APP_OFFERS.signIn, () => entrance.showSignIn(account), its));
  } else {
    offers.push(
      action('sign-out', ACCOUNT_MENU.signOut, () => void entrance.signOut(account), its),
    );
  }
  if (!account.isSample) {
    offers.push(action('forget', ACCOUNT_MENU.remove, () => care.askRemove(account), its));
  }
  return offers;
}
