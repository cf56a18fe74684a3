import { readdirSync, readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

import { createInstance, type i18n } from 'i18next';

import { LOCALES, TAG_OF, type Locale } from '../../kernel/locale.js';
import { SHIPPED_CATALOGS } from './catalog-folder.js';
import { addFormats } from './formats.js';
import type { MessageTree } from './message-tree.js';

/** `namespace:key`, where the key may be a path: `status:AvailabilityStatus.COMPLETE`. */
export type MessageKey = `${string}:${string}`;

/**
 * Values for the placeholders of a text. They are inserted verbatim and never interpreted, even if they look like a
 * placeholder or a reference to another text. `count` chooses the plural form.
 */
export type MessageVariables = Readonly<Record<string, string | number | readonly string[]>>;

export interface MessageOptions {
  /**
   * Whether an unknown key or a missing variable throws. If not, the key replaces the text and `…` the variable.
   * Default: only in tests (`NODE_ENV=test`).
   */
  readonly strict?: boolean;
}

/** The message catalogs. There is no fallback language: the program's own texts are complete in all four. */
export interface Messages {
  /** The namespaces that every locale has, sorted. */
  readonly namespaces: readonly string[];
  /** @throws Error for an unknown key or a missing variable, when strict. */
  text(locale: Locale, key: MessageKey, vars?: MessageVariables): string;
  /** Whether there is a text or, with plural forms, a family of texts under this key. */
  has(locale: Locale, key: MessageKey): boolean;
  /** The texts of one namespace, for i18next in another program; null for an unknown namespace. */
  bundle(namespace: string, locale: Locale): MessageTree | null;
}

/** The texts of each namespace in each locale. */
export type Catalogs = ReadonlyMap<Locale, ReadonlyMap<string, MessageTree>>;

/** Messages whose texts can be replaced while the program runs. */
export interface LiveMessages extends Messages {
  /** The texts that the program was shipped with. */
  readonly shipped: Catalogs;
  /**
   * Replaces all texts at once: a caller gets either only old texts or only new ones.
   * @param catalogs every namespace in every locale, with all of the program's own texts
   */
  replace(catalogs: Catalogs): void;
}

const CATALOGS = pathToFileURL(SHIPPED_CATALOGS);

/**
 * Reads `<folder>/<tag>/<namespace>.json` for the four locales.
 * @throws Error if a locale lacks a namespace that another one has, or a file is not a tree of texts.
 */
export function loadMessages(folder: URL = CATALOGS, options: MessageOptions = {}): LiveMessages {
  const strict = options.strict ?? process.env['NODE_ENV'] === 'test';
  const shipped = readCatalogs(folder);
  let catalogs: Catalogs = shipped;
  let translator = createTranslator(shipped, strict);

  return {
    shipped,
    replace(others) {
      translator = createTranslator(others, strict);
      catalogs = others;
    },
    get namespaces() {
      return [...(catalogs.get(LOCALES[0])?.keys() ?? [])];
    },
    text(locale, key, vars = {}) {
      const { namespace, path } = splitKey(key);
      return translator.t(path, {
        lng: TAG_OF[locale],
        ns: namespace,
        // In a separate member, so that no variable can be taken for an option of i18next.
        replace: vars,
        ...(typeof vars['count'] === 'number' && { count: vars['count'] }),
        formatParams: fixedLanguage(vars, TAG_OF[locale]),
        nest: false,
      });
    },
    has(locale, key) {
      const { namespace, path } = splitKey(key);
      const options = { lng: TAG_OF[locale], ns: namespace, returnObjects: false };
      return translator.exists(path, options) || translator.exists(path, { ...options, count: 2 });
    },
    bundle: (namespace, locale) => catalogs.get(locale)?.get(namespace) ?? null,
  };
}

function readCatalogs(folder: URL): Catalogs {
  const catalogs = new Map<Locale, Map<string, MessageTree>>();
  for (const locale of LOCALES) {
    const place = new URL(`${TAG_OF[locale]}/`, folder);
    const files = readdirSync(place).filter((name) => name.endsWith('.json'));
    const namespaces = files.map((name) => name.slice(0, -'.json'.length)).sort();
    catalogs.set(
      locale,
      new Map(namespaces.map((name) => [name, readTree(new URL(`${name}.json`, place))])),
    );
  }
  const [first, ...others] = [...catalogs.values()].map((texts) => [...texts.keys()].join(', '));
  if (others.some((names) => names !== first)) {
    throw new Error(`The locales in ${folder.href} differ in their namespaces`);
  }
  return catalogs;
}

function readTree(file: URL): MessageTree {
  const tree: unknown = JSON.parse(readFileSync(file, 'utf8'));
  if (!isTree(tree)) throw new Error(`${file.href} is not a tree of texts`);
  return tree;
}

/** Freezes the tree too: bundles are handed out without a copy. */
function isTree(value: unknown): value is MessageTree {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  Object.freeze(value);
  return Object.values(value).every((entry) => typeof entry === 'string' || isTree(entry));
}

function createTranslator(catalogs: Catalogs, strict: boolean): i18n {
  const resources = Object.fromEntries(
    [...catalogs].map(([locale, texts]) => [TAG_OF[locale], Object.fromEntries(texts)]),
  );
  const missing = (key: string): string => {
    if (strict) throw new Error(`No text for ${key}`);
    return key;
  };
  const translator = createInstance();
  void translator.init({
    resources,
    initAsync: false,
    fallbackLng: false,
    load: 'currentOnly',
    nsSeparator: false,
    // Texts go to terminals, logs and JSON; code that inserts one into HTML must escape it.
    interpolation: { escapeValue: false, skipOnVariables: true },
    parseMissingKeyHandler: missing,
    returnedObjectHandler: missing,
    missingInterpolationHandler(text: string, match: RegExpExecArray) {
      if (strict) throw new Error(`No value for ${match[0]} in: ${text}`);
      return '…';
    },
  });
  addFormats(translator);
  return translator;
}

function splitKey(key: MessageKey): { namespace: string; path: string } {
  const at = key.indexOf(':');
  return { namespace: key.slice(0, at), path: key.slice(at + 1) };
}

/** i18next would let a variable named `locale` or `lng` choose the language of formatting. */
function fixedLanguage(vars: MessageVariables, tag: string): Record<string, { locale: string }> {
  return Object.fromEntries(Object.keys(vars).map((name) => [name, { locale: tag }]));
}
