/** What the user should know once, until it is put away. */
export class Notes {
  list = $state.raw<string[]>([]);
  /** Those that were read: a later snapshot does not show them again. */
  private dismissed: string[] = [];

  /** A snapshot may repeat what was read already. */
  take(notes: string[]): void {
    this.list = notes.filter(
      (note, n, all) => all.indexOf(note) === n && !this.dismissed.includes(note),
    );
  }

  /** Something that came just now stands first; also where the same was put away before. */
  add(note: string): void {
    this.dismissed = this.dismissed.filter((other) => other !== note);
    this.take([note, ...this.list]);
  }

  dismiss(note: string): void {
    this.dismissed.push(note);
    this.list = this.list.filter((other) => other !== note);
  }
}
