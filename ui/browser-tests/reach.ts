/** What a person cannot get at. */
import type { Page } from 'playwright-core';

/** What can be pressed or typed into, and is not wholly within the window wherever it is scrolled to. */
export function outOfReach(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const top =
      [...document.querySelectorAll('dialog[open], [role="menu"]')].at(-1) ?? document.body;
    const found = top.querySelectorAll<HTMLElement>('button, input, select, [tabindex="0"]');
    const bad: string[] = [];
    for (const element of found) {
      if (element.closest('[inert], [aria-hidden="true"]')) continue;
      if (!element.checkVisibility({ visibilityProperty: true })) continue;
      element.scrollIntoView({ block: 'nearest', inline: 'nearest' });
      const { left, right, top: above, bottom, width, height } = element.getBoundingClientRect();
      const isIn =
        left >= -1 &&
        right <= innerWidth + 1 &&
        above >= -1 &&
        (bottom <= innerHeight + 1 || height > innerHeight / 2);
      const [x, y] = [left + width / 2, above + Math.min(height, 24) / 2];
      const hit = document.elementFromPoint(x, y);
      const isHit =
        hit !== null &&
        (element.contains(hit) || hit.contains(element) || hit.closest('label')?.contains(element));
      if (!isIn || !isHit)
        bad.push(
          `${element.outerHTML.slice(0, 120)} ${[left, above, right, bottom].map(Math.round).join(',')}`,
        );
    }
    return bad;
  });
}
