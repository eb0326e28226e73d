/** What the desktop shows, as the user chooses it. The Inbox always gets everything. */
import { SvelteSet } from 'svelte/reactivity';
import type { AppError, MuteFor, NotificationSettings, Outcome } from '../generated/contract';
import { toAppError, type Host, type RunRef } from '../host/host';
import type { OpenRun } from './open-run.svelte';
import type { Runs } from './runs.svelte';

export const OUTCOMES: Outcome[] = [
  'succeeded',
  'warnings',
  'failed',
  'timed-out',
  'cancelled',
  'unverified',
];

export class Notifications {
  open = $state(false);
  /** What is kept; none until it was read. */
  kept = $state.raw<NotificationSettings | null>(null);

  readonly silent = new SvelteSet<Outcome>();
  readonly mutedAccounts = new SvelteSet<string>();
  long = $state(true);
  quiet = $state(false);
  from = $state('');
  to = $state('');
  failuresPierce = $state(false);
  hideDetails = $state(false);

  busy = $state(false);
  saved = $state(false);
  error = $state.raw<AppError | null>(null);
  /** Counts what was opened: an answer for what is no longer open is dropped. */
  private opening = 0;

  constructor(
    private host: Host,
    private runs: Runs,
    private run: OpenRun,
  ) {}

  private readonly chosen = $derived.by((): NotificationSettings => ({
    silent: OUTCOMES.filter((outcome) => this.silent.has(outcome)),
    long: this.long,
    quiet: this.quiet ? { from: this.from.trim(), to: this.to.trim() } : null,
    failuresPierce: this.failuresPierce,
    hideDetails: this.hideDetails,
    mutedAccounts: [...this.mutedAccounts].sort(),
  }));

  readonly changed = $derived.by(
    () => this.kept !== null && JSON.stringify(this.chosen) !== JSON.stringify(inOrder(this.kept)),
  );

  async show(): Promise<void> {
    const opening = (this.opening += 1);
    this.open = true;
    this.kept = null;
    this.error = null;
    this.busy = false;
    this.saved = false;
    try {
      const settings = await this.host.getNotifications();
      if (this.opening === opening) this.take(settings);
    } catch (thrown) {
      if (this.opening === opening) this.error = toAppError(thrown);
    }
  }

  close(): void {
    this.opening += 1;
    this.open = false;
  }

  async save(): Promise<void> {
    if (this.busy || !this.changed) return;
    const opening = this.opening;
    this.busy = true;
    this.error = null;
    try {
      const settings = await this.host.setNotifications(this.chosen);
      if (this.opening !== opening) return;
      this.take(settings);
      this.saved = true;
    } catch (thrown) {
      if (this.opening === opening) this.error = toAppError(thrown);
    } finally {
      if (this.opening === opening) this.busy = false;
    }
  }

  /** Mutes or snoozes a run, or shows it again. */
  async mute(run: RunRef, time: MuteFor): Promise<void> {
    try {
      this.runs.take(await this.host.muteRun(run, time), 'answer');
    } catch (thrown) {
      this.run.fail(run, toAppError(thrown));
    }
  }

  toggle<T>(set: SvelteSet<T>, value: T): void {
    if (!set.delete(value)) set.add(value);
  }

  private take(settings: NotificationSettings): void {
    this.kept = settings;
    this.silent.clear();
    settings.silent.forEach((outcome) => this.silent.add(outcome));
    this.mutedAccounts.clear();
    settings.mutedAccounts.forEach((id) => this.mutedAccounts.add(id));
    this.long = settings.long;
    this.quiet = settings.quiet !== null;
    this.from = settings.quiet?.from ?? '18:30';
    this.to = settings.quiet?.to ?? '08:00';
    this.failuresPierce = settings.failuresPierce;
    this.hideDetails = settings.hideDetails;
  }
}

/** As `chosen` orders them: lists have no order of their own, and keys come as they stand. */
function inOrder(settings: NotificationSettings): NotificationSettings {
  const { silent, long, quiet, failuresPierce, hideDetails, mutedAccounts } = settings;
  return {
    silent: OUTCOMES.filter((outcome) => silent.includes(outcome)),
    long,
    quiet: quiet && { from: quiet.from, to: quiet.to },
    failuresPierce,
    hideDetails,
    mutedAccounts: [...mutedAccounts].sort(),
  };
}
