/** The settings screen: which section is in sight, and what was changed in any of them and not saved. */
import type { AccountView } from '../generated/contract';
import { CLOSE_UNSAVED, FACTS, UNSAVED_SETTINGS } from '../words/questions';
import { SECTION_WORDS } from '../words/settings';
import type { Accounts } from './accounts.svelte';
import type { Ask } from './ask.svelte';
import type { Connection } from './connection.svelte';
import type { Diagnostics } from './diagnostics.svelte';
import type { Notifications } from './notifications.svelte';
import type { Page } from './places';
import type { PollLimitsSettings } from './poll-limits.svelte';
import { SECTIONS, type Section } from './sections';
import type { SignIn } from './sign-in.svelte';

/** What is saved by a button. */
export interface SavedByButton {
  readonly open: boolean;
  readonly changed: boolean;
  readonly busy: boolean;
  readonly saved: boolean;
  save(): Promise<unknown>;
  close(): void;
}

interface Around {
  readonly accounts: Accounts;
  readonly ask: Ask;
  readonly connection: Connection;
  readonly diagnostics: Diagnostics;
  readonly notifications: Notifications;
  readonly pollLimits: PollLimitsSettings;
  readonly signIn: SignIn;
  readonly page: Page;
}

export class Settings {
  /** The section in sight; none while the screen is closed. */
  section = $state<Section | null>(null);

  constructor(private around: Around) {}

  /** What the section's button saves; none where everything counts at once. */
  form(section: Section): SavedByButton | null {
    const { notifications, pollLimits, connection } = this.around;
    switch (section) {
      case 'notifications':
        return notifications;
      case 'poll-limits':
        return pollLimits;
      case 'connection':
        return connection;
      default:
        return null;
    }
  }

  isUnsaved(section: Section): boolean {
    const form = this.form(section);
    return form !== null && form.open && form.changed;
  }

  get holds(): boolean {
    return SECTIONS.some((section) => this.isUnsaved(section));
  }

  /** Opens the screen at a section, or goes to another one: what was typed in the one before stays. */
  show(section: Section = 'accounts', account: AccountView | null = null): void {
    this.section = section;
    if (section === 'diagnostics') void this.around.diagnostics.load();
    if (!this.form(section)?.open) this.read(section, account);
  }

  private read(section: Section, account: AccountView | null): void {
    const { accounts, connection, notifications, page, pollLimits, signIn } = this.around;
    if (section === 'notifications') void notifications.show();
    if (section === 'poll-limits') void pollLimits.show();
    if (section !== 'connection') return;
    // Whoever signs in asks about what is typed there.
    const typed = page === 'sign-in' ? signIn.environment : '';
    const isTyped = account === null && typed.trim() !== '';
    void connection.show(isTyped ? null : (account ?? accounts.current), typed);
  }

  /** Closes the screen, and then does something; where something is not saved, only after a question. */
  close(then: () => void = () => undefined): void {
    const unsaved = SECTIONS.filter((section) => this.isUnsaved(section));
    if (unsaved.length === 0) return this.leave(then);
    this.around.ask.ask({
      ...CLOSE_UNSAVED,
      facts: unsaved.map((section) => ({
        label: FACTS.notSaved,
        value: SECTION_WORDS[section],
      })),
      explanation: UNSAVED_SETTINGS,
      danger: true,
      go: async () => this.leave(then),
    });
  }

  private leave(then: () => void): void {
    this.section = null;
    for (const section of SECTIONS) this.form(section)?.close();
    then();
  }
}
