/** What the user should know once, until it is put away. */
export class Notes {
  list = $state.raw<string[]>([]);
  /** What answers what was done just now: it is in sight before all that was there already. */
  answer = $state<string | null>(null);
  /** Those that were read: a later snapshot does not show them again. */
  private dismissed: string[] = [];

  /** A snapshot may repeat what was read already. */
  take(notes: string[]): void {
    this.list = notes.filter(
      (note, n, all) => all.indexOf(note) === n && !this.dismissed.includes(note),
    );
  }

  /**
   * It answers what was done just now, also where the same was put away before, and takes the place of the
   * answer before.
   */
  add(note: string): void {
    this.answered();
    this.dismissed = this.dismissed.filter((other) => other !== note);
    this.take([note, ...this.list]);
    this.answer = note;
  }

  /** Something else was done since: what answered the one before is no news any more. */
  answered(): void {
    this.list = this.list.filter((other) => other !== this.answer);
    this.answer = null;
  }

  dismiss(note: string): void {
    this.dismissed.push(note);
    this.list = this.list.filter((other) => other !== note);
  }
}
