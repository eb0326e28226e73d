// Small crates and pages with and without circles: what the check has to see, and what it must not.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { circles } from './find-circles.mjs';
import { pageImports } from './page-imports.mjs';
import { rustImports } from './rust-imports.mjs';

const CRATES = [
  [
    'a nested group and a path in code',
    1,
    {
      'lib.rs': 'mod a;\nmod b;\n',
      'a.rs': 'use crate::{x::Y, b::{inner::Thing, Z}};\n',
      'b/mod.rs': 'pub mod inner;\n',
      'b/inner.rs': 'fn f() { super::super::a::g() }\n',
    },
  ],
  [
    'a child that imports what its parent gives on',
    1,
    {
      'lib.rs': 'mod a;\n',
      'a.rs': 'mod b;\npub use b::B;\n',
      'a/b.rs': 'use super::B;\n',
    },
  ],
  [
    'a module that was imported by its own name',
    1,
    {
      'lib.rs': 'mod a;\nmod b;\n',
      'a.rs': 'use crate::b as other;\nfn f() { other::deep::g() }\n',
      'b/mod.rs': 'pub mod deep;\n',
      'b/deep.rs': 'use crate::a::f;\n',
    },
  ],
  [
    'addresses, quotes and lifetimes before the import',
    1,
    {
      'lib.rs': 'mod a;\nmod b;\n',
      'a.rs': `const A: &str = "https://x";\nconst Q: char = '"';\nfn f<'a>(x: &'a str) -> char { '\\'' }\nuse crate::b::B;\n`,
      'b.rs': 'const R: &str = r#"" //"#;\nuse crate::a::A;\n',
    },
  ],
  [
    'one file a system, each under a name that is not its own',
    1,
    {
      'lib.rs':
        'mod a;\n#[cfg(unix)]\n#[path = "os/unix.rs"]\nmod os;\n#[cfg(windows)]\n#[path = "os/windows.rs"]\nmod os;\n',
      'a.rs': 'use crate::os::f;\n',
      'os/unix.rs': 'pub fn f() {}\n',
      'os/windows.rs': 'use crate::a::g;\n',
    },
  ],
  [
    'two files of a program',
    1,
    {
      'bin/x.rs': '#[path = "x/a.rs"]\nmod a;\n#[path = "x/b.rs"]\nmod b;\n',
      'bin/x/a.rs': 'use super::b::f;\n',
      'bin/x/b.rs': 'use super::a::f;\n',
    },
  ],
  [
    'files of a module that has none of its own',
    1,
    {
      'lib.rs': 'mod a {\n    pub(crate) mod b;\n    pub(crate) mod c;\n}\n',
      'a/b.rs': 'use crate::a::c::C;\n',
      'a/c.rs': 'use super::b::B;\n',
    },
  ],
  [
    'comments, texts and tests',
    0,
    {
      'lib.rs': 'mod a;\nmod b;\n#[cfg(test)]\nmod help;\n',
      'a.rs': 'use crate::b::B;\n#[cfg(test)]\nmod tests {\n    fn f() { if x {} }\n}\n#[cfg(test)]\nmod unit;\n',
      'a/unit.rs': 'use super::*;\n',
      'b.rs':
        '// use crate::a::A;\n/* crate::a::f() */\nconst T: &str = "crate::a::A";\n#[cfg(test)]\nuse crate::{a::A, c::C};\n#[cfg(all(test, unix))]\nfn f(x: [u8; 2]) { crate::a::f() }\n',
      'help.rs': 'use crate::a::A;\n',
    },
  ],
];

const PAGES = [
  [
    'a type that goes one way and a component the other',
    1,
    {
      'a.svelte.ts': "import B from './parts/B.svelte';\n",
      'parts/B.svelte': '<script lang="ts">\n  import type { A } from "../a.svelte";\n</script>\n<p>it\'s</p>\n',
    },
  ],
  [
    'what is given on, and what is loaded late',
    1,
    {
      'a.ts': "export { b } from './b';\n",
      'b.ts': "export const b = () => import('./a');\n",
    },
  ],
  [
    'comments and tests',
    0,
    {
      'a.ts': "import './b';\n",
      'b.ts': "// import './a';\nconst text = \"import './a'\";\n",
      'b.test.ts': "import './a';\n",
    },
  ],
];

/** Whether each sample has the circles that it should have; says which has not. */
export function selfTest(ui) {
  let wrong = 0;
  const samples = [
    ...CRATES.map((sample) => [...sample, rustImports]),
    ...PAGES.map((sample) => [...sample, (src) => pageImports(src, ui)]),
  ];
  for (const [name, expected, files, read] of samples) {
    const folder = mkdtempSync(join(tmpdir(), 'circles-'));
    try {
      for (const [path, text] of Object.entries(files)) {
        mkdirSync(dirname(join(folder, path)), { recursive: true });
        writeFileSync(join(folder, path), text);
      }
      const found = circles(read(folder)).length;
      if (found === expected) continue;
      wrong += 1;
      console.error(`check-circles: ${found} circles, expected ${expected}: ${name}`);
    } finally {
      rmSync(folder, { recursive: true });
    }
  }
  console.log(`check-circles: ${samples.length - wrong} of ${samples.length} samples are read as they should be`);
  return wrong === 0;
}
