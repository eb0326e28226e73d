#!/usr/bin/env node
// Finds circles among the imports of files: within each crate, and within the page. Tests are left out.
//   scripts/check-circles.mjs               exits 1 where there is one, and prints it
//   scripts/check-circles.mjs --self-test   reads samples with and without circles
// What counts: every path from one file to another of the same crate. A name that is imported through a parent
// is an import of the parent. A function that is called through a value (`self.x()`) is none.
import { existsSync, readdirSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { circles } from './circles/find-circles.mjs';
import { pageImports } from './circles/page-imports.mjs';
import { rustImports } from './circles/rust-imports.mjs';
import { selfTest } from './circles/self-test.mjs';

const root = resolve(import.meta.dirname, '..');
const ui = join(root, 'ui');

/** Whether there is no circle; prints each one that there is. */
function isClean(name, imports, base) {
  if (imports.size === 0) throw new Error(`${name}: no file was found`);
  const count = [...imports.values()].reduce((sum, targets) => sum + targets.size, 0);
  const found = circles(imports);
  console.log(
    `${name}: ${imports.size} files, ${count} imports, ${found.length || 'no'} circle${found.length === 1 ? '' : 's'}`,
  );
  for (const circle of found) {
    for (const path of circle) {
      const targets = [...imports.get(path)].filter((target) => circle.includes(target));
      console.log(`  ${relative(base, path)} imports ${targets.map((target) => relative(base, target)).join(', ')}`);
    }
  }
  return found.length === 0;
}

if (!existsSync(join(ui, 'node_modules/typescript'))) {
  console.error('check-circles: the page’s packages are missing. Run scripts/setup first.');
  process.exit(1);
}
if (process.argv[2] === '--self-test') process.exit(selfTest(ui) ? 0 : 1);

const crates = readdirSync(join(root, 'src-tauri/crates')).map((name) => `src-tauri/crates/${name}`);
const withCode = [...crates, 'src-tauri', 'tests']
  .map((crate) => [crate, join(root, crate, 'src')])
  .filter(([, src]) => existsSync(src));
const clean = withCode.map(([crate, src]) => isClean(crate, rustImports(src), src));
clean.push(isClean('ui', pageImports(join(ui, 'src'), ui), join(ui, 'src')));
process.exit(clean.every(Boolean) ? 0 : 1);
