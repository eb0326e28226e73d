// Which file of the page imports which other one, as the TypeScript compiler reads it. Tests are left out.
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';

const isProduct = (name) => /\.(ts|svelte)$/.test(name) && !/(\.test|(^|[\\/-])testing)\.ts$/.test(name);

/** The code of a file: of a component, its scripts. */
function codeOf(path) {
  const text = readFileSync(path, 'utf8');
  if (!path.endsWith('.svelte')) return text;
  return [...text.matchAll(/<script[^>]*>([\s\S]*?)<\/script>/g)].map((found) => found[1]).join('\n');
}

/** All imports below `src`; a type ties two files as much as a value. `ui` is where TypeScript is installed. */
export function pageImports(src, ui) {
  const ts = createRequire(join(ui, 'package.json'))('typescript');
  const names = readdirSync(src, { recursive: true }).filter(isProduct);
  const imports = new Map(names.map((name) => [join(src, name), new Set()]));
  for (const [path, targets] of imports) {
    for (const { fileName } of ts.preProcessFile(codeOf(path)).importedFiles) {
      if (!fileName.startsWith('.') || /\.css$/.test(fileName)) continue;
      const target = resolve(dirname(path), fileName);
      const hit = ['', '.ts', '.svelte.ts', '/index.ts'].map((end) => target + end).find((place) => imports.has(place));
      if (!hit) throw new Error(`${path}: no file of ${fileName}`);
      if (hit !== path) targets.add(hit);
    }
  }
  return imports;
}
