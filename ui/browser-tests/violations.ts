/** What axe finds wrong in a part of the page, in a line each. */
import axe from 'axe-core';
import type { Page } from 'playwright-core';

export async function violations(page: Page, within: string): Promise<string[]> {
  await page.evaluate(axe.source);
  const found = await page.evaluate(async (selector) => {
    const { axe: runner } = window as unknown as { axe: typeof axe };
    const rules = {
      'target-size': { enabled: true },
      'label-content-name-mismatch': { enabled: true },
    };
    return (await runner.run(selector, { rules })).violations.map(({ id, nodes }) => ({
      id,
      html: nodes.map(({ html }) => html).slice(0, 3),
    }));
  }, within);
  return found.map(({ id, html }) => `${id}: ${html.join(' | ').slice(0, 400)}`);
}
