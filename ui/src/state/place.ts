/**
 * Where in the window its user is. The backend keeps it, so that a page which has to be made anew is where the one
 * before was. Of what was typed it has no secret.
 */
import type { ListTab, SignInMethod } from '../generated/contract';
import type { Shown } from './close-choice';
import type { Closes } from './closes.svelte';
import type { Entrance } from './entrance.svelte';
import type { List } from './list.svelte';
import type { Page, Panel } from './places';
import type { Section } from './sections';
import type { Settings } from './settings.svelte';
import type { SignIn } from './sign-in.svelte';
import type { Views } from './views.svelte';

interface Around {
  readonly page: Page;
  readonly panel: Panel | null;
  inFront: 'list' | 'run';
  readonly closes: Closes;
  readonly entrance: Entrance;
  readonly list: List;
  readonly settings: Settings;
  readonly signIn: SignIn;
  readonly views: Views;
  openPanel(panel: Panel): void;
}

interface Place {
  page: Page;
  tab: ListTab;
  savedView: string | null;
  search: string;
  isToday: boolean;
  inFront: 'list' | 'run';
  panel: Panel | null;
  /** The board that is in sight. */
  close: Shown | null;
  isBoard: boolean;
  /** The section of the settings that is open. */
  section: Section | null;
  /** What was typed to add a run. */
  toAdd: string;
  form: { environment: string; method: SignInMethod; clientId: string; port: string };
}

/** Where its user is, as it is kept. */
export function placeOf({
  page,
  views,
  inFront,
  panel,
  closes,
  settings,
  list,
  signIn,
}: Around): string {
  const { environment, method, clientId, port } = signIn;
  const place: Place = {
    page,
    tab: views.tab,
    savedView: views.savedName,
    search: views.search,
    isToday: views.showsToday,
    inFront,
    panel,
    close: closes.shown,
    isBoard: closes.inSight,
    section: settings.section,
    toAdd: list.text,
    form: { environment, method, clientId, port },
  };
  return JSON.stringify(place);
}

/** Goes to where its user was. The runs are there, and the tab is the one to begin with. */
export function goTo(app: Around, kept: string): void {
  const place = JSON.parse(kept) as Place;
  const saved = app.views.saved.find(({ name }) => name === place.savedView);
  if (saved) app.views.chooseSaved(saved);
  else app.views.choose(place.tab);
  app.views.search = place.search;
  app.views.showsToday = place.isToday;
  app.list.text = place.toAdd;
  if (place.page === 'sign-in') {
    app.entrance.showSignIn();
    Object.assign(app.signIn, place.form);
  }
  if (place.isBoard) app.closes.show(place.close);
  if (place.panel) app.openPanel(place.panel);
  if (place.section) app.settings.show(place.section);
  app.inFront = place.inFront;
}
