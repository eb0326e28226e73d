// Which file of a crate imports which other one. What only tests see is left out.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

// Tried in this order at each place, so that a `//` in a text is no comment and a `"` in a comment no text.
const NO_CODE = new RegExp(
  [
    /#\[path = "[^"]*"\]/, // kept: it says where a module is
    /\/\/[^\n]*/,
    /\/\*[\s\S]*?\*\//,
    /(?<!\w)[bc]?r(?<hashes>#*)"[\s\S]*?"\k<hashes>/,
    /(?<!\w)[bc]?"(?:\\[\s\S]|[^"\\])*"/,
    /(?<!\w)b?'(?:\\(?:'|[^']+)|[^'\\])'/,
  ]
    .map((part) => part.source)
    .join('|'),
  'gu',
);

const TEST_ONLY = /#\[cfg\((?:all\(\s*)?test\b[^\]]*\]/;

/** Where the item that begins at `start` ends: behind its `;` or its last brace. */
function itemEnd(code, start) {
  let depth = 0;
  for (let at = start; at < code.length; at += 1) {
    if ('([{'.includes(code[at])) depth += 1;
    if (')]}'.includes(code[at])) depth -= 1;
    if (depth < 0) return at; // the last variant or field of what is around it
    if (depth === 0 && ';}'.includes(code[at])) return at + 1;
  }
  return code.length;
}

/** Rust code without comments, texts and what only tests have. */
export function productCode(source) {
  let code = source.replace(NO_CODE, (found) =>
    found.startsWith('#[path') ? found : /^\/[/*]/.test(found) ? ' ' : '""',
  );
  for (;;) {
    const found = TEST_ONLY.exec(code);
    if (!found) return code;
    code = code.slice(0, found.index) + code.slice(itemEnd(code, found.index + found[0].length));
  }
}

const INLINE = /\bmod\s+(\w+)\s*\{/;

/** The modules below a root file, by path; one that differs by system has several files. */
function modulesOf(root) {
  const modules = new Map();
  const visit = (file, path, folder, code = productCode(readFileSync(file, 'utf8'))) => {
    for (let found; (found = INLINE.exec(code));) {
      const end = itemEnd(code, found.index);
      const body = code.slice(found.index + found[0].length, end - 1);
      code = code.slice(0, found.index) + code.slice(end);
      visit(file, [...path, found[1]], join(folder, found[1]), body);
    }
    const name = path.join('::');
    modules.set(name, [...(modules.get(name) ?? []), { file, code, path }]);
    for (const [, attributes, child] of code.matchAll(
      /((?:#\[[^\]]*\]\s*)*)(?:pub(?:\([^)]*\))?\s+)?\bmod\s+(\w+)\s*;/g,
    )) {
      const given = /#\[path = "([^"]*)"\]/.exec(attributes)?.[1];
      const places = given
        ? [join(dirname(file), given)]
        : [join(folder, `${child}.rs`), join(folder, child, 'mod.rs')];
      const target = places.find((place) => existsSync(place));
      if (!target) throw new Error(`${file}: no file of the module ${child}`);
      visit(target, [...path, child], given ? dirname(target) : join(folder, child));
    }
  };
  visit(root, [], dirname(root));
  return modules;
}

/** `a::{b, c::d as e}` as [['a', 'b'], 'b'] and [['a', 'c', 'd'], 'e']: each path, and the name it gets. */
function spelledOut(tree, before = []) {
  const open = tree.indexOf('{');
  const [head, , alias] = (open < 0 ? tree : tree.slice(0, open)).trim().split(/\s+(as)\s+/);
  const path = [...before, ...head.split('::').map((part) => part.trim())].filter((part) => part);
  if (open < 0) {
    if (path.length > 1 && path.at(-1) === 'self') path.pop();
    return [[path, alias ?? path.at(-1)]];
  }
  const inner = tree.slice(open + 1, tree.lastIndexOf('}'));
  const parts = [];
  let [depth, from] = [0, 0];
  for (let at = 0; at <= inner.length; at += 1) {
    if (inner[at] === '{') depth += 1;
    if (inner[at] === '}') depth -= 1;
    if (at < inner.length && (inner[at] !== ',' || depth > 0)) continue;
    if (inner.slice(from, at).trim()) parts.push(inner.slice(from, at));
    from = at + 1;
  }
  return parts.flatMap((part) => spelledOut(part, path));
}

/** Adds the imports of the library or program that begins with `root`: file → the files it imports. */
function addImports(root, imports) {
  const modules = modulesOf(root);
  const key = (path) => path.join('::');
  for (const { file, code, path } of [...modules.values()].flat()) {
    const targets = imports.get(file) ?? new Set();
    imports.set(file, targets);
    // What a name at the head of a path stands for here: a child, or a module that a `use` brought in.
    const names = new Map();
    for (const other of modules.keys()) {
      const parts = other.split('::');
      if (other && key(parts.slice(0, -1)) === key(path)) names.set(parts.at(-1), parts);
    }
    /** Notes the deepest file on the way, and says which module it is if the whole path leads to one. */
    const follow = ([head, ...rest]) => {
      let at;
      if (head === 'crate') at = [];
      else if (head === 'self') at = path;
      else if (head === 'super') at = path.slice(0, -1);
      else if (names.has(head)) at = names.get(head);
      else return undefined; // another crate, or a type
      while (rest[0] === 'super') [at] = [at.slice(0, -1), rest.shift()];
      while (rest.length && modules.has(key([...at, rest[0]]))) at = [...at, rest.shift()];
      for (const target of modules.get(key(at))) if (target.file !== file) targets.add(target.file);
      return rest.length ? undefined : at;
    };
    const uses = /\buse\s+([^;]+);/g;
    for (const [, tree] of code.matchAll(uses)) {
      for (const [used, name] of spelledOut(tree)) {
        const module = follow(used);
        if (module) names.set(name, module);
      }
    }
    for (const [, used] of code.replace(uses, '').matchAll(/(?<![\w:])\$?(\w+(?:::\w+)+)/g)) follow(used.split('::'));
  }
}

/** All imports between the files below a crate's `src`, its programs' included. */
export function rustImports(src) {
  const bin = join(src, 'bin');
  const programs = existsSync(bin)
    ? readdirSync(bin).flatMap((name) => [join(bin, name), join(bin, name, 'main.rs')])
    : [];
  const roots = [join(src, 'lib.rs'), join(src, 'main.rs'), ...programs].filter(
    (path) => path.endsWith('.rs') && existsSync(path),
  );
  const imports = new Map();
  for (const root of roots) addImports(root, imports);
  return imports;
}
