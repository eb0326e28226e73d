/**
 * A button that goes by its press, such as one of a row that leaves the list, is marked `data-goes`: something else
 * slides under the pointer then. The second press of a double click was not meant for that, and does nothing.
 */

const SOON_MS = 500;
const NEAR_PX = 8;

/** The press of such a button, until there is another press. */
let last: { at: number; x: number; y: number } | null = null;

/** For each click before what it meets hears of it. */
export function firstPressAlone(event: MouseEvent): void {
  const press = { at: event.timeStamp, ...placeOf(event) };
  const isNear = last !== null && Math.hypot(press.x - last.x, press.y - last.y) <= NEAR_PX;
  if (last !== null && isNear && (event.detail > 1 || press.at - last.at <= SOON_MS)) {
    event.preventDefault();
    event.stopImmediatePropagation();
    return;
  }
  last = met(event)?.closest('[data-goes]') ? press : null;
}

/** A press without a pointer is in the middle of what it meets. */
function placeOf(event: MouseEvent): { x: number; y: number } {
  const box = event.detail === 0 ? met(event)?.getBoundingClientRect() : undefined;
  if (!box) return { x: event.clientX, y: event.clientY };
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

const met = ({ target }: MouseEvent) =>
  target instanceof Element ? (target.closest('button') ?? target) : null;
