/** The one question that can be open: an action is sent once its question is confirmed, and once. */

export interface Fact {
  label: string;
  value: string;
}

export interface Question {
  /** A question of the same id is this one, asked anew: it is not dropped by that. */
  id?: string;
  title: string;
  /** What it is about: run, id, environment. Frozen when the question is asked. */
  facts: Fact[];
  /** What changed since it was last asked. */
  changed?: string | null;
  warning?: string | null;
  explanation?: string | null;
  confirm: string;
  dismiss: string;
  danger: boolean;
  /** Something more that can be wished for; not ticked at first. */
  wish?: string;
  /** A reason can be typed, beginning with this. */
  reason?: string;
  /** Sends what was confirmed. Deals with its own errors. */
  go: (wished: boolean, reason: string) => Promise<void>;
  /** Forgets what was not confirmed. */
  dropped?: () => void;
}

/** A question stays this long after its click, so that a double click meets a spent button. */
const LINGER_MS = 600;

export class Ask {
  question = $state.raw<Question | null>(null);
  sent = $state(false);
  /** Whether the question's wish is ticked. */
  wished = $state(false);
  /** Why it is done, as it is typed. */
  reason = $state('');

  /** No question is waiting for its answer. */
  get isFree(): boolean {
    return this.question === null || this.sent;
  }

  ask(question: Question): void {
    if (question.id === undefined || question.id !== this.question?.id) this.drop();
    this.question = question;
    this.sent = false;
    this.wished = false;
    this.reason = question.reason ?? '';
  }

  async confirm(): Promise<void> {
    const question = this.question;
    if (!question || this.sent) return;
    this.sent = true;
    const lingered = new Promise((done) => setTimeout(done, LINGER_MS));
    const gone = question.go(this.wished, this.reason.trim());
    await Promise.race([gone, lingered]);
    // The answer may have asked the next question already.
    if (this.question === question) this.close();
    await gone;
  }

  /** The way out. Once sent, it only puts the question away: what was sent goes on. */
  dismiss(): void {
    this.drop();
    this.close();
  }

  /** What was not confirmed is put away, or another question takes its place. */
  private drop(): void {
    if (!this.sent) this.question?.dropped?.();
  }

  private close(): void {
    this.question = null;
    this.sent = false;
  }
}
