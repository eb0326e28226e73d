import { readFileSync, readdirSync } from 'node:fs';
import { expect, it } from 'vitest';
import { staticIcon } from './static-icons';

const ICONS = 'node_modules/@lucide/svelte/dist/icons';
const sources = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.svelte'))
  .map((path) => readFileSync(`src/${path}`, 'utf8'))
  .join('\n');
const used = [...new Set([...sources.matchAll(/@lucide\/svelte\/icons\/([a-z0-9-]+)/g)])].map(
  ([, name = '']) => name,
);

it('each icon of the page is one piece, with every part that Lucide gives it', () => {
  expect(used.length).toBeGreaterThan(20);
  for (const name of used) {
    // Some names lead to another one's icon.
    const target = /"\.\/([a-z0-9-]+)\.svelte"/.exec(readFileSync(`${ICONS}/${name}.js`, 'utf8'));
    const component = readFileSync(`${ICONS}/${target?.[1] ?? name}.svelte`, 'utf8');
    const parts = [...component.matchAll(/\["(\w+)", \{ (.*?) \}\]/g)];
    const icon = staticIcon(component, name);
    expect(parts.length, name).toBeGreaterThan(0);
    expect(icon.match(/<(?!\/|script|svg)\w+/g)?.length, name).toBe(parts.length);
    expect(icon, name).not.toMatch(/svelte:element|\{\.\.\./);
  }
});

it('an icon that is written in another way stops the build', () => {
  expect(() => staticIcon('<Icon />', 'bell')).toThrow('bell');
});

it('takes only what the page says of an icon: its size and its line', () => {
  const names = [
    ...sources.matchAll(/import (\w+) from '@lucide\/svelte\/icons\/[a-z0-9-]+'/g),
  ].map(([, name]) => name);
  const said = new RegExp(`<(?:Icon|${[...new Set(names)].join('|')})\\s([^>]*?)/?>`, 'g');
  const attributes = [...sources.matchAll(said)].flatMap(([, all = '']) => all.trim().split(/\s+/));
  const others = attributes.filter(
    (one) => one !== '' && !/^(size=|\{size\}|strokeWidth=\{2\}|aria-hidden="true")/.test(one),
  );
  expect(others).toEqual([]);
});
