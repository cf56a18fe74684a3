import { Invalid } from '../../kernel/refusal.js';
import { unprintableIn } from '../../kernel/unprintable.js';
import { isTreeKey } from '../../platform/i18n/message-tree.js';
import { hasWholePlaceholders, placeholderDifference } from './placeholders.js';

/** Limits of the tables that hold the entries. */
export const MAX_NAMESPACE_LENGTH = 40;
export const MAX_KEY_LENGTH = 200;
export const MAX_VALUE_LENGTH = 10_000;

const NAMESPACE = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;
const MAX_SHOWN_LENGTH = 60;

/** The server's own texts; all other namespaces are for client apps. */
const PRIVATE_NAMESPACES: readonly string[] = ['cli', 'errors'];

export function isPublicNamespace(namespace: string): boolean {
  return !PRIVATE_NAMESPACES.includes(namespace);
}

/** Validates the name of a namespace, which becomes the name of a file. */
export function faultOfNamespace(namespace: string): Invalid | null {
  if (namespace.length <= MAX_NAMESPACE_LENGTH && NAMESPACE.test(namespace)) return null;
  const value = shown(namespace);
  return new Invalid('NAMESPACE_NAME_INVALID', { value, max: MAX_NAMESPACE_LENGTH }, ['namespace']);
}

export function faultOfKey(key: string): Invalid | null {
  const isShort = key.length > 0 && key.length <= MAX_KEY_LENGTH;
  if (isShort && key.normalize('NFC') === key && isTreeKey(key)) return null;
  return new Invalid('ENTRY_KEY_INVALID', { value: shown(key), max: MAX_KEY_LENGTH }, ['key']);
}

/** The value as it is stored: in composed form (NFC), regardless of the keyboard. */
export function normalizedValue(value: string): string {
  return value.length > MAX_VALUE_LENGTH * 2 ? value : value.normalize('NFC');
}

/** Validates a normalized value, independent of its key. */
export function faultOfValue(value: string): Invalid | null {
  const path = ['value'];
  if (value.length === 0 || value.length > MAX_VALUE_LENGTH) {
    return new Invalid('ENTRY_VALUE_LENGTH', { max: MAX_VALUE_LENGTH }, path);
  }
  if (/[\t\r]/.test(value) || unprintableIn(value) !== null) {
    return new Invalid('ENTRY_VALUE_CHARACTER', {}, path);
  }
  // A text that includes another one would contain words that nobody translated.
  if (value.includes('$t(')) return new Invalid('ENTRY_VALUE_NESTED', {}, path);
  return hasWholePlaceholders(value) ? null : new Invalid('ENTRY_PLACEHOLDER_BROKEN', {}, path);
}

/** @param required the placeholders that the text must have; null if there is no text to compare it with */
export function faultOfPlaceholders(
  key: string,
  value: string,
  required: readonly string[] | null,
): Invalid | null {
  const differing = required && placeholderDifference(key, value, required);
  if (!differing || differing.length === 0) return null;
  const names = differing.map((name) => shown(`{{${name}}}`)).join(' ');
  return new Invalid('ENTRY_PLACEHOLDERS_DIFFER', { names: shown(names) }, ['value']);
}

/** If one key is a prefix of the other's path, the two cannot be in one tree. */
export function faultOfPlace(key: string, other: string | null): Invalid | null {
  if (other === null) return null;
  return new Invalid('ENTRY_KEY_TAKEN', { key: shown(key), other: shown(other) }, ['key']);
}

/** The proper prefixes of a path: `a` and `a.b` for `a.b.c`. */
export function* shorterPaths(key: string): Generator<string, void> {
  for (let end = key.indexOf('.'); end >= 0; end = key.indexOf('.', end + 1))
    yield key.slice(0, end);
}

function shown(value: string): string {
  const line = value
    .replaceAll(/[\u0000-\u001F\u007F-\u009F]/g, '\uFFFD')
    .replaceAll(/\p{Surrogate}/gu, '\uFFFD');
  return line.length > MAX_SHOWN_LENGTH ? `${line.slice(0, MAX_SHOWN_LENGTH)}…` : line;
}
