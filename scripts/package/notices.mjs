#!/usr/bin/env node
// The notices that the licences of what is in Runwatch ask for, as text: of each crate in the program for a
// target, and of each npm package in the page.
//   scripts/package/notices.mjs TARGET > THIRD-PARTY-NOTICES.txt
//   node --test scripts/package/notices/    its tests
import { execFileSync } from 'node:child_process';
import { resolve } from 'node:path';
import { cratesOf, packagesOf } from './notices/find-parts.mjs';
import { noticesOf } from './notices/text.mjs';

const target = process.argv[2];
if (!target) {
  console.error('usage: scripts/package/notices.mjs TARGET');
  process.exit(2);
}
const root = resolve(import.meta.dirname, '../..');
const metadata = execFileSync(
  'cargo',
  ['metadata', '--locked', '--format-version', '1', '--filter-platform', target],
  { cwd: root, encoding: 'utf8', maxBuffer: 1 << 28, stdio: ['ignore', 'pipe', 'inherit'] },
);
// What neither lists: they bring no files of their own here.
const others = [
  ['Rust’s standard library', 'MIT OR Apache-2.0', 'The Rust Project Contributors', 'https://github.com/rust-lang/rust'],
  ['WebView2 loader', 'BSD-3-Clause', 'Microsoft Corporation', 'https://developer.microsoft.com/microsoft-edge/webview2'],
].map(([name, license, author, home]) => ({ name, version: '', license, authors: [author], home, texts: [] }));
process.stdout.write(
  noticesOf([
    ...cratesOf(JSON.parse(metadata), 'runwatch'),
    ...packagesOf(resolve(root, 'ui')),
    ...others,
  ]),
);
