import type { Locale } from '../../kernel/locale.js';
import {
  type Argument,
  type BundleEntry,
  composeText,
  distinctNames,
  isCount,
  legend,
} from './bundle-entries.js';

/**
 * A namespace in one locale as Android's `strings.xml`. Names consist of the namespace and the key (`app_list_count`
 * for `list.count`); a comment above each text gives its key and its arguments. A plural without its form `other`,
 * which Android requires, is omitted, so that the app falls back to its own language.
 */
export function androidStrings(
  namespace: string,
  locale: Locale,
  entries: readonly BundleEntry[],
): string {
  const here = entries.filter(({ texts }) => texts.get(locale)?.has('other'));
  // <string> and <plurals> have separate names, so names can conflict only within one kind.
  const nameOf = ({ key }: BundleEntry): string => resourceName(`${namespace}_${key}`);
  const names = new Map([
    ...distinctNames(
      entries.filter(({ isPlural }) => isPlural),
      nameOf,
    ),
    ...distinctNames(
      entries.filter(({ isPlural }) => !isPlural),
      nameOf,
    ),
  ]);
  const blocks = here.map((entry) => {
    return [comment(entry), ...resource(entry, names.get(entry) ?? '', locale)].join('\n');
  });
  return `<?xml version="1.0" encoding="utf-8"?>\n<resources>\n${blocks.join('\n')}\n</resources>\n`;
}

/** Starts with a letter, because namespaces do; then only characters that both Java and aapt allow in a name. */
function resourceName(text: string): string {
  return text.replace(/[^A-Za-z0-9_]/g, '_');
}

function comment(entry: BundleEntry): string {
  const text =
    entry.arguments.length === 0 ? entry.key : `${entry.key}: ${legend(entry, argument)}`;
  // XML 1.0 §2.5: a comment may not contain two hyphens in a row.
  return `  <!-- ${xmlText(text).replace(/-(?=-)/g, '- ')} -->`;
}

function resource(entry: BundleEntry, name: string, locale: Locale): string[] {
  const forms = [...(entry.texts.get(locale) ?? [])];
  if (!entry.isPlural) {
    return forms.map(([, text]) => {
      // Otherwise the build interprets two % as positions of arguments.
      const mark = entry.arguments.length === 0 && text.includes('%') ? ' formatted="false"' : '';
      return `  <string name="${name}"${mark}>${value(entry, text)}</string>`;
    });
  }
  const items = forms.map(([form, text]) => {
    return `    <item quantity="${form}">${value(entry, text)}</item>`;
  });
  return [`  <plurals name="${name}">`, ...items, '  </plurals>'];
}

function value(entry: BundleEntry, text: string): string {
  // Only a text with arguments is passed to String.format.
  const isFormatted = entry.arguments.length > 0;
  const literal = (words: string): string =>
    escaped(isFormatted ? words.replace(/%/g, '%%') : words);
  const composed = composeText(text, entry, literal, argument);
  return xmlText(wholeSpaces(composed).replace(/^[@?]/, '\\$&'));
}

/** Lists are passed as strings: the app joins them with its own ListFormatter. */
function argument(number: number, one: Argument): string {
  if (!isCount(one)) return `%${number}$s`;
  return one.format === 'number' ? `%${number}$,d` : `%${number}$d`;
}

function escaped(words: string): string {
  return words
    .replace(/[\\'"]/g, '\\$&')
    .replace(/\n/g, '\\n')
    .replace(/[\u00A0\u2007\u202F]/g, (space) => {
      // Some builds of aapt also treat these as white space, and French uses many of them.
      return `\\u${space.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`;
    });
}

/** Android trims white space at the ends and collapses runs of it, unless it is written as an escape. */
function wholeSpaces(text: string): string {
  return text.replace(/^ | $|(?<= ) /g, '\\u0020');
}

/** XML 1.0 §2.2: some characters cannot be represented at all. */
function xmlText(text: string): string {
  return text
    .replace(/[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu, '')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;');
}
