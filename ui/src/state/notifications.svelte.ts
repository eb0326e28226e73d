/** What the desktop shows, as the user chooses it. The Inbox always gets everything. */
import { SvelteSet } from 'svelte/reactivity';
import {
  outcomeWords,
  type AppError,
  type MuteFor,
  type NotificationSettings,
  type Outcome,
} from '../generated/contract';
import { toAppError, type Host, type RunRef } from '../host/host';
import type { OpenRun } from './open-run.svelte';
import type { Runs } from './runs.svelte';
import { SettingsDialog } from './settings-dialog.svelte';

export const OUTCOMES = Object.keys(outcomeWords) as Outcome[];

export class Notifications extends SettingsDialog<NotificationSettings> {
  readonly silent = new SvelteSet<Outcome>();
  long = $state(true);
  quiet = $state(false);
  from = $state('');
  to = $state('');
  failuresPierce = $state(false);
  hideDetails = $state(false);

  constructor(
    private host: Host,
    private runs: Runs,
    private run: OpenRun,
    private fail: (error: AppError) => void,
  ) {
    super();
  }

  protected readonly chosen = $derived.by((): NotificationSettings => ({
    silent: OUTCOMES.filter((outcome) => this.silent.has(outcome)),
    long: this.long,
    quiet: this.quiet ? { from: this.from.trim(), to: this.to.trim() } : null,
    failuresPierce: this.failuresPierce,
    hideDetails: this.hideDetails,
  }));

  protected read(): Promise<NotificationSettings> {
    return this.host.getNotifications();
  }

  protected write(chosen: NotificationSettings): Promise<NotificationSettings> {
    return this.host.setNotifications(chosen);
  }

  /** Mutes or snoozes a run, or shows it again. */
  async mute(run: RunRef, time: MuteFor): Promise<void> {
    try {
      this.runs.take(await this.host.muteRun(run, time), 'answer');
    } catch (thrown) {
      this.run.fail(run, toAppError(thrown));
    }
  }

  /** The same for all runs of an account, at once: it is no part of what is saved. */
  async muteAccount(accountId: string, time: MuteFor): Promise<void> {
    const still = this.openings.join();
    this.error = null;
    try {
      await this.host.muteAccount(accountId, time);
    } catch (thrown) {
      if (still()) this.error = toAppError(thrown);
      else this.fail(toAppError(thrown));
    }
  }

  toggle<T>(set: SvelteSet<T>, value: T): void {
    if (!set.delete(value)) set.add(value);
  }

  protected fill(settings: NotificationSettings): NotificationSettings {
    this.silent.clear();
    settings.silent.forEach((outcome) => this.silent.add(outcome));
    this.long = settings.long;
    this.quiet = settings.quiet !== null;
    this.from = settings.quiet?.from ?? '18:30';
    this.to = settings.quiet?.to ?? '08:00';
    this.failuresPierce = settings.failuresPierce;
    this.hideDetails = settings.hideDetails;
    return this.chosen;
  }
}
