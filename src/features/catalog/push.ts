import type { EntityManager } from 'typeorm';

import type { Locale } from '../../kernel/locale.js';
import { generalKey, type PluralKey, pluralKeysOf } from '../../kernel/plural-forms.js';
import type { CatalogFile } from '../../platform/i18n/catalog-folder.js';
import {
  type CarryReport,
  type CatalogConflict,
  findBehind,
  KeyPlaces,
  nameOf,
  pairTexts,
  type RefusedText,
  type TextPair,
  textsOfFiles,
} from './carry-over.js';
import {
  addEntries,
  announceChange,
  type EntryName,
  type EntryRow,
  loadEntries,
  loadTexts,
  lockCatalog,
  markAgreed,
  OF_FILES,
  removeTexts,
  type TextToWrite,
  writeTexts,
} from './catalog.repository.js';
import { carry } from './merge.policy.js';
import { settlePluralEntries } from './plural-entries.repository.js';
import { textDigest } from './text-digest.js';

export interface PushOptions {
  readonly dryRun: boolean;
  /** Take the file's text where both sides changed. */
  readonly force: boolean;
  /** Remove the texts that are gone from the files. */
  readonly prune: boolean;
  /**
   * Take no file's text in the place of one of staff, even where the two agreed before: for a push that nobody looks
   * at. Default: no.
   */
  readonly keepEdits?: boolean;
  /** In which locale new entries were first written; null: the first of `order` that has them. */
  readonly original: Locale | null;
  readonly order: readonly Locale[];
}

/**
 * Brings the texts of files into the database, in the caller's transaction. A text that was edited there since stays.
 * What is gone from the files stays too, unless it is to be removed. The same files again change nothing.
 */
export async function pushCatalogs(
  manager: EntityManager,
  files: readonly CatalogFile[],
  options: PushOptions,
): Promise<CarryReport> {
  await lockCatalog(manager);
  const { texts, refused } = textsOfFiles(inOrder(files, options.order));
  const namespaces = [...new Set(texts.map(({ namespace }) => namespace))];
  const stored = await loadTexts(manager, namespaces);
  const entries = await loadEntries(manager, namespaces);
  const isInFolder = new Set(files.map(({ namespace, locale }) => `${namespace}:${locale}`));
  const pairs = pairTexts(
    texts,
    stored.filter(({ namespace, locale }) => isInFolder.has(`${namespace}:${locale}`)),
  );
  const plurals = pluralsIn([...pairs.flatMap(atBothSides), ...stored]);
  const plan = new PushPlan(options, await findBehind(manager, pairs), entries, plurals);
  for (const pair of pairs) plan.decide(pair);
  const sources = new Sources(plan.entries, pairs, stored, plurals);
  if (!options.dryRun) await apply(manager, plan, sources);
  return plan.report(refused);
}

/** What several locales have was written first in the first of them. */
function inOrder(files: readonly CatalogFile[], order: readonly Locale[]): CatalogFile[] {
  return [...files].sort((a, b) => order.indexOf(a.locale) - order.indexOf(b.locale));
}

/** Which keys of each namespace hold plural forms. */
type Plurals = (name: Omit<EntryName, 'locale'>) => PluralKey | null;

function pluralsIn(texts: readonly Text[]): Plurals {
  const namespaces = new Map<string, (readonly [string, string])[]>();
  for (const { namespace, key, value } of texts) {
    const own = namespaces.get(namespace) ?? [];
    namespaces.set(namespace, own);
    own.push([key, value]);
  }
  const keys = new Map([...namespaces].map(([name, own]) => [name, pluralKeysOf(own)]));
  return ({ namespace, key }) => keys.get(namespace)?.(key) ?? null;
}

function atBothSides({ file, database, ...name }: TextPair): Text[] {
  return [file, database].flatMap((value) => (value === null ? [] : [{ ...name, value }]));
}

async function apply(manager: EntityManager, plan: PushPlan, sources: Sources): Promise<void> {
  if (plan.newEntries.length > 0) await addEntries(manager, plan.newEntries);
  if (plan.agreed.length > 0) await markAgreed(manager, plan.agreed);
  if (plan.removed.length > 0) await removeTexts(manager, plan.removed);
  const written = plan.taken.map((text): TextToWrite => {
    return { ...text, fileValue: text.value, sourceDigest: sources.digestFor(text) };
  });
  if (written.length > 0) await writeTexts(manager, written, OF_FILES);
  const touched = [...written, ...plan.removed].map(({ namespace }) => namespace);
  for (const namespace of new Set(touched)) await settlePluralEntries(manager, namespace, null);
  if (touched.length > 0) await announceChange(manager);
}

type Text = EntryName & { readonly value: string };

/** What is to be done, text by text. */
class PushPlan {
  readonly taken: Text[] = [];
  /** The same on both sides, which the database does not know yet. */
  readonly agreed: EntryName[] = [];
  readonly removed: EntryName[] = [];
  readonly newEntries: EntryRow[] = [];
  readonly entries: Map<string, EntryRow>;
  private readonly counts = { added: 0, changed: 0, unchanged: 0, skipped: 0, gone: 0, removed: 0 };
  private readonly conflicts: CatalogConflict[] = [];
  private readonly refused: RefusedText[] = [];
  private readonly places = new Map<string, KeyPlaces>();
  private readonly originals = new Map<string, Locale>();

  constructor(
    private readonly options: PushOptions,
    private readonly earlier: ReadonlySet<string>,
    entries: readonly EntryRow[],
    private readonly plurals: Plurals,
  ) {
    this.entries = new Map(entries.map((entry) => [entryName(entry), entry]));
    for (const entry of entries) this.originals.set(this.familyOf(entry), entry.originalLocale);
  }

  /** Names what the key belongs to: a text with its plural forms. */
  private familyOf({ namespace, key }: Omit<EntryName, 'locale'>): string {
    return `${namespace}:${this.plurals({ namespace, key })?.family ?? key}`;
  }

  decide(pair: TextPair): void {
    const { namespace, key, locale, file } = pair;
    if (file === null) return this.decideGone(pair);
    const fileIsEarlier = this.earlier.has(nameOf(pair));
    const { force, keepEdits = false } = this.options;
    const carried = carry({ ...pair, fileIsEarlier }, 'FILE', force);
    const undoesEdit = carried === 'TAKEN' && keepEdits && pair.isEdited;
    if (carried === 'CONFLICT' || undoesEdit) this.conflicts.push(pair);
    else if (carried === 'KEPT') this.counts.skipped += 1;
    else if (carried === 'UNCHANGED') {
      this.counts.unchanged += 1;
      if (pair.base !== file) this.agreed.push(pair);
    } else if (this.makeEntry(pair)) {
      this.counts[pair.database === null ? 'added' : 'changed'] += 1;
      this.taken.push({ namespace, key, locale, value: file });
    }
  }

  /** What no file ever had is a text of the database's own, and not gone. */
  private decideGone(pair: TextPair): void {
    if (pair.base === null) return;
    const { prune, force } = this.options;
    if (!prune) this.counts.gone += 1;
    else if (pair.isEdited && !force) this.conflicts.push(pair);
    else {
      this.counts.removed += 1;
      this.removed.push(pair);
    }
  }

  /** Sees to it that the text has an entry. @returns false where there is no place for one */
  private makeEntry({ namespace, key, locale }: TextPair): boolean {
    if (this.entries.has(`${namespace}:${key}`)) return true;
    const places = this.places.get(namespace) ?? new KeyPlaces(this.keysOf(namespace));
    this.places.set(namespace, places);
    const error = places.claim(key);
    if (error) {
      this.refused.push({ namespace, key, locale, error });
      return false;
    }
    const family = this.familyOf({ namespace, key });
    const originalLocale = this.originals.get(family) ?? this.options.original ?? locale;
    this.originals.set(family, originalLocale);
    const entry = { namespace, key, originalLocale };
    this.entries.set(entryName(entry), entry);
    this.newEntries.push(entry);
    return true;
  }

  private keysOf(namespace: string): string[] {
    const entries = [...this.entries.values()].filter((entry) => entry.namespace === namespace);
    return entries.map(({ key }) => key);
  }

  report(refused: readonly RefusedText[]): CarryReport {
    return {
      ...this.counts,
      conflicts: this.conflicts,
      refused: [...refused, ...this.refused],
    };
  }
}

function entryName({ namespace, key }: EntryRow): string {
  return `${namespace}:${key}`;
}

/** The texts that translations were made from: those of the files, and where a file has none, those of the database. */
class Sources {
  private readonly texts: Map<string, string>;

  constructor(
    private readonly entries: ReadonlyMap<string, EntryRow>,
    pairs: readonly TextPair[],
    stored: readonly Text[],
    private readonly plurals: Plurals,
  ) {
    this.texts = new Map(stored.map((text) => [nameOf(text), text.value]));
    for (const pair of pairs) if (pair.file !== null) this.texts.set(nameOf(pair), pair.file);
  }

  digestFor({ namespace, key, locale }: EntryName): string | null {
    const original = this.entries.get(`${namespace}:${key}`)?.originalLocale;
    if (original === undefined || original === locale) return null;
    const plural = this.plurals({ namespace, key });
    const source = [key, plural ? generalKey(plural) : key]
      .map((one) => this.texts.get(nameOf({ namespace, key: one, locale: original })))
      .find((text) => text !== undefined);
    return source === undefined ? null : textDigest(source);
  }
}
