import { pluralKey } from '../../kernel/plural-forms.js';

const PLACEHOLDER = /\{\{(.*?)\}\}/gs;

/** The placeholders of an i18next text with their formats, as `{{name, format}}` would have them: sorted, each once. */
export function placeholdersOf(value: string): string[] {
  const found = [...value.matchAll(PLACEHOLDER)].map(([, inside = '']) =>
    inside
      .split(',')
      .map((part) => part.trim())
      .join(', '),
  );
  return [...new Set(found)].sort();
}

/** Whether all braces that come in pairs enclose the name of a placeholder. */
export function hasWholePlaceholders(value: string): boolean {
  return !/\{\{|\}\}/.test(value.replace(PLACEHOLDER, '')) && !placeholdersOf(value).includes('');
}

/** Forms that may stand for one number alone, and so need not say it: “one release”. */
const OF_ONE_NUMBER = ['zero', 'one', 'two'];

/**
 * Holds a text to the placeholders that it must have.
 *
 * @param required of the text that it is held to, as of {@link placeholdersOf}
 * @returns those that one of the two has and the other lacks
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
