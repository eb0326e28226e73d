/**
 * A late answer never changes what a person has opened, typed or chosen since it was asked for
 * (docs/RULES.md, 28). Whatever can be opened or chosen has one of these; whoever waits for an answer
 * asks it afterwards whether the answer may still act.
 */
export type Still = () => boolean;

export class Latest {
  private turn = 0;

  /** Something else was opened or chosen: answers to what was asked before are late. */
  begin(): Still {
    this.turn += 1;
    return this.join();
  }

  /** For what is asked about the thing as it is now. */
  join(): Still {
    const mine = this.turn;
    return () => mine === this.turn;
  }

  /** It was left: nothing that was asked for it may act any more. */
  end(): void {
    this.turn += 1;
  }
}
