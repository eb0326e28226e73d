/** What the desktop shows, as the user chooses it. The Inbox always gets everything. */
import { SvelteSet } from 'svelte/reactivity';
import type {
  AppError,
  MuteFor,
  NotificationSettings,
  NotificationToggles,
  Outcome,
  RunRow,
} from '../generated/contract';
import { toAppError, type Host, type RunRef } from '../host/host';
import { DONE } from '../words/done';
import { OUTCOMES } from '../words/list';
import { quoted } from '../words/names';
import { upcoming } from '../words/runs';
import type { Accounts } from './accounts.svelte';
import type { OpenRun } from './open-run.svelte';
import type { Runs } from './runs.svelte';
import { SettingsForm } from './settings-form.svelte';
import type { Undo } from './undo.svelte';

interface Around {
  runs: Runs;
  open: OpenRun;
  accounts: Accounts;
  undo: Undo;
  fail: (error: AppError) => void;
}

export class Notifications extends SettingsForm<NotificationSettings> {
  readonly silent = new SvelteSet<Outcome>();
  quiet = $state(false);
  from = $state('');
  to = $state('');
  /** Of what is kept, once that was read. */
  switches = $state({} as NotificationToggles);
  /** When a snooze until the next working morning would end; none until the backend has said. */
  morning = $state<number | null>(null);

  constructor(
    private host: Host,
    private around: Around,
  ) {
    super();
  }

  protected readonly chosen = $derived.by((): NotificationSettings => ({
    silent: OUTCOMES.filter((outcome) => this.silent.has(outcome)),
    quiet: this.quiet ? { from: this.from.trim(), to: this.to.trim() } : null,
    switches: { ...this.switches },
  }));

  protected read(): Promise<NotificationSettings> {
    return this.host.getNotifications();
  }

  protected write(chosen: NotificationSettings): Promise<NotificationSettings> {
    return this.host.setNotifications(chosen);
  }

  /** Mutes or snoozes a run, or shows it again. */
  async mute(run: RunRow, time: MuteFor): Promise<void> {
    try {
      const { muted } = await this.setMuted(run, time);
      if (!muted) return;
      const { until } = muted;
      const name = quoted(run.name, run.runId);
      const words = until === null ? DONE.muted(name) : DONE.snoozedUntil(name, upcoming(until));
      // Only what is not muted can be muted: before, its notifications were shown.
      this.around.undo.offer(words, async () => void (await this.setMuted(run, 'unmute')));
    } catch (thrown) {
      this.around.open.fail(run, toAppError(thrown));
    }
  }

  private async setMuted(run: RunRef, time: MuteFor): Promise<RunRow> {
    const row = await this.host.muteRun(run, time);
    this.around.runs.take(row, 'answer');
    return row;
  }

  /** Asked anew with each day: the offer says when it would end. */
  async askMorning(): Promise<void> {
    this.morning = await this.host.nextMorning().catch(() => null);
  }

  /** The same for all runs of an account, at once: it is no part of what is saved. */
  async muteAccount(accountId: string, time: MuteFor): Promise<void> {
    const still = this.openings.join();
    this.error = null;
    try {
      await this.host.muteAccount(accountId, time);
      if (time === 'unmute') return;
      const label = this.around.accounts.get(accountId)?.label ?? accountId;
      const words = this.snoozed(quoted(label, accountId), time);
      this.around.undo.offer(words, () => this.host.muteAccount(accountId, 'unmute'));
    } catch (thrown) {
      if (still()) this.error = toAppError(thrown);
      else this.around.fail(toAppError(thrown));
    }
  }

  private snoozed(name: string, time: MuteFor): string {
    if (time === 'forever') return DONE.muted(name);
    const hour = time === 'hour' ? Date.now() + 3_600_000 : null;
    const until = hour ?? this.morning;
    return until === null ? DONE.snoozed(name) : DONE.snoozedUntil(name, upcoming(until));
  }

  toggle<T>(set: SvelteSet<T>, value: T): void {
    if (!set.delete(value)) set.add(value);
  }

  protected fill(settings: NotificationSettings): NotificationSettings {
    this.silent.clear();
    settings.silent.forEach((outcome) => this.silent.add(outcome));
    this.quiet = settings.quiet !== null;
    this.from = settings.quiet?.from ?? '18:30';
    this.to = settings.quiet?.to ?? '08:00';
    this.switches = { ...settings.switches };
    return this.chosen;
  }
}
