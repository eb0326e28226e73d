// What others wrote that is in Runwatch: crates and npm packages, each with the texts of its licence.
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Files that hold a licence or a notice. */
const TEXTS = /^(licen[cs]e|copying|copyright|notice|unlicense)/i;

/** The crates in the program of a package, by `cargo metadata`: no tools of the build, no tests. */
export function cratesOf(metadata, name) {
  const nodes = new Map(metadata.resolve.nodes.map((node) => [node.id, node]));
  const packages = new Map(metadata.packages.map((found) => [found.id, found]));
  const first = metadata.packages.find((found) => found.name === name).id;
  const ids = reached([first], (id) =>
    nodes
      .get(id)
      .deps.filter((to) => to.dep_kinds.some(({ kind }) => kind === null))
      .map((to) => to.pkg),
  );
  return ids
    .map((id) => packages.get(id))
    .filter((found) => found.source !== null) // ours have none
    .map((found) => ({
      name: found.name,
      version: found.version,
      license: found.license ?? '',
      authors: found.authors,
      home: found.repository ?? found.homepage ?? '',
      texts: textsIn(dirname(found.manifest_path)),
    }));
}

/** The packages that a page depends on, as they are installed; no tools. */
export function packagesOf(ui) {
  const read = (folder) => JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const installed = (name, from) => {
    for (let at = from; at.startsWith(ui); at = dirname(at)) {
      const folder = join(at, 'node_modules', name);
      if (existsSync(join(folder, 'package.json'))) return folder;
    }
    throw new Error(`${name} is not installed in ${ui}`);
  };
  const needs = (folder) => Object.keys(read(folder).dependencies ?? {}).map((name) => installed(name, folder));
  return reached(needs(ui), needs).map((folder) => {
    const { name, version, license, author, repository, homepage } = read(folder);
    const home = typeof repository === 'string' ? repository : (repository?.url ?? homepage ?? '');
    const authors = [typeof author === 'string' ? author : author?.name].filter(Boolean);
    return { name, version, license: license ?? '', authors, home, texts: textsIn(folder) };
  });
}

/** All that can be reached from some, each once. */
function reached(first, next) {
  const all = new Set(first);
  for (const one of all) for (const other of next(one)) all.add(other);
  return [...all];
}

/** Name and content of each text in a folder, and in a folder of licences in it. */
function textsIn(folder) {
  return readdirSync(folder)
    .filter((name) => TEXTS.test(name))
    .flatMap((name) => {
      const path = join(folder, name);
      if (!statSync(path).isDirectory()) return [{ name, text: readFileSync(path, 'utf8') }];
      return readdirSync(path).map((inner) => ({ name: inner, text: readFileSync(join(path, inner), 'utf8') }));
    });
}
