/** What a screen reader is told as it happens, through the page's one live region. */
import { untrack } from 'svelte';

export class Announcer {
  text = $state('');

  say(text: string): void {
    // The same sentence twice would be silent: a trailing space makes it new. Whoever says
    // something, such as an effect, does not depend on what was said before.
    const before = untrack(() => this.text);
    this.text = text === before ? `${text} ` : text;
  }
}
