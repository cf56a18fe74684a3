/**
 * `npm run check:names` refuses words that the field does not use in the names of files, identifiers and properties of
 * src/, tests/ and .ci/. names.json has the table: each word (or sequence of words) with its replacement, the external
 * names that are exempt, each with a reason, and the folders that are not checked yet. With a folder as argument it
 * checks all of that folder instead (tests/contract/names.test.ts).
 */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

import ts from 'typescript';

const root = path.dirname(import.meta.dirname);
const table = JSON.parse(readFileSync(path.join(import.meta.dirname, 'names.json'), 'utf8'));
const suffixes = Object.entries(table.suffixesOfTypes);
const rules = Object.entries(table.words).map(([words, use]) => ({ words: words.split(' '), use }));

const EXTENSIONS = ['.ts', '.mjs', '.js', '.jsx'];

/** `cachedPageOf` → cached, page, of; `LOG_HEAD` → log, head. */
function wordsOf(name) {
  return name
    .split(/[^\p{L}]+|(?<=[\p{Ll}\d])(?=\p{Lu})|(?<=\p{Lu})(?=\p{Lu}\p{Ll})/u)
    .filter((word) => word !== '')
    .map((word) => word.toLowerCase());
}

/** What to use in place of a word of this name, or undefined where the name is fine. */
function betterFor(name, file) {
  if (isExternal(name, file)) return undefined;
  const suffix = suffixes.find(([end]) => /^\p{Lu}\p{Ll}/u.test(name) && name.endsWith(end));
  if (suffix !== undefined) return suffix[1];
  const words = wordsOf(name);
  return rules.find((rule) => words.some((_, at) => startsWith(words.slice(at), rule.words)))?.use;
}

function startsWith(words, start) {
  return start.every((word, at) => words[at] === word);
}

/** @param file relative to the project: some names are external in a few folders only */
function isExternal(name, file) {
  const isIn = ({ in: folders }) => folders?.some((start) => file.startsWith(start)) ?? true;
  return table.external.some((entry) => entry.names.includes(name) && isIn(entry));
}

/** Every identifier of a file: declarations, references, properties and attributes. */
function identifiersIn(file) {
  const text = readFileSync(file, 'utf8');
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const found = [];
  collect(source);
  return found;

  function collect(node) {
    if (ts.isIdentifier(node) || ts.isPrivateIdentifier(node)) {
      const { line } = source.getLineAndCharacterOfPosition(node.getStart(source));
      found.push({ line: line + 1, name: node.text });
    }
    ts.forEachChild(node, collect);
  }
}

function findingsIn(file, shown) {
  const extension = path.extname(file);
  const inName = betterFor(path.basename(file, extension), shown);
  const ofFile = inName === undefined ? [] : [`${shown}: the name of the file → ${inName}`];
  const identifiers = EXTENSIONS.includes(extension) ? identifiersIn(file) : [];
  const inFile = identifiers.flatMap(({ line, name }) => {
    const use = betterFor(name, shown);
    return use === undefined ? [] : [`${shown}:${line}: ${name} → ${use}`];
  });
  return [...ofFile, ...inFile];
}

function filesIn(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .filter((file) => !file.includes(`${path.sep}node_modules${path.sep}`))
    .sort();
}

const [folder] = process.argv.slice(2);
const base = folder === undefined ? root : path.resolve(folder);
const files =
  folder === undefined
    ? table.folders.flatMap((name) => filesIn(path.join(root, name)))
    : filesIn(base);
const findings = { checked: [], pending: new Map() };
for (const file of files) {
  const shown = path.relative(base, file);
  const pending = folder === undefined && table.pending.find((name) => shown.startsWith(name));
  const found = findingsIn(file, shown);
  if (pending) findings.pending.set(pending, (findings.pending.get(pending) ?? 0) + found.length);
  else findings.checked.push(...found);
}

for (const finding of findings.checked) console.log(finding);
for (const [name, count] of findings.pending) console.log(`pending: ${name}: ${count} names`);
console.log(`${findings.checked.length} names to change in ${files.length} files.`);
process.exitCode = findings.checked.length === 0 ? 0 : 1;
