/** Icons as fixed markup: Lucide's own component builds an icon part by part, in each row of a list anew. */
import type { Plugin } from 'vite';

const ICON = /@lucide\/svelte\/dist\/icons\/([a-z0-9-]+)\.svelte$/;
type Parts = [tag: string, attributes: Record<string, string>][];

/** Takes the parts of an icon out of Lucide's component, and says the same as one piece. */
export function staticIcon(component: string, name: string): string {
  const data = /const iconData = (\{.*\});/.exec(component)?.[1];
  if (data === undefined) throw new Error(`The icon ${name} is not written as it was.`);
  const { node } = JSON.parse(data) as { node: Parts };
  const parts = node.map(([tag, attributes]) => {
    const said = Object.entries(attributes).map(([key, value]) => ` ${key}="${value}"`);
    return `<${tag}${said.join('')} />`;
  });
  return `<script>
  const { size = 24, strokeWidth = 2 } = $props();
</script>
<svg class="lucide lucide-${name} lucide-icon" width={size} height={size} viewBox="0 0 24 24" fill="none"
  stroke="currentColor" stroke-width={strokeWidth} stroke-linecap="round" stroke-linejoin="round"
  aria-hidden="true">${parts.join('')}</svg>
`;
}

export const staticIcons = (): Plugin => ({
  name: 'static-icons',
  enforce: 'pre',
  transform(code, id) {
    const name = ICON.exec(id)?.[1];
    return name === undefined ? null : { code: staticIcon(code, name), map: null };
  },
});
