/** What axe finds wrong with a part of the page. */
import axe from 'axe-core';
import type { Page } from 'playwright-core';

export async function violations(page: Page, within: string): Promise<string[]> {
  await page.evaluate(axe.source);
  const found = await page.evaluate(async (selector) => {
    const { axe: runner } = window as unknown as { axe: typeof axe };
    return (await runner.run(selector)).violations.map(({ id, nodes }) => ({
      id,
      html: nodes.map(({ html }) => html).slice(0, 3),
    }));
  }, within);
  return found.map(({ id, html }) => `${id}: ${html.join(' | ').slice(0, 400)}`);
}
