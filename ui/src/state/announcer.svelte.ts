/**
 * What a screen reader is told as it happens, through the page's one live region. One sentence after the
 * other: each stays until it can have been read.
 */
import { untrack } from 'svelte';
import { isolated } from '../words/names';
import { cut, summary, type RunChange } from '../words/runs';

/** More runs than these at once are summed up. */
const EACH = 5;

const readingTime = (text: string) => 1000 + text.length * 60;

export class Announcer {
  text = $state('');

  private sentences: string[] = [];
  /** By run, the last one of each. */
  private changes: Record<string, RunChange> = {};
  private isReading = false;

  /** Of what the user did: it comes before what runs did meanwhile. */
  say(text: string): void {
    this.sentences.push(text);
    // Whoever says something, such as an effect, does not depend on what was said before.
    untrack(() => this.next());
  }

  /** Of runs that changed at one time, by run. */
  tell(changes: Iterable<[string, RunChange]>): void {
    Object.assign(this.changes, Object.fromEntries(changes));
    untrack(() => this.next());
  }

  private next(): void {
    if (this.isReading) return;
    const text = this.sentences.shift() ?? this.nextChange();
    if (text === undefined) return;
    this.isReading = true;
    // The same sentence twice would be silent: a trailing space makes it new.
    this.text = text === this.text ? `${text} ` : text;
    setTimeout(() => {
      this.isReading = false;
      this.next();
    }, readingTime(text));
  }

  private nextChange(): string | undefined {
    const left = Object.entries(this.changes);
    const many = left.length > EACH ? left.length : 1;
    const said = left.splice(0, many).map(([, change]) => change);
    this.changes = Object.fromEntries(left);
    const [first] = said;
    if (said.length > 1) return summary(said);
    return first && `${isolated(cut(first.name, 80))}: ${first.word}`;
  }
}
