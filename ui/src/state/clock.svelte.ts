/** The page's clock: what ticks reads `now`, and nothing else of the page is drawn again for it. */
export class Clock {
  now = $state(Date.now());
  /** The minute that `now` is in: for words such as “Today”, which need not be drawn each second. */
  readonly minute = $derived(Math.floor(this.now / 60_000) * 60_000);

  /** Ticks once a second, and at once when the window is seen again. Returns how to stop it. */
  start(): () => void {
    const tick = () => {
      if (!document.hidden) this.now = Date.now();
    };
    const timer = setInterval(tick, 1000);
    document.addEventListener('visibilitychange', tick);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', tick);
    };
  }
}
