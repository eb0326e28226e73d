/** What axe finds wrong in a part of the page, in a line each. */
import axe, { type RunOptions } from 'axe-core';
import type { Page } from 'playwright-core';

/** What colours alone decide, and widths hardly ever: it is half of what a look costs. */
const OF_COLOURS = ['color-contrast', 'link-in-text-block'];

/**
 * Of a page that was looked at already and has other colours now, `colours` alone are looked at; of one that has
 * another size, all but them.
 */
export async function violations(
  page: Page,
  within: string,
  { only }: { only?: 'colours' | 'shape' | undefined } = {},
): Promise<string[]> {
  // It is large, and stays in the page.
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source);
  const enabled = (rules: string[], enabled: boolean) =>
    Object.fromEntries(rules.map((rule) => [rule, { enabled }]));
  const options: RunOptions =
    only === 'colours'
      ? { runOnly: { type: 'rule', values: OF_COLOURS } }
      : {
          rules: {
            ...enabled(['target-size', 'label-content-name-mismatch'], true),
            ...enabled(OF_COLOURS, only !== 'shape'),
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
