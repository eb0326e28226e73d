/** Which items of the Inbox somebody sees, and which of them the backend was told of (docs/RULES.md, 23). */
export class Reading {
  /** The window is in sight and has the focus. */
  isAttended = false;
  /** The rows of the Inbox that are on the screen. */
  readonly onScreen = new Set<number>();
  /** What came for the run that is open, while it was: that shows the same. */
  readonly besideRun = new Set<number>();
  /** The backend was told, and has not said yet that they are read. */
  private told = new Set<number>();

  /** What is unread and seen now, and was not told yet; it is told from now on. */
  tell(isSeen: (id: number) => boolean): number[] {
    if (!this.isAttended) return [];
    const all = new Set([...this.onScreen, ...this.besideRun]);
    const ids = [...all].filter((id) => isSeen(id) && !this.told.has(id));
    for (const id of ids) this.told.add(id);
    return ids;
  }

  /** The backend answered: they are read, or have to be told again. */
  settle(ids: number[]): void {
    for (const id of ids) this.told.delete(id);
  }
}
