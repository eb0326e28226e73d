/** What people read is in this folder alone: to change a sentence nobody opens a component. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'svelte/compiler';
import ts from 'typescript';
import { expect, it } from 'vitest';

const SRC = join(import.meta.dirname, '..');

/** This folder; the backend's words; the sample data of the fake host; tests. */
const ELSEWHERE = /^(words|generated|host\/fake)\/|^host\/fake\.ts$|[-./](test|testing)\.ts$/;

/** Words that code compares with: SolveXia's statuses, and the keys as the web and their users call them. */
const COMPARED = new Set([
  ...['NotStarted', 'Running', 'Scheduled', 'Finished', 'TimedOut', 'Cancelled'],
  ...['Success', 'Warning', 'Failed', 'Skipped'],
  ...['Alt', 'Control', 'Meta', 'Shift', 'Enter', 'Esc', 'Escape', 'Space', 'Tab', 'Home', 'End'],
  ...['ArrowDown', 'ArrowLeft', 'ArrowRight', 'ArrowUp', 'PageDown', 'PageUp'],
]);

/** Attributes and properties that are read, and those that only say how something looks. */
const READ =
  /^(title|text|words|placeholder|alt|retry|\w*label|aria-(label|description|placeholder))$/i;
const LOOK = /^(class|look|style)$/;

const HAS_WORD = /\p{L}{2,}/u;
/** In code: it begins as a sentence or a title does, or a word follows another one or a part (`…`). */
const IS_PHRASE = /^\P{L}*\p{Lu}\p{Ll}|(\p{L}{2,}|…)[,;:.!?]? \p{L}{2,}/u;

interface Node {
  type: string;
  [part: string]: unknown;
}

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && 'type' in value;

const nodesIn = (value: unknown): Node[] =>
  [Array.isArray(value) ? value : Object.values(value ?? {})].flat(2).filter(isNode);

/** A text as it is written, with `…` for its parts. */
function textOf({ type, value, data, quasis }: Node): string {
  if (type === 'Text') return String(data);
  if (type === 'Literal') return typeof value === 'string' ? value : '';
  if (type !== 'TemplateLiteral') return '';
  return (quasis as { value: { raw: string } }[]).map((quasi) => quasi.value.raw).join('…');
}

/** What an expression that is shown may come out as, where it is written there. */
function shown(node: Node): string[] {
  const { type, operator, consequent, alternate, left, right, expression } = node;
  const branches = {
    ConditionalExpression: [consequent, alternate],
    LogicalExpression: [left, right],
    BinaryExpression: operator === '+' ? [left, right] : [],
    ExpressionTag: [expression],
  }[type];
  return branches ? branches.filter(isNode).flatMap(shown) : [textOf(node)];
}

const isPhrase = (text: string) =>
  IS_PHRASE.test(text) && !(text.match(/\p{L}+/gu) ?? []).every((word) => COMPARED.has(word));

/** All that people would read of a node. */
function read(node: Node): string[] {
  const { type, name, value } = node;
  // What `new Error` says is for developers.
  const isError = type === 'NewExpression' && (node['callee'] as Node)['name'] === 'Error';
  const isLook = type === 'StyleDirective' || (type === 'Attribute' && LOOK.test(String(name)));
  const isNoText = /^(TS(?!As|NonNull|Satisfies)|Import|ExportAll)/.test(type);
  const isFile = type === 'ExportNamedDeclaration' && node['source'] !== null;
  if (isError || isLook || isNoText || isFile) return [];
  if (type === 'Attribute' && !READ.test(String(name))) {
    return nodesIn(Array.isArray(value) ? value : [value]).flatMap((part) =>
      part.type === 'Text' ? [textOf(part)].filter(isPhrase) : nodesIn(part).flatMap(read),
    );
  }
  if (type === 'Property' && node['computed'] === false) return nodesIn([value]).flatMap(read);
  const own =
    type === 'Text' || type === 'ExpressionTag'
      ? shown(node).filter((text) => HAS_WORD.test(text))
      : [textOf(node)].filter(isPhrase);
  return [...own, ...nodesIn(node).flatMap(read)];
}

/** A file of code is parsed as a component's script. */
function wordsIn(path: string): string[] {
  const text = readFileSync(join(SRC, path), 'utf8');
  const source = path.endsWith('.ts') ? `<script lang="ts">\n${text}\n</script>` : text;
  const { fragment, instance, module } = parse(source, { modern: true });
  const found = nodesIn([fragment, instance?.content, module?.content]).flatMap(read);
  return [...new Set(found)].map((words) => `${path}: ${words.trim().replace(/\s+/g, ' ')}`);
}

const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  .map((path) => path.replaceAll('\\', '/'))
  .filter((path) => /\.(svelte|ts)$/.test(path) && !ELSEWHERE.test(path));

it('words that people read are in src/words alone', () => {
  expect(files.length).toBeGreaterThan(150);
  expect(files.flatMap(wordsIn)).toEqual([]);
});

it('words depend on nothing of the page but the contract', () => {
  const words = readdirSync(import.meta.dirname).filter((name) => !name.endsWith('.test.ts'));
  const imports = words.flatMap((name) => {
    const { importedFiles } = ts.preProcessFile(readFileSync(join(SRC, 'words', name), 'utf8'));
    return importedFiles.map(({ fileName }) => fileName);
  });
  const others = imports.filter(
    (name) => !name.startsWith('./') && name !== '../generated/contract',
  );
  expect(others).toEqual([]);
});

it('per cent is written without a space', () => {
  const words = readdirSync(import.meta.dirname).filter((name) => !name.endsWith('.test.ts'));
  const spaced = words.filter((name) =>
    /[\d}] %[.`'\s]/.test(readFileSync(join(SRC, 'words', name), 'utf8')),
  );
  expect(spaced).toEqual([]);
});
