/** Which items of the Inbox somebody sees, and which of them the backend was told of (docs/RULES.md, 23). */
export class Reading {
  /** The window is in sight and has the focus. */
  isAttended = false;
  /** Dialogs that cover what is in the window. */
  covers = 0;
  /** The rows of the Inbox that are on the screen. */
  readonly onScreen = new Set<number>();
  /** What came for the run that is open, while it was: that shows the same once it is in sight. */
  readonly besideRun = new Set<number>();
  /** The backend was told, and has not said yet that they are read. */
  private told = new Set<number>();
  /** What the backend could not write down: told again once that may have changed. */
  private refused = new Set<number>();

  get isLookedAt(): boolean {
    return this.isAttended && this.covers === 0;
  }

  /** What is unread and seen now, and was not told yet; it is told from now on. */
  tell(isSeen: (id: number) => boolean): number[] {
    if (!this.isLookedAt) return [];
    const all = new Set([...this.onScreen, ...this.besideRun]);
    const ids = [...all].filter((id) => isSeen(id) && !this.told.has(id));
    for (const id of ids) this.told.add(id);
    return ids;
  }

  /** The backend says that they are read. */
  settle(ids: number[]): void {
    for (const id of ids) this.told.delete(id);
  }

  /** They could not be written down. */
  refuse(ids: number[]): void {
    for (const id of ids) this.refused.add(id);
  }

  /** What was refused may be told again. */
  retry(): void {
    for (const id of this.refused) this.told.delete(id);
    this.refused.clear();
  }
}
