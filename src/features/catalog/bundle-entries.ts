import { createHash } from 'node:crypto';

import { LOCALES, type Locale } from '../../kernel/locale.js';
import { compareKeys, type PluralKeys, pluralKeysOf } from '../../kernel/plural-forms.js';
import { flattenTree, type MessageTree } from '../../platform/i18n/message-tree.js';
import { placeholdersOf } from './placeholders.js';

/** A value that is passed to a text; `format` as in `{{names, list}}`. */
export interface Argument {
  readonly name: string;
  readonly format: string | null;
}

/** A text of an app in all languages that have it, with its plural forms. */
export interface BundleEntry {
  /** The key that is passed to i18next. */
  readonly key: string;
  readonly isPlural: boolean;
  /** The number first, then by name: the same order in every language, independent of the word order. */
  readonly arguments: readonly Argument[];
  /** By locale; for a plural by form, otherwise the only text is under `other`. */
  readonly texts: ReadonlyMap<Locale, ReadonlyMap<string, string>>;
}

const COUNT = 'count';

export function isCount({ name }: Argument): boolean {
  return name === COUNT;
}

/**
 * The entries of a namespace, in a stable order. Ordinals (`_ordinal_one`) are texts of their own here: neither Android
 * nor Apple has plural forms for them.
 *
 * @param trees the namespace in each locale
 */
export function bundleEntries(trees: ReadonlyMap<Locale, MessageTree>): BundleEntry[] {
  const drafts = new Map<string, Draft>();
  const texts = LOCALES.map((locale) => ({ locale, own: flattenTree(trees.get(locale) ?? {}) }));
  const pluralOf = pluralKeysOf(texts.flatMap(({ own }) => [...own]));
  for (const { locale, own } of texts) {
    for (const [key, text] of own) {
      const { name, form } = placeOf(key, pluralOf);
      const id = `${form === null ? 'one' : 'plural'}:${name}`;
      const draft: Draft = drafts.get(id) ?? {
        key: name,
        isPlural: form !== null,
        texts: new Map<Locale, Map<string, string>>(),
      };
      drafts.set(id, draft);
      const forms = draft.texts.get(locale) ?? new Map<string, string>();
      draft.texts.set(locale, forms.set(form ?? 'other', text));
    }
  }
  return [...drafts.values()]
    .map((draft) => ({ ...draft, arguments: argumentsOf(draft) }))
    .sort((a, b) => compareKeys(a.key, b.key) || Number(a.isPlural) - Number(b.isPlural));
}

interface Draft {
  readonly key: string;
  readonly isPlural: boolean;
  readonly texts: Map<Locale, Map<string, string>>;
}

function placeOf(key: string, pluralOf: PluralKeys): { name: string; form: string | null } {
  const plural = pluralOf(key);
  if (plural === null || plural.form.startsWith('ordinal_')) return { name: key, form: null };
  return { name: plural.family, form: plural.form };
}

/** The first argument of a plural is always its number, even if no form contains it. */
function argumentsOf({ texts, isPlural }: Draft): Argument[] {
  const all = [...texts.values()].flatMap((forms) => [...forms.values()]);
  const found = all.flatMap(placeholdersOf).map(argumentOf);
  const names = [...new Set([...(isPlural ? [COUNT] : []), ...found.map(({ name }) => name)])];
  names.sort((a, b) => Number(b === COUNT) - Number(a === COUNT) || (a < b ? -1 : 1));
  return names.map((name) => {
    const formats = found.filter((other) => other.name === name).map(({ format }) => format);
    return { name, format: formats.find((format) => format !== null) ?? null };
  });
}

/** `- name` is i18next's syntax for unescaped HTML, which is irrelevant here. */
function argumentOf(placeholder: string): Argument {
  const [name = '', ...format] = placeholder.replace(/^-\s*/, '').split(', ');
  return { name, format: format.length > 0 ? format.join(', ') : null };
}

/**
 * Replaces each placeholder of a text.
 *
 * @param literal converts the text between placeholders
 * @param argument converts a placeholder; its number counts from 1
 */
export function composeText(
  text: string,
  { arguments: all }: BundleEntry,
  literal: (words: string) => string,
  argument: (number: number, argument: Argument) => string,
): string {
  const parts = text.split(/\{\{(.*?)\}\}/s);
  return parts
    .map((part, index) => {
      if (index % 2 === 0) return literal(part);
      const { name } = argumentOf(
        part
          .trim()
          .split(/\s*,\s*/)
          .join(', '),
      );
      const place = all.findIndex((other) => other.name === name);
      const found = all[place];
      return found ? argument(place + 1, found) : literal(`{{${part}}}`);
    })
    .join('');
}

/** Documents the arguments of a text for developers: `%1$d = count, %2$s = names (list)`. */
export function legend(
  entry: BundleEntry,
  argument: (number: number, argument: Argument) => string,
): string {
  return entry.arguments
    .map((one, index) => {
      const { name, format } = one;
      return `${argument(index + 1, one)} = ${name}${format === null ? '' : ` (${format})`}`;
    })
    .join(', ');
}

/**
 * Unique names for a format that allows fewer characters than keys do. If several keys have the same name, the key
 * that is unchanged in the name gets it, and each other one gets a part of its key's digest as a suffix: a name always
 * identifies the same entry, whatever other entries exist.
 *
 * @param nameOf the name of an entry without regard to others
 */
export function distinctNames(
  entries: readonly BundleEntry[],
  nameOf: (entry: BundleEntry) => string,
): ReadonlyMap<BundleEntry, string> {
  const groups = new Map<string, BundleEntry[]>();
  for (const entry of entries) {
    const name = nameOf(entry);
    groups.set(name, [...(groups.get(name) ?? []), entry]);
  }
  const named = [...groups].flatMap(([name, group]) => {
    const owner = group.length === 1 ? group[0] : ownerOf(name, group);
    return group.map((entry): [BundleEntry, string] => {
      return [entry, entry === owner ? name : `${name}_${digestOf(entry)}`];
    });
  });
  return new Map(named);
}

/** A name begins with a prefix that is the same for all, so only its end is compared. */
function ownerOf(name: string, group: readonly BundleEntry[]): BundleEntry | undefined {
  const owners = group.filter(({ key }) => name.endsWith(key));
  return owners.find(({ isPlural }) => !isPlural) ?? owners[0];
}

function digestOf({ key, isPlural }: BundleEntry): string {
  return createHash('sha256')
    .update(`${key}${isPlural ? ' (plural)' : ''}`)
    .digest('hex')
    .slice(0, 8);
}
