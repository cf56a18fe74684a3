import { type Locale, TAG_OF } from '../../kernel/locale.js';
import {
  type Argument,
  type BundleEntry,
  composeText,
  distinctNames,
  isCount,
  legend,
} from './bundle-entries.js';

interface StringUnit {
  readonly stringUnit: { readonly state: 'translated'; readonly value: string };
}

interface Plural {
  readonly variations: { readonly plural: Readonly<Record<string, StringUnit>> };
}

interface Substitution extends Plural {
  readonly argNum: number;
  readonly formatSpecifier: string;
}

type Localization =
  | StringUnit
  | Plural
  | (StringUnit & { readonly substitutions: Readonly<Record<string, Substitution>> });

/**
 * A namespace in all locales as a String Catalog for Xcode 15 and later. The keys are those of i18next; a comment lists
 * the arguments. `manual` prevents Xcode from removing keys that it does not find in the source code.
 *
 * @param source the app's own language: used for texts that another language lacks
 */
export function stringCatalog(source: Locale, entries: readonly BundleEntry[]): string {
  const names = distinctNames(entries, ({ key }) => key);
  const strings = entries.map((entry) => {
    const comment = legend(entry, argument);
    const localizations = [...entry.texts]
      // Without its form `other`, a plural has no text for most numbers.
      .filter(([, forms]) => forms.has('other'))
      .map(([locale, forms]) => [TAG_OF[locale], localization(entry, forms)]);
    return [
      names.get(entry) ?? entry.key,
      {
        ...(comment !== '' && { comment }),
        extractionState: 'manual',
        localizations: Object.fromEntries(localizations) as Record<string, Localization>,
      },
    ];
  });
  const catalog = {
    sourceLanguage: TAG_OF[source],
    strings: Object.fromEntries(strings) as Record<string, unknown>,
    version: '1.0',
  };
  return `${JSON.stringify(catalog, null, 2)}\n`;
}

function localization(entry: BundleEntry, forms: ReadonlyMap<string, string>): Localization {
  const general = forms.get('other') ?? '';
  if (!entry.isPlural) return unit(text(entry, general, argument));
  if (entry.arguments.length === 1 && general.includes('{{')) {
    return { variations: { plural: units(entry, forms, () => '%lld') } };
  }
  // If there are arguments besides the number, Xcode needs to know which one is the number.
  const inForm = (number: number, one: Argument): string => {
    return isCount(one) ? '%arg' : argument(number, one);
  };
  const variations = { plural: units(entry, forms, inForm) };
  const count = { argNum: 1, formatSpecifier: 'lld', variations };
  return { ...unit('%#@count@'), substitutions: { count } };
}

type Writer = (number: number, argument: Argument) => string;

function units(
  entry: BundleEntry,
  forms: ReadonlyMap<string, string>,
  write: Writer,
): Record<string, StringUnit> {
  return Object.fromEntries(
    [...forms].map(([form, value]) => [form, unit(text(entry, value, write))]),
  );
}

function unit(value: string): StringUnit {
  return { stringUnit: { state: 'translated', value } };
}

function text(entry: BundleEntry, value: string, write: Writer): string {
  const isFormatted = entry.arguments.length > 0;
  const literal = (words: string): string => (isFormatted ? words.replace(/%/g, '%%') : words);
  return composeText(value, entry, literal, write);
}

/** Lists are passed as strings: the app joins them with its own ListFormatter. */
function argument(number: number, one: Argument): string {
  return `%${number}$${isCount(one) ? 'lld' : '@'}`;
}
