/** What axe finds wrong in a part of the page, in a line each. */
import axe, { type RunOptions } from 'axe-core';
import type { Page } from 'playwright-core';

/** Of a page that was looked at already and has other colours now, colours alone are looked at. */
export async function violations(
  page: Page,
  within: string,
  { colours = false } = {},
): Promise<string[]> {
  // It is large, and stays in the page.
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source);
  const options: RunOptions = colours
    ? { runOnly: { type: 'rule', values: ['color-contrast', 'link-in-text-block'] } }
    : {
        rules: {
          'target-size': { enabled: true },
          'label-content-name-mismatch': { enabled: true },
        },
      };
  // What else axe found is not written out, and of what a page loads only sounds matter to it.
  Object.assign(options, { resultTypes: ['violations'], preload: { assets: ['media'] } });
  const found = await page.evaluate(
    async ([selector, how]) => {
      const { axe: runner } = window as unknown as { axe: typeof axe };
      return (await runner.run(selector, how)).violations.map(({ id, nodes }) => ({
        id,
        html: nodes.map(({ html }) => html).slice(0, 3),
      }));
    },
    [within, options] as const,
  );
  return found.map(({ id, html }) => `${id}: ${html.join(' | ').slice(0, 400)}`);
}
