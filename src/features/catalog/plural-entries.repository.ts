import type { EntityManager } from 'typeorm';

import type { Locale } from '../../kernel/locale.js';
import {
  BESIDE_OTHER,
  COUNT_PLACEHOLDER,
  generalKey,
  PLURAL_ENDING,
  pluralKey,
  pluralKeysOf,
  possibleSiblings,
  siblingKeys,
} from '../../kernel/plural-forms.js';
import { addEntries, type EntryRow, removeEmptyEntries } from './catalog.repository.js';

/**
 * The plural form of a key, null if it is not a plural form: the rule of `pluralKeysOf` in SQL. A test compares the
 * two.
 */
export function pluralFormSql(namespace: string, key: string): string {
  const ending = `substring(${key} FROM '${PLURAL_ENDING}')`;
  const kind = `substring(${ending} FROM '^ordinal_')`;
  const general = `x.key = left(${key}, -length(${ending})) || 'other'`;
  const beside = BESIDE_OTHER.map((form) => `'${form}'`).join(', ');
  return `(SELECT CASE WHEN bool_or(x.value ~ '${COUNT_PLACEHOLDER}')
                OR CASE WHEN ${kind} IS NULL
                        THEN bool_or(${general}) AND bool_or(substring(x.key FROM '${PLURAL_ENDING}') IN (${beside}))
                        ELSE count(DISTINCT x.key) > 1 END
                THEN ${ending} END
      FROM unnest('{zero,one,two,few,many,other}'::text[]) AS c (category)
      JOIN authoring.locale_text x ON x.namespace = ${namespace}
       AND x.key = left(${key}, -length(${ending})) || coalesce(${kind}, '') || category)`;
}

interface FormRow {
  readonly key: string;
  readonly originalLocale: Locale;
  /** null for an entry without a text in any locale. */
  readonly value: string | null;
}

/**
 * Creates the entries that texts with plural forms lack, and removes those without a text that are no longer needed:
 * the texts determine which keys are plural forms, and they have changed.
 *
 * @param keys the keys whose siblings are checked; null: all of the namespace
 */
export async function settlePluralEntries(
  manager: EntityManager,
  namespace: string,
  keys: readonly string[] | null,
): Promise<void> {
  const siblings = keys?.flatMap((key) => {
    const ending = pluralKey(key);
    return ending ? possibleSiblings(ending) : [];
  });
  if (siblings?.length === 0) return;
  const rows = await manager.query<FormRow[]>(
    `SELECT e.key, e.original_locale AS "originalLocale", t.value
       FROM authoring.locale_entry e LEFT JOIN authoring.locale_text t USING (namespace, key)
      WHERE namespace = $1 AND e.key ~ '${PLURAL_ENDING}' AND ($2::text[] IS NULL OR e.key = ANY ($2))`,
    [namespace, siblings ?? null],
  );
  const pluralOf = pluralKeysOf(
    rows.flatMap(({ key, value }) => (value === null ? [] : [[key, value] as const])),
  );
  const originals = new Map(rows.map(({ key, originalLocale }) => [key, originalLocale]));
  const missing = new Map<string, EntryRow>();
  for (const { key, originalLocale } of rows) {
    const plural = pluralOf(key);
    if (!plural) continue;
    const original = originals.get(generalKey(plural)) ?? originalLocale;
    for (const sibling of siblingKeys(plural).filter((one) => !originals.has(one))) {
      missing.set(sibling, { namespace, key: sibling, originalLocale: original });
    }
  }
  if (missing.size > 0) await addEntries(manager, [...missing.values()]);
  const empty = rows.filter(({ key, value }) => value === null && !pluralOf(key));
  if (empty.length > 0) {
    await removeEmptyEntries(
      manager,
      empty.map(({ key }) => ({ namespace, key })),
    );
  }
}
