import { pluralKey } from '../../kernel/plural-forms.js';

const PLACEHOLDER = /\{\{(.*?)\}\}/gs;

/**
 * The placeholders of an i18next text with their formats, written as `{{name, format}}`: sorted, without duplicates.
 */
export function placeholdersOf(value: string): string[] {
  const found = [...value.matchAll(PLACEHOLDER)].map(([, inside = '']) =>
    inside
      .split(',')
      .map((part) => part.trim())
      .join(', '),
  );
  return [...new Set(found)].sort();
}

/** Whether all pairs of braces enclose the name of a placeholder. */
export function hasWholePlaceholders(value: string): boolean {
  return !/\{\{|\}\}/.test(value.replace(PLACEHOLDER, '')) && !placeholdersOf(value).includes('');
}

/** Forms that may represent a single number, and so may omit it: “one release”. */
const OF_ONE_NUMBER = ['zero', 'one', 'two'];

/**
 * Compares the placeholders of a text with those it must have.
 *
 * @param required the placeholders it must have, as returned by {@link placeholdersOf}
 * @returns those that only one of the two has
 */
export function placeholderDifference(
  key: string,
  value: string,
  required: readonly string[],
): string[] {
  const form = pluralKey(key)?.form.replace('ordinal_', '');
  const mayOmitCount = form !== undefined && OF_ONE_NUMBER.includes(form);
  const given = placeholdersOf(value);
  const differing = [
    ...required.filter((name) => !given.includes(name)),
    ...given.filter((name) => !required.includes(name)),
  ];
  return differing.filter((name) => !(mayOmitCount && isCount(name)));
}

function isCount(placeholder: string): boolean {
  return placeholder.split(',')[0] === 'count';
}
