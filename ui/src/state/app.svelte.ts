/** The whole page's state: joins the parts, takes the updates, and knows what is in sight. */
import { createContext, tick } from 'svelte';
import type { AppError, AppInfo, CloseRef, PlanRow, RunRow } from '../generated/contract';
import { toAppError, type Host, type RunRef } from '../host/host';
import { EDITOR } from '../words/close-editor';
import { COPIED } from '../words/common';
import { DONE } from '../words/done';
import { INBOX } from '../words/inbox';
import { quoted } from '../words/names';
import { WINDOW } from '../words/window';
import { AccountCare } from './account-care.svelte';
import { Accounts } from './accounts.svelte';
import { Actions } from './actions.svelte';
import { Activity } from './activity.svelte';
import { ActivityExport } from './activity-export.svelte';
import { Announcer } from './announcer.svelte';
import { Archive } from './archive.svelte';
import { Ask } from './ask.svelte';
import { Bulk } from './bulk.svelte';
import { BulkStart } from './bulk-start.svelte';
import { Clock } from './clock.svelte';
import { PlanEditor } from './close-editor.svelte';
import { CloseOpening } from './close-opening.svelte';
import { PlanProcesses } from './close-processes.svelte';
import { CloseRun } from './close-run.svelte';
import { Closes } from './closes.svelte';
import { Connection } from './connection.svelte';
import { Covers, type Cover } from './covers.svelte';
import { Diagnostics } from './diagnostics.svelte';
import { Entrance } from './entrance.svelte';
import { Handling } from './handling.svelte';
import { History } from './history.svelte';
import { Inbox } from './inbox.svelte';
import { Intake, type Before } from './intake';
import { Latest, type Still } from './latest';
import { LaunchAtLoginChoice } from './launch-at-login.svelte';
import { List } from './list.svelte';
import { Notes } from './notes.svelte';
import { Notifications } from './notifications.svelte';
import { OpenRun } from './open-run.svelte';
import { PageChoices } from './page-settings.svelte';
import { Palette } from './palette.svelte';
import { Picker } from './picker.svelte';
import type { Page, Panel } from './places';
import { goTo, placeOf } from './place';
import { PollLimitsSettings } from './poll-limits.svelte';
import { runKey, Runs } from './runs.svelte';
import { Selection } from './selection.svelte';
import { Settings } from './settings.svelte';
import { SignIn } from './sign-in.svelte';
import { Undo } from './undo.svelte';
import { Views } from './views.svelte';

/** Whoever types is done with a word. */
const PLACE_MS = 300;

export const [getApp, setApp] = createContext<App>();

export class App {
  readonly clock = new Clock();
  readonly announcer = new Announcer();
  readonly accounts = new Accounts();
  readonly runs = new Runs();
  readonly activity = new Activity();
  readonly ask = new Ask();
  readonly covers = new Covers();
  readonly notes = new Notes();
  readonly palette = new Palette();
  readonly undo = new Undo(this.announcer, (error) => this.fail(error));
  readonly views: Views;
  readonly selection = new Selection(() => this.rows);
  readonly activityExport: ActivityExport;
  readonly archive: Archive;
  readonly bulk: Bulk;
  readonly bulkStart: BulkStart;
  readonly handling: Handling;
  /** Where in the window its user went. */
  readonly moves = new Latest();
  readonly history: History;
  readonly inbox: Inbox;
  readonly open: OpenRun;
  readonly actions: Actions;
  readonly signIn: SignIn;
  readonly picker: Picker;
  readonly closes: Closes;
  readonly closeRun: CloseRun;
  readonly closeOpening: CloseOpening;
  readonly planEditor: PlanEditor;
  readonly planProcesses: PlanProcesses;
  readonly list: List;
  readonly care: AccountCare;
  readonly connection: Connection;
  readonly diagnostics: Diagnostics;
  readonly launch: LaunchAtLoginChoice;
  readonly notifications: Notifications;
  readonly pollLimits: PollLimitsSettings;
  readonly entrance: Entrance;
  readonly pageChoices: PageChoices;
  readonly settings: Settings;

  page = $state<Page>('loading');
  panel = $state<Panel | null>(null);
  /** The window has no room for a panel beside list and run: it lies over them. */
  panelCovers = $state(false);
  /** Which of the two is shown in a window that has room for one. */
  inFront = $state<'list' | 'run'>('list');
  info = $state.raw<AppInfo | null>(null);
  /** Why the desktop does not show notifications. */
  desktopProblem = $state<string | null>(null);
  /** Nothing is watched until somebody says so. */
  paused = $state(false);
  /** What went wrong at the start, or with something that has no place of its own. */
  error = $state.raw<AppError | null>(null);

  /** Nothing was opened yet since the runs came into sight: the first that there is will be. */
  private openSome = true;
  /** How often the open run is drawn: its pane says so, which a narrow window leaves out behind the list. */
  private drawn = 0;
  private intake: Intake;
  private keepingPlace?: ReturnType<typeof setTimeout>;

  constructor(readonly host: Host) {
    this.intake = new Intake(host, this);
    this.history = new History(host, this.ask, (error) => this.fail(error));
    this.views = new Views(host, this);
    this.activityExport = new ActivityExport(host, this.announcer);
    this.archive = new Archive(host, this);
    this.handling = new Handling(host, this);
    this.open = new OpenRun(host, this.runs);
    this.inbox = new Inbox(host, {
      isOpen: (run) => this.open.isOpen(run),
      isInSight: () => this.page === 'runs' && this.drawn > 0 && !this.isUnderPanel,
    });
    this.bulk = new Bulk(host, this);
    this.bulkStart = new BulkStart(host, this);
    this.actions = new Actions(
      host,
      this.ask,
      this.accounts,
      this.open,
      () => this.paused,
      this.moves,
    );
    this.signIn = new SignIn(host, this.ask, (account, still) =>
      this.entrance.connected(account, still),
    );
    this.picker = new Picker(host, this);
    this.list = new List(host, this);
    this.closes = new Closes(host, this);
    this.closeRun = new CloseRun(host, this);
    this.closeOpening = new CloseOpening(host, this.closes);
    this.planEditor = new PlanEditor(host, this);
    this.planProcesses = new PlanProcesses(host);
    this.care = new AccountCare(host, this);
    this.connection = new Connection(host);
    this.diagnostics = new Diagnostics(host);
    this.launch = new LaunchAtLoginChoice(host);
    this.pollLimits = new PollLimitsSettings(host);
    this.notifications = new Notifications(host, this);
    this.entrance = new Entrance(host, this);
    this.pageChoices = new PageChoices(host, this);
    this.settings = new Settings(this);
  }

  /** A panel lies over all else. */
  get isUnderPanel(): boolean {
    return this.panelCovers && this.panel !== null;
  }

  /** The runs in sight. */
  get rows(): RunRow[] {
    return this.views.rows;
  }

  async begin(): Promise<void> {
    this.page = 'loading';
    this.error = null;
    void this.pageChoices.load();
    const looked = this.views.load();
    await this.intake.begin(looked, (before) => this.arrive(before));
  }

  broken(error: AppError): void {
    this.error = error;
    this.page = 'broken';
  }

  /**
   * Straight to the runs where an account can be used; else to the sign-in form, or where there is no account
   * to the two ways of a first run. Where the page before this one has ended by itself, its user is where he
   * was, with the same run open: nobody has looked at it by that.
   */
  private arrive({ openRun, place }: Before): void {
    this.views.openBest();
    const again = openRun && this.runs.get(openRun);
    if (again) this.accounts.choose(again.accountId);
    const account = this.accounts.current;
    if (account && account.state !== 'signed-out') {
      this.page = 'runs';
      if (again) {
        this.inFront = 'run';
        this.show(again);
      }
      this.openFirst();
    } else if (account ?? this.info?.demo) {
      this.entrance.showSignIn();
    } else {
      this.entrance.showFirstRun();
    }
    if (place !== null) goTo(this, place);
  }

  /** Tells the backend where its user is. */
  keepPlace(): void {
    const place = placeOf(this);
    clearTimeout(this.keepingPlace);
    if (this.page === 'loading' || this.page === 'broken') return;
    this.keepingPlace = setTimeout(() => this.attempt(this.host.keepPlace(place)), PLACE_MS);
  }

  /** Puts a run beside the table: one that is going, else the first. */
  openFirst(): void {
    if (this.open.ref) return;
    const first = this.rows.find((row) => row.status === 'Running') ?? this.rows[0];
    this.openSome = !first;
    if (!first) return;
    this.views.kept = runKey(first);
    void this.open.open(first);
  }

  /** Takes a run that was added, and opens it where its user still waits for it. */
  added(row: RunRow, still: Still): void {
    this.runs.take(row, 'added');
    if (still()) {
      this.show(row);
      this.attempt(this.inbox.runShown(row));
    } else this.announcer.say(DONE.added(quoted(row.name, row.runId), row.runId));
  }

  /** Its user pressed or typed something: no answer to what was asked before opens anything any more. */
  touched(): void {
    this.moves.end();
  }

  openRun(run: RunRef): void {
    this.inFront = 'run';
    if (this.panelCovers) this.closePanel();
    this.show(run);
    this.attempt(this.inbox.runOpened(run));
  }

  private show(run: RunRef): void {
    this.moves.end();
    this.page = 'runs';
    this.openSome = false;
    this.views.kept = runKey(run);
    void this.open.open(run);
  }

  /** The board of a close takes the place of the list. */
  boardInFront(): void {
    this.inFront = 'list';
    // What its user sees of a close needs no sign-in.
    if (this.page === 'sign-in' && this.accounts.list.length > 0) this.page = 'runs';
    if (this.panelCovers) this.closePanel();
  }

  /** A plan was kept: what can be opened of a new one is asked next. */
  saved(row: PlanRow, isNew: boolean, isAwaited: boolean): void {
    const planId = row.plan.planId ?? '';
    if (isNew && isAwaited) {
      this.closes.choose({ planId, periodLast: null });
      void this.closeOpening.show(row);
    } else this.announcer.say(EDITOR.saved(quoted(row.plan.name, planId)));
    void this.closes.load();
  }

  /** Brings the list into sight where it is behind something. */
  showList(): void {
    if (this.page === 'sign-in') this.entrance.leaveSignIn();
    this.closes.inSight = false;
    this.inFront = 'list';
    if (this.panelCovers) this.closePanel();
  }

  /** Its key and its button open a panel, and close it again. */
  togglePanel(panel: Panel): void {
    if (this.panel === panel) this.closePanel();
    else this.openPanel(panel);
  }

  openPanel(panel: Panel): void {
    if (this.panel !== panel) this.putPanel(panel);
  }

  /** Opens the board of a close, with the question whether to start this item. */
  openClose(close: CloseRef, start: string | null): void {
    this.closes.show(close);
    if (start !== null) void this.closeRun.startAtHand(close, start);
  }

  /** Opens the Inbox, at one of its items where there is any. */
  openInbox(id: number | null): void {
    this.openPanel('inbox');
    this.inbox.target = id;
    if (id !== null && !this.inbox.has(id)) this.notes.add(INBOX.gone);
  }

  /** Its answer is shown in the panel. */
  exportActivity(): void {
    this.openPanel('activity');
    void this.activityExport.run();
  }

  /** Whether somebody looks at the window. */
  attend(isAttended: boolean): void {
    this.attempt(this.inbox.attend(isAttended));
  }

  /** A dialog covers the window until what is returned is called: what it covers is neither read nor gone. */
  cover(by: Cover): () => void {
    const lift = this.covers.lay(by);
    this.undo.hold();
    this.attempt(this.inbox.cover(true));
    return () => {
      lift();
      this.undo.release();
      this.attempt(this.inbox.cover(false));
    };
  }

  /** The open run is drawn, until what is returned is called. */
  runCame(): () => void {
    this.drawn += 1;
    this.look();
    return () => {
      this.drawn -= 1;
    };
  }

  /** Whether a panel would lie over what is beside it where there is room. */
  setPanelCovers(covers: boolean): void {
    this.panelCovers = covers;
    this.lookAnew();
  }

  /** The open run or rows of the Inbox came into sight, or left it. */
  look(): void {
    this.attempt(this.inbox.look());
  }

  /** Once the page is drawn as it is now: what went with the same click is not in sight any more. */
  private lookAnew(): void {
    void tick().then(() => this.look());
  }

  /** A batch of updates was taken. */
  settled(): void {
    if (this.openSome && this.page === 'runs') this.openFirst();
    if (this.runs.all().some((row) => row.watched)) this.launch.runIsWatched();
    this.look();
  }

  closePanel(): void {
    this.putPanel(null);
    this.lookAnew();
  }

  private putPanel(panel: Panel | null): void {
    if (this.panel === 'inbox') this.inbox.closed();
    if (this.panel === 'activity') this.activityExport.closed();
    this.panel = panel;
  }

  askNow(): void {
    this.attempt(this.host.askNow());
  }

  /** What the history refused until now is no news any more. */
  historyIsKept(): void {
    if (this.error?.code === 'store') this.error = null;
    this.open.historyIsKept();
    this.attempt(this.inbox.historyIsKept());
  }

  /** In a second window; its data is kept apart. Says whether it opens. */
  async openSample(): Promise<boolean> {
    try {
      await this.host.openSampleData();
      this.announcer.say(WINDOW.sampleOpens);
      return true;
    } catch (thrown) {
      this.fail(toAppError(thrown));
      return false;
    }
  }

  setPaused(paused: boolean): void {
    this.attempt(this.host.setPaused(paused));
  }

  quit(): void {
    this.attempt(this.host.askToQuit());
  }

  async copy(text: string): Promise<boolean> {
    try {
      await this.host.copyText(text);
      this.announcer.say(COPIED);
      return true;
    } catch (thrown) {
      this.fail(toAppError(thrown));
      return false;
    }
  }

  fail(error: AppError): void {
    this.error = error;
  }

  /** For calls whose success shows by an update. */
  private attempt(call: Promise<void>): void {
    call.catch((thrown: unknown) => this.fail(toAppError(thrown)));
  }
}
