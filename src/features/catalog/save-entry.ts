import type { EntityManager } from 'typeorm';

import { authorize, type Viewer } from '../../kernel/access.js';
import type { Locale } from '../../kernel/locale.js';
import {
  generalKey,
  pluralKey,
  pluralKeysOf,
  possibleSiblings,
} from '../../kernel/plural-forms.js';
import { type Invalid, RevisionMoved } from '../../kernel/refusal.js';
import type { Catalogs } from '../../platform/i18n/messages.js';
import {
  addEntries,
  announceChange,
  type EntryName,
  findClash,
  findOriginal,
  findTextRevision,
  hasNamespace,
  loadVersions,
  lockCatalog,
  type TextVersion,
  writeTexts,
} from './catalog.repository.js';
import { programPlaceholders } from './effective-texts.js';
import {
  faultOfKey,
  faultOfNamespace,
  faultOfPlace,
  faultOfPlaceholders,
  faultOfValue,
  normalizedValue,
  shorterPaths,
} from './entry.policy.js';
import { placeholdersOf } from './placeholders.js';
import { settlePluralEntries } from './plural-entries.repository.js';
import { textDigest } from './text-digest.js';

export interface EntryInput extends EntryName {
  readonly value: string;
  /** 0 if there is no text yet. */
  readonly expectedRevision: number;
}

/**
 * Saves one text of an entry, in the caller's transaction. A new entry is created, which requires additional rights;
 * the locale then becomes its original.
 *
 * @param shipped the texts that the program ships with: these must keep the placeholders that it has values for
 * @throws AppError FORBIDDEN for a new entry or namespace without the right; Invalid, RevisionMoved
 */
export async function saveEntry(
  manager: EntityManager,
  viewer: Viewer,
  input: EntryInput,
  shipped: Catalogs,
): Promise<void> {
  const text = { ...input, value: normalizedValue(input.value) };
  const fault =
    faultOfNamespace(text.namespace) ?? faultOfKey(text.key) ?? faultOfValue(text.value);
  if (fault) throw fault;
  await lockCatalog(manager);
  const { namespace, key } = text;
  await settlePluralEntries(manager, namespace, [key, ...shorterPaths(key)]);
  const family = await loadFamily(manager, text);
  const original = await originalOf(manager, viewer, text, family);
  const { source, model, present } = placesIn(family, text, original);
  if ((present?.revision ?? 0) !== text.expectedRevision) {
    throw await conflictOf(manager, text, present, source);
  }
  const required = programPlaceholders(shipped, text.namespace, text.key, text.locale);
  throwIfAny(
    faultOfPlaceholders(text.key, text.value, required ?? (model && placeholdersOf(model.value))),
  );
  const sourceDigest = source && textDigest(source.value);
  await writeTexts(manager, [{ ...text, sourceDigest, fileValue: null }], viewer.accountId);
  await settlePluralEntries(manager, namespace, [key]);
  await announceChange(manager);
}

function throwIfAny(fault: Invalid | null): void {
  if (fault) throw fault;
}

/** The original locale of the entry, which is created if it does not exist. */
async function originalOf(
  manager: EntityManager,
  viewer: Viewer,
  { namespace, key, locale }: EntryName,
  { general }: Family,
): Promise<Locale> {
  const found = await findOriginal(manager, namespace, key);
  if (found) return found;
  const isKnown = await hasNamespace(manager, namespace);
  authorize(viewer, isKnown ? 'ADD_LOCALE_ENTRY' : 'ADD_NAMESPACE', locale);
  const clash = isKnown ? await findClash(manager, namespace, key, [...shorterPaths(key)]) : null;
  throwIfAny(faultOfPlace(key, clash));
  // An additional plural form belongs to the same text as its other forms.
  const originalLocale = (await findOriginal(manager, namespace, general)) ?? locale;
  await addEntries(manager, [{ namespace, key, originalLocale }]);
  return originalLocale;
}

interface Places {
  /** The source of the text; null in the original locale, and if the original locale has no text. */
  readonly source: TextVersion | null;
  /**
   * The text whose placeholders it must have: the source; in the original locale, for a plural form, the general form.
   */
  readonly model: TextVersion | null;
  /** The current text. */
  readonly present: TextVersion | null;
}

/** The texts of a key and of its possible sibling forms, in all locales. */
interface Family {
  readonly versions: readonly TextVersion[];
  /** The key of the form that is used for all missing ones; the key itself if it is not a plural form. */
  readonly general: string;
}

async function loadFamily(
  manager: EntityManager,
  { namespace, key, value }: EntryInput,
): Promise<Family> {
  const ending = pluralKey(key);
  const keys = ending ? possibleSiblings(ending) : [key];
  const versions = await loadVersions(manager, namespace, keys);
  const texts = [...versions, { key, value }].map((one) => [one.key, one.value] as const);
  const plural = pluralKeysOf(texts)(key);
  return { versions, general: plural ? generalKey(plural) : key };
}

function placesIn(
  { versions, general }: Family,
  { key, locale }: EntryName,
  original: Locale,
): Places {
  const find = (k: string, l: Locale) =>
    versions.find((one) => one.key === k && one.locale === l) ?? null;
  const present = find(key, locale);
  if (locale === original) {
    return { source: null, model: key === general ? null : find(general, original), present };
  }
  const source = find(key, original) ?? find(general, original);
  return { source, model: source, present };
}

/** Everything the caller needs to resolve the conflict: the common base, the current text, and their own. */
async function conflictOf(
  manager: EntityManager,
  { namespace, key, locale, value, expectedRevision }: EntryInput,
  present: TextVersion | null,
  source: TextVersion | null,
): Promise<RevisionMoved> {
  const name = { namespace, key, locale };
  const base = await findTextRevision(manager, name, expectedRevision);
  const sourceChanged = base !== null && source !== null && source.updatedAt > base.at;
  const theirs = present?.value ?? null;
  const conflict = { key, base: base?.value ?? null, theirs, yours: value, sourceChanged };
  return new RevisionMoved(present?.revision ?? 0, [conflict]);
}
