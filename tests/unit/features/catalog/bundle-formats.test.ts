import { describe, expect, it } from '@jest/globals';
import { XMLParser, XMLValidator } from 'fast-xml-parser';

import { androidStrings } from '../../../../src/features/catalog/bundle-android.js';
import { bundleEntries } from '../../../../src/features/catalog/bundle-entries.js';
import { stringCatalog } from '../../../../src/features/catalog/bundle-xcstrings.js';
import { LOCALES, type Locale } from '../../../../src/kernel/locale.js';
import { treeOf } from '../../../../src/platform/i18n/message-tree.js';
import { loadMessages } from '../../../../src/platform/i18n/messages.js';

type Texts = Partial<Record<Locale, Record<string, string>>>;

function entriesOf(texts: Texts) {
  const trees = Object.entries(texts).map(([locale, own]): [Locale, ReturnType<typeof treeOf>] => {
    return [locale as Locale, treeOf(new Map(Object.entries(own)))];
  });
  return bundleEntries(new Map(trees));
}

interface AndroidFile {
  readonly strings: Record<string, string>;
  readonly plurals: Record<string, Record<string, string>>;
}

/** What Android's build tool would find, after one parser of XML and before its own escapes. */
function readAndroid(xml: string): AndroidFile {
  expect(XMLValidator.validate(xml)).toBe(true);
  const parser = new XMLParser({
    ignoreAttributes: false,
    attributeNamePrefix: '',
    trimValues: false,
    parseTagValue: false,
    isArray: (name) => ['string', 'plurals', 'item'].includes(name),
  });
  const { resources } = parser.parse(xml);
  const strings = (resources.string ?? []) as { name: string; '#text': string }[];
  const plurals = (resources.plurals ?? []) as {
    name: string;
    item: { quantity: string; '#text': string }[];
  }[];
  return {
    strings: Object.fromEntries(strings.map((one) => [one.name, one['#text']])),
    plurals: Object.fromEntries(
      plurals.map(({ name, item }) => [
        name,
        Object.fromEntries(item.map((one) => [one.quantity, one['#text']])),
      ]),
    ),
  };
}

const android = (texts: Texts, locale: Locale = 'EN') =>
  readAndroid(androidStrings('my-app', locale, entriesOf(texts)));
const catalog = (texts: Texts, source: Locale = 'ES') =>
  JSON.parse(stringCatalog(source, entriesOf(texts)));

describe('strings.xml', () => {
  it.each([
    ["It's", "It\\'s"],
    ['Say "yes"', 'Say \\"yes\\"'],
    ['@home', '\\@home'],
    ['?what', '\\?what'],
    ['me@home, what?', 'me@home, what?'],
    ['one\ntwo', 'one\\ntwo'],
    ['C:\\new', 'C:\\\\new'],
    ['<b>bold</b> & more ]]>', '<b>bold</b> & more ]]>'],
    ['Prêt\u00A0: oui\u202F!', 'Prêt\\u00A0: oui\\u202F!'],
    [' a  b   c ', '\\u0020a \\u0020b \\u0020\\u0020c\\u0020'],
    ['100 % sure, 50 % of us', '100 % sure, 50 % of us'],
    ['{{share}} % sure', '%1$s %% sure'],
    ['{{to}} from {{- from}}, {{to, list}}', '%2$s from %1$s, %2$s'],
    ['{{count, number}} of {{all}}', '%1$,d of %2$s'],
    ['😀 \uFFFE', '😀 '],
  ])('renders %j as %j', (text, expected) => {
    expect(android({ EN: { key: text } }).strings).toEqual({ my_app_key: expected });
  });

  it('marks a per cent sign that is no argument for the build tool', () => {
    const xml = androidStrings('app', 'EN', entriesOf({ EN: { key: '5 % of 7 %' } }));
    expect(xml).toContain('<string name="app_key" formatted="false">5 % of 7 %</string>');
  });

  it('numbers arguments alike in all languages', () => {
    const texts = {
      EN: { from: '{{who}} wrote to {{to}} at {{at}}' },
      FR: { from: 'À {{at}}, {{to}} a reçu de {{who}}' },
    };
    expect(android(texts, 'EN').strings).toEqual({
      my_app_from: '%3$s wrote to %2$s at %1$s',
    });
    expect(android(texts, 'FR').strings).toEqual({
      my_app_from: 'À %1$s, %2$s a reçu de %3$s',
    });
    expect(androidStrings('my-app', 'FR', entriesOf(texts))).toContain(
      '<!-- from: %1$s = at, %2$s = to, %3$s = who -->',
    );
  });

  it('has the plural forms of each language', () => {
    const texts = {
      EN: { files_one: 'One file of {{owner}}', files_other: '{{count}} files of {{owner}}' },
      ES: {
        files_one: 'Un archivo de {{owner}}',
        files_many: '{{count}} de archivos de {{owner}}',
        files_other: '{{count}} archivos de {{owner}}',
      },
    };
    expect(android(texts, 'EN').plurals).toEqual({
      my_app_files: { one: 'One file of %2$s', other: '%1$d files of %2$s' },
    });
    expect(android(texts, 'ES').plurals).toEqual({
      my_app_files: {
        one: 'Un archivo de %2$s',
        many: '%1$d de archivos de %2$s',
        other: '%1$d archivos de %2$s',
      },
    });
  });

  it('leaves out a plural that has no general form, and has ranks as texts', () => {
    const texts = { EN: { files_one: '{{count}} file', place_ordinal_one: '{{count}}st' } };
    expect(android(texts)).toEqual({
      strings: { my_app_place_ordinal_one: '%1$dst' },
      plurals: {},
    });
  });

  it('gives every key a name of its own, the same whatever the order', () => {
    const keys = { 'a.b': '1', 'a-b': '2', a_b: '3', c_other: '{{count}}', c: '5', é: '6', è: '7' };
    const once = android({ EN: keys });
    const again = android({ EN: Object.fromEntries(Object.entries(keys).reverse()) });
    expect(again).toEqual(once);
    expect(once.strings).toMatchObject({ my_app_a_b: '3', my_app_c: '5' });
    expect(once.plurals).toEqual({ my_app_c: { other: '%1$d' } });
    expect(Object.values(once.strings).sort()).toEqual(['1', '2', '3', '5', '6', '7']);
    for (const name of Object.keys(once.strings)) expect(name).toMatch(/^[a-z][A-Za-z0-9_]*$/);
  });

  it('survives a key that would end its comment', () => {
    expect(android({ EN: { 'a--><string': 'x' } }).strings).toEqual({ my_app_a____string: 'x' });
  });
});

describe('a String Catalog', () => {
  it('has all languages of a text in one place', () => {
    const texts = { EN: { 'page.hi': 'Hi {{name}}' }, FR: { 'page.hi': 'Salut {{name}}' } };
    expect(catalog(texts)).toEqual({
      sourceLanguage: 'es',
      version: '1.0',
      strings: {
        'page.hi': {
          comment: '%1$@ = name',
          extractionState: 'manual',
          localizations: {
            en: { stringUnit: { state: 'translated', value: 'Hi %1$@' } },
            fr: { stringUnit: { state: 'translated', value: 'Salut %1$@' } },
          },
        },
      },
    });
  });

  it('varies a text by its only number', () => {
    const texts = { EN: { n_one: 'One file', n_other: '{{count, number}} files, 100 %' } };
    expect(catalog(texts).strings.n.localizations.en).toEqual({
      variations: {
        plural: {
          one: { stringUnit: { state: 'translated', value: 'One file' } },
          other: { stringUnit: { state: 'translated', value: '%lld files, 100 %%' } },
        },
      },
    });
  });

  it('declares which argument is the number where there are several, or where no form has it', () => {
    const texts = {
      EN: {
        n_one: '{{count}} hit for {{query}}',
        n_other: '{{count}} hits for {{query}}',
        m_one: 'One',
        m_other: 'Many',
      },
    };
    const { n, m } = catalog(texts).strings;
    expect(n.comment).toBe('%1$lld = count, %2$@ = query');
    expect(n.localizations.en.stringUnit.value).toBe('%#@count@');
    expect(n.localizations.en.substitutions.count).toEqual({
      argNum: 1,
      formatSpecifier: 'lld',
      variations: {
        plural: {
          one: { stringUnit: { state: 'translated', value: '%arg hit for %2$@' } },
          other: { stringUnit: { state: 'translated', value: '%arg hits for %2$@' } },
        },
      },
    });
    expect(m.localizations.en.stringUnit.value).toBe('%#@count@');
  });

  it('has a text that only ends like a plural form as a plain string', () => {
    const texts = { step_one: 'First step', phase_two: 'Second phase', and_other: 'And another' };
    const { strings } = catalog({ EN: texts, ES: { step_one: 'Primer paso' } });
    expect(strings.step_one.localizations).toEqual({
      en: { stringUnit: { state: 'translated', value: 'First step' } },
      es: { stringUnit: { state: 'translated', value: 'Primer paso' } },
    });
    expect(Object.keys(strings)).toEqual(['and_other', 'phase_two', 'step_one']);
    expect(android({ EN: texts })).toEqual({
      strings: {
        my_app_and_other: 'And another',
        my_app_phase_two: 'Second phase',
        my_app_step_one: 'First step',
      },
      plurals: {},
    });
  });

  it('separates a text and its plural', () => {
    const { strings } = catalog({ EN: { c: 'Files', c_other: '{{count}} files' } });
    expect(strings.c.localizations.en.stringUnit.value).toBe('Files');
    expect(Object.keys(strings)).toHaveLength(2);
  });
});

describe('the texts that the program comes with', () => {
  const messages = loadMessages();
  const entries = (namespace: string) =>
    bundleEntries(
      new Map(LOCALES.map((locale) => [locale, messages.bundle(namespace, locale) ?? {}])),
    );

  it.each(['app', 'status'])('are whole in every format: %s', (namespace) => {
    const all = entries(namespace);
    const { strings } = JSON.parse(stringCatalog('PT', all));
    expect(Object.keys(strings)).toHaveLength(all.length);
    for (const locale of LOCALES) {
      const file = readAndroid(androidStrings(namespace, locale, all));
      expect(Object.keys(file.strings).length + Object.keys(file.plurals).length).toBe(all.length);
      expect(JSON.stringify(file)).not.toContain('{{');
    }
    expect(JSON.stringify(strings)).not.toContain('{{');
  });
});
