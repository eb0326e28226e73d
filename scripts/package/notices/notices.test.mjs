import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { cratesOf, packagesOf } from './find-parts.mjs';
import { chosen, noticesOf } from './text.mjs';

/** A part as it is found. */
const part = (name, license, texts = {}, authors = []) => ({
  name,
  version: '1.0.0',
  license,
  authors,
  home: `https://example.com/${name}`,
  texts: Object.entries(texts).map(([name, text]) => ({ name, text })),
});

/** A folder with these files, while a test runs. */
function folderWith(t, files) {
  const folder = mkdtempSync(join(tmpdir(), 'notices-'));
  t.after(() => rmSync(folder, { recursive: true }));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), typeof text === 'string' ? text : JSON.stringify(text));
  }
  return folder;
}

test('one text that several came under stands once, with all their names', () => {
  const text = noticesOf([part('b', 'MIT', { LICENSE: 'Same.\r\n' }), part('a', 'MIT', { LICENSE: 'Same.  \n' })]);
  assert.equal(text.split('Same.').length, 2);
  assert.match(text, /a 1\.0\.0 \(MIT\), https:\/\/example\.com\/a\nb 1\.0\.0 \(MIT\)/);
});

test('of licences to choose from MIT is shown, of those that all hold every one', () => {
  const both = { 'LICENSE-MIT': 'mit', 'LICENSE-APACHE': 'apache', NOTICE: 'notice' };
  const names = (found) => chosen(found).map(({ name }) => name);
  assert.deepEqual(names(part('a', 'MIT OR Apache-2.0', both)), ['LICENSE-MIT', 'NOTICE']);
  assert.deepEqual(names(part('a', 'Apache-2.0/MIT', both)), ['LICENSE-MIT', 'NOTICE']);
  assert.deepEqual(names(part('a', '(MIT OR Apache-2.0) AND Unicode-3.0', both)), Object.keys(both));
  assert.deepEqual(names(part('a', 'Apache-2.0', both)), Object.keys(both));
  const one = { 'LICENSE-APACHE': 'apache' };
  assert.deepEqual(names(part('a', 'MIT OR Apache-2.0', one)), Object.keys(one));
});

test('a part without a text gets that of its licence, with its authors', () => {
  assert.match(noticesOf([part('a', 'MIT', {}, ['Ann', 'Bob'])]), /Copyright \(c\) Ann, Bob\n\nPermission is/);
  const lender = part('b', 'MPL-2.0', { LICENSE: 'Mozilla Public License Version 2.0\n…' });
  const text = noticesOf([part('a', 'MPL-2.0'), lender]);
  assert.match(text, /a 1\.0\.0 .*\nb 1\.0\.0 /);
});

test('a part whose licence nobody knows the text of stops the release', () => {
  assert.throws(() => noticesOf([part('odd', 'Odd-1.0')]), /odd 1\.0\.0 \(Odd-1\.0\)/);
  assert.throws(() => noticesOf([part('odd', '')]), /no licence/);
  assert.throws(() => noticesOf([]), /no part/);
});

test('crates in the program are found, not those of its build or tests', (t) => {
  const folder = folderWith(t, { 'a/LICENSE': 'A', 'a/LICENSES/deep.txt': 'deep', 'build/LICENSE': 'B' });
  const crate = (name, source = 'registry') => ({
    id: name,
    name,
    version: '1.0.0',
    license: 'MIT',
    authors: [],
    source,
    manifest_path: join(folder, name, 'Cargo.toml'),
  });
  const to = (pkg, kind) => ({ pkg, dep_kinds: [{ kind }] });
  const metadata = {
    packages: [crate('app', null), crate('a'), crate('build'), crate('test')],
    resolve: {
      nodes: [
        { id: 'app', deps: [to('a', null), to('build', 'build'), to('test', 'dev')] },
        { id: 'a', deps: [to('app', null)] },
      ],
    },
  };
  const [found, ...others] = cratesOf(metadata, 'app');
  assert.equal(others.length, 0);
  assert.equal(found.name, 'a');
  assert.deepEqual(found.texts.map(({ text }) => text).sort(), ['A', 'deep']);
});

test('npm packages are found where they are installed, those of packages too', (t) => {
  const ui = folderWith(t, {
    'package.json': { dependencies: { a: '1' }, devDependencies: { tool: '1' } },
    'node_modules/a/package.json': { name: 'a', version: '1.0.0', license: 'ISC', dependencies: { b: '2' } },
    'node_modules/a/LICENSE': 'A',
    'node_modules/a/node_modules/b/package.json': { name: 'b', version: '2.0.0', license: 'MIT', author: 'Bob' },
    'node_modules/b/package.json': { name: 'b', version: '1.0.0', license: 'MIT' },
    'node_modules/tool/package.json': { name: 'tool', version: '1.0.0', license: 'MIT' },
  });
  const found = packagesOf(ui).map(({ name, version }) => `${name} ${version}`);
  assert.deepEqual(found.sort(), ['a 1.0.0', 'b 2.0.0']);
  const broken = folderWith(t, { 'package.json': { dependencies: { missing: '1' } } });
  assert.throws(() => packagesOf(broken), /missing is not installed/);
});
