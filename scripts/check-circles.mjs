#!/usr/bin/env node
// Finds circles among the imports of files: within each crate, and within the page. Tests are left out.
//   scripts/check-circles               exits 1 where there is one
//   scripts/check-circles --self-test   finds one that is there for it
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '..');

function files(folder, endings) {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) return files(path, endings);
    return endings.some((ending) => name.endsWith(ending)) ? [path] : [];
  });
}

/** Rust code without comments, texts and the modules that only tests have. */
function bare(code) {
  const plain = code
    .replace(/\/\/.*$/gm, '')
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/b?r(#*)"[\s\S]*?"\1/g, '""')
    .replace(/"(?:\\[\s\S]|[^"\\])*"/g, '""');
  let kept = '';
  let rest = plain;
  for (;;) {
    const found = /#\[cfg\(test\)\]\s*(?:#\[[^\]]*\]\s*)*/.exec(rest);
    if (!found) return kept + rest;
    kept += rest.slice(0, found.index);
    rest = rest.slice(found.index + found[0].length);
    const [open, semicolon] = [rest.indexOf('{'), rest.indexOf(';')];
    if (open < 0 || (semicolon >= 0 && semicolon < open)) {
      rest = rest.slice(semicolon + 1);
      continue;
    }
    let [depth, at] = [0, open];
    do {
      depth += { '{': 1, '}': -1 }[rest[at]] ?? 0;
      at += 1;
    } while (depth > 0 && at < rest.length);
    rest = rest.slice(at);
  }
}

const isRustTest = (path) => /(^|\/)tests?(\/|\.rs$)|_tests?\.rs$|\/testing(\.rs|\/)/.test(path);

/** `{a, b::{c, d}}` spelled out. */
function spelledOut(tree) {
  const open = tree.indexOf('{');
  if (open < 0) return [tree.trim().replace(/\s+as\s+\w+$/, '')];
  const [head, inner] = [tree.slice(0, open), tree.slice(open + 1, tree.lastIndexOf('}'))];
  const parts = [];
  let [depth, from] = [0, 0];
  for (let at = 0; at <= inner.length; at += 1) {
    if (inner[at] === '{') depth += 1;
    if (inner[at] === '}') depth -= 1;
    if (at === inner.length || (inner[at] === ',' && depth === 0)) {
      parts.push(inner.slice(from, at));
      from = at + 1;
    }
  }
  return parts.filter((part) => part.trim()).flatMap((part) => spelledOut(head.trim() + part.trim()));
}

/** Imports between the files of a crate; what is imported through a parent is an import of the parent. */
function rustImports(src) {
  const roots = existsSync(join(src, 'lib.rs')) ? ['main.rs'] : []; // a program beside a library is another crate
  const all = files(src, ['.rs']).filter((path) => {
    const name = relative(src, path);
    return !isRustTest(name) && !roots.includes(name) && !name.startsWith('bin/');
  });
  const home = new Map(); // module path → file
  for (const path of all) {
    const names = relative(src, path).replace(/\.rs$/, '').split('/');
    if (['mod', 'lib', 'main'].includes(names.at(-1))) names.pop();
    home.set(names.join('::'), path);
  }
  const imports = new Map(all.map((path) => [path, new Set()]));
  for (const [module, path] of home) {
    const code = bare(readFileSync(path, 'utf8'));
    const uses = [...code.matchAll(/\b(?:pub(?:\([^)]*\))?\s+)?use\s+([^;]+);/g)];
    const children = [...code.matchAll(/\bmod\s+(\w+)\s*;/g)].map((found) => found[1]);
    const paths = uses.flatMap((found) => spelledOut(found[1]));
    const inline = code.replace(/\buse\s+[^;]+;/g, '');
    paths.push(...[...inline.matchAll(/\b(?:crate|super|self)(?:::\w+)+/g)].map((found) => found[0]));
    for (const child of children) {
      paths.push(...[...inline.matchAll(new RegExp(`(?<![:\\w])${child}::\\w+`, 'g'))].map((f) => `self::${f[0]}`));
    }
    const here = module ? module.split('::') : [];
    for (const written of paths) {
      const parts = written.split('::').map((part) => part.trim());
      let at = [...here];
      if (parts[0] === 'crate') [at] = [[], parts.shift()];
      else if (parts[0] === 'self') parts.shift();
      else if (parts[0] === 'super') while (parts[0] === 'super') [at] = [at.slice(0, -1), parts.shift()];
      else if (!children.includes(parts[0])) continue;
      while (parts.length && home.has([...at, parts[0]].join('::'))) at.push(parts.shift());
      const target = home.get(at.join('::'));
      if (target && target !== path) imports.get(path).add(target);
    }
  }
  return imports;
}

function pageImports(src) {
  const all = files(src, ['.ts', '.svelte']).filter((path) => !/\.test\.ts$|testing/.test(path));
  const imports = new Map(all.map((path) => [path, new Set()]));
  for (const path of all) {
    const code = readFileSync(path, 'utf8').replace(/\/\*[\s\S]*?\*\//g, '');
    // A type alone is no import when the page runs, yet it ties the files together as much.
    for (const found of code.matchAll(/\b(?:from|import)\s*\(?\s*'(\.[^']*)'/g)) {
      const target = resolve(dirname(path), found[1]);
      const hit = [target, `${target}.ts`, `${target}.svelte.ts`, join(target, 'index.ts')].find((one) => imports.has(one));
      if (hit && hit !== path) imports.get(path).add(hit);
    }
  }
  return imports;
}

/** The sets of files that import one another (Tarjan). */
function circles(imports) {
  const [order, low, stack, found] = [new Map(), new Map(), [], []];
  const visit = (path) => {
    order.set(path, order.size);
    low.set(path, order.get(path));
    stack.push(path);
    for (const next of imports.get(path)) {
      if (!order.has(next)) visit(next);
      if (stack.includes(next)) low.set(path, Math.min(low.get(path), low.get(next)));
    }
    if (low.get(path) !== order.get(path)) return;
    const circle = stack.splice(stack.indexOf(path));
    if (circle.length > 1) found.push(circle);
  };
  for (const path of imports.keys()) if (!order.has(path)) visit(path);
  return found;
}

function check(name, imports, base) {
  const count = [...imports.values()].reduce((sum, targets) => sum + targets.size, 0);
  const found = circles(imports);
  console.log(`${name}: ${imports.size} files, ${count} imports, ${found.length || 'no'} circle${found.length === 1 ? '' : 's'}`);
  for (const circle of found) {
    for (const path of circle) {
      const targets = [...imports.get(path)].filter((target) => circle.includes(target));
      console.log(`  ${relative(base, path)} imports ${targets.map((target) => relative(base, target)).join(', ')}`);
    }
  }
  return found.length;
}

if (process.argv[2] === '--self-test') {
  const folder = mkdtempSync(join(tmpdir(), 'circles-'));
  mkdirSync(join(folder, 'b'));
  writeFileSync(join(folder, 'lib.rs'), 'mod a;\nmod b;\nmod c;\n// use crate::c;\n');
  writeFileSync(join(folder, 'a.rs'), 'use crate::{c::Other, b::inner::Thing};\n');
  writeFileSync(join(folder, 'b', 'mod.rs'), 'pub mod inner;\n');
  writeFileSync(join(folder, 'b', 'inner.rs'), 'fn f() { super::super::a::g() }\n');
  writeFileSync(join(folder, 'c.rs'), 'const X: &str = "crate::a";\n#[cfg(test)]\nmod tests {\n    use crate::a::g;\n}\n');
  const found = check('self-test', rustImports(folder), folder);
  rmSync(folder, { recursive: true });
  process.exit(found === 1 ? 0 : 1);
}

const crates = readdirSync(join(root, 'src-tauri/crates')).map((name) => join('src-tauri/crates', name));
let found = 0;
for (const crate of [...crates, 'src-tauri', 'tests']) {
  const src = join(root, crate, 'src');
  if (existsSync(src)) found += check(crate, rustImports(src), src);
}
found += check('ui', pageImports(join(root, 'ui/src')), join(root, 'ui/src'));
process.exit(found ? 1 : 0);
