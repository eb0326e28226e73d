/**
 * Everything that comes from the backend by itself: the whole at the start and after a loss, then what
 * changed, in batches. Nothing falls between the two.
 */
import type { AppError, AppInfo, CloseRef, RunRow, Snapshot, Update } from '../generated/contract';
import { toAppError, type Host, type RunRef } from '../host/host';
import { nameOf } from '../words/names';
import { runStanding, type RunChange } from '../words/runs';
import type { Accounts } from './accounts.svelte';
import type { Activity } from './activity.svelte';
import type { Announcer } from './announcer.svelte';
import type { Ask } from './ask.svelte';
import type { Closes } from './closes.svelte';
import type { Covers } from './covers.svelte';
import type { Entrance } from './entrance.svelte';
import type { History } from './history.svelte';
import type { Inbox } from './inbox.svelte';
import { together } from './many.svelte';
import type { Notes } from './notes.svelte';
import type { OpenRun } from './open-run.svelte';
import { quitQuestion } from './quitting';
import { runKey, type Runs } from './runs.svelte';
import type { SignIn } from './sign-in.svelte';

/** The whole is asked for again after this while some of it cannot be read. */
const AGAIN_MS = 5_000;

/** What was in sight in the page before, which has ended by itself. */
export type Before = Pick<Snapshot, 'openRun' | 'place'>;

interface Around {
  readonly accounts: Accounts;
  readonly activity: Activity;
  readonly announcer: Announcer;
  readonly ask: Ask;
  readonly closes: Closes;
  readonly covers: Covers;
  readonly entrance: Entrance;
  readonly history: History;
  readonly inbox: Inbox;
  readonly notes: Notes;
  readonly open: OpenRun;
  readonly runs: Runs;
  readonly signIn: SignIn;
  info: AppInfo | null;
  desktopProblem: string | null;
  paused: boolean;
  openRun(run: RunRef): void;
  openClose(close: CloseRef, start: string | null): void;
  openInbox(id: number | null): void;
  historyIsKept(): void;
  /** A batch was taken. */
  settled(): void;
  broken(error: AppError): void;
}

export class Intake {
  /** What came while the whole was asked for; none while updates are taken as they come. */
  private early: Update[] | null = null;
  private again?: ReturnType<typeof setTimeout>;
  /** What a screen reader is told of the batch at hand, by run. */
  private changes = new Map<string, RunChange>();
  private openChanged = false;

  constructor(
    private host: Host,
    private app: Around,
  ) {}

  /** Opens the stream, and takes the whole that comes with it once what it is looked at by is `ready`. */
  async begin(ready: Promise<void>, arrived: (before: Before) => void): Promise<void> {
    await this.takeWhole(async () => {
      const opening = this.host.subscribe((updates) => this.receive(updates));
      const [snapshot] = await Promise.all([opening, ready]);
      return snapshot;
    }, arrived);
  }

  private receive(updates: Update[]): void {
    // Whoever asks waits for the answer, however long the whole takes; without one it asks again.
    if (updates.some(({ type }) => type === 'ping')) this.host.pageAlive().catch(() => undefined);
    if (this.early) this.early = this.early.concat(updates);
    else this.takeBatch(updates);
  }

  private async takeWhole(
    ask: () => Promise<Snapshot> = () => this.host.snapshot(),
    arrived: (before: Before) => void = () => undefined,
  ): Promise<void> {
    this.early ??= [];
    clearTimeout(this.again);
    const accounts = this.app.accounts.list.map(({ id }) => id);
    let before: Before;
    try {
      const snapshot = await ask();
      before = snapshot;
      this.batch(() => this.replace(snapshot, accounts));
    } catch (thrown) {
      return this.app.broken(toAppError(thrown));
    }
    arrived(before);
    const { early } = this;
    this.early = null;
    this.takeBatch(early);
  }

  /** The list is found and sorted once for all of them. */
  private takeBatch(updates: Update[]): void {
    this.batch(() => updates.forEach((update) => this.take(update)));
    if (updates.some(({ type }) => type === 'missed')) void this.takeWhole();
  }

  private batch(changes: () => void): void {
    together(changes);
    if (this.openChanged) void this.app.open.changed();
    this.openChanged = false;
    this.app.announcer.tell(this.changes);
    this.changes.clear();
    this.app.settled();
  }

  /** `accounts` are those that were known when the snapshot was asked for: one that came since stays. */
  private replace(snapshot: Snapshot, accounts: string[]): void {
    const { app } = this;
    app.info = snapshot.app;
    app.signIn.setUsualPort(snapshot.app.usualCallbackPort);
    app.signIn.setPolicy(snapshot.app.policy);
    app.history.damaged = snapshot.damaged;
    this.takeStore(snapshot.storeProblem);
    app.desktopProblem = snapshot.desktopProblem;
    app.paused = snapshot.paused;
    app.notes.take(snapshot.notes);
    const kept = new Set(snapshot.accounts.map(({ id }) => id));
    accounts.filter((id) => !kept.has(id)).forEach((id) => app.entrance.accountRemoved(id));
    snapshot.accounts.forEach((account) => app.entrance.takeAccount(account));
    const listed = new Set(snapshot.runs.map(runKey));
    for (const row of app.runs.all()) {
      // An answer may have brought it after the snapshot was made.
      if (!listed.has(runKey(row)) && row.seq <= snapshot.seq) this.takeRemoved(row);
    }
    snapshot.runs.forEach((row) => this.takeRun(row));
    const isRead = snapshot.historyWasRead;
    app.history.isRead = isRead;
    app.inbox.replace(snapshot.inbox, isRead);
    app.activity.replace(snapshot.activity, isRead);
    if (!isRead) this.again = setTimeout(() => void this.takeWhole(), AGAIN_MS);
    app.closes.stale();
  }

  private take(update: Update): void {
    const { app } = this;
    switch (update.type) {
      case 'run':
        return this.takeRun(update.row);
      case 'run-removed':
        return this.takeRemoved(update);
      case 'account':
        return app.entrance.takeAccount(update.account);
      case 'account-removed':
        return app.entrance.accountRemoved(update.accountId);
      case 'inbox':
        return app.inbox.arrived(update.item);
      case 'inbox-read':
        return app.inbox.markRead(update.ids);
      case 'missed':
      case 'ping':
        return;
      case 'board':
        return app.closes.arrived(update.board);
      case 'plans':
        return app.closes.plansChanged();
      case 'open-close':
        return this.open(() => app.openClose(update.close, update.start));
      case 'activity':
        return app.activity.take(update.row);
      case 'store':
        return this.takeStore(update.problem);
      case 'desktop':
        app.desktopProblem = update.problem;
        return;
      case 'paused':
        app.paused = update.paused;
        return;
      case 'quitting':
        return app.ask.ask(quitQuestion(this.host, update.runs, update.unshown));
      case 'no-browser':
        return app.signIn.wait.notOpened(update.problem);
      case 'open-run':
        return this.open(() => app.openRun(update));
      case 'open-inbox':
        return this.open(() => app.openInbox(update.id));
      case 'not-opened':
        return app.covers.show(() => app.notes.add(update.problem));
    }
  }

  /** What a click elsewhere shows, a link too. */
  private open(show: () => void): void {
    this.app.covers.show(() => {
      this.app.notes.answered();
      show();
    });
  }

  private takeRun(row: RunRow): void {
    const { runs, open } = this.app;
    const before = runs.get(row);
    const isOpen = open.isOpen(row);
    if (!runs.take(row, 'updates', isOpen)) return;
    if (isOpen) this.openChanged = true;
    if (!before || !(isOpen || row.watched)) return;
    const { word } = runStanding(row);
    if (word !== runStanding(before).word) {
      this.changes.set(runKey(row), { name: nameOf(row.name, row.runId), word });
    }
  }

  private takeRemoved(run: RunRef): void {
    const { runs, open } = this.app;
    runs.remove(run);
    if (open.isOpen(run)) open.close();
  }

  private takeStore(problem: string | null): void {
    this.app.history.problem = problem;
    if (problem === null) this.app.historyIsKept();
  }
}
