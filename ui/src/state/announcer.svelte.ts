/** What a screen reader is told as it happens, through the page's one live region. */
export class Announcer {
  text = $state('');

  say(text: string): void {
    // The same sentence twice would be silent: a trailing space makes it new.
    this.text = text === this.text ? `${text} ` : text;
  }
}
