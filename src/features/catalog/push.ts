import type { EntityManager } from 'typeorm';

import type { Locale } from '../../kernel/locale.js';
import { generalKey, type PluralKey, pluralKeysOf } from '../../kernel/plural-forms.js';
import type { CatalogFile } from '../../platform/i18n/catalog-folder.js';
import {
  type CarryReport,
  findBehind,
  KeyPlaces,
  nameOf,
  pairTexts,
  type TextPair,
  textsOfFiles,
} from './carry-over.js';
import { CarryPlan } from './carry-plan.js';
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
import { settlePluralEntries } from './plural-entries.repository.js';
import { textDigest } from './text-digest.js';

export interface PushOptions {
  readonly dryRun: boolean;
  /** Use the file's text if both sides changed. */
  readonly force: boolean;
  /** Remove the texts that are missing in the files. */
  readonly prune: boolean;
  /**
   * Never replace a text that staff edited, even if file and database agreed before: for a push without supervision.
   * Default: no.
   */
  readonly keepEdits?: boolean;
  /** The original locale of new entries; null for the first of `order` that has the text. */
  readonly original: Locale | null;
  readonly order: readonly Locale[];
}

/**
 * Writes the texts of files to the database, in the caller's transaction. A text that was edited there since is
 * unchanged, and so is one that is missing in the files, unless `prune` is set. Pushing the same files again changes
 * nothing.
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
  return plan.carried.report(refused);
}

/** The first locale that has a new text is its original. */
function inOrder(files: readonly CatalogFile[], order: readonly Locale[]): CatalogFile[] {
  return [...files].sort((a, b) => order.indexOf(a.locale) - order.indexOf(b.locale));
}

/** Decides which keys of each namespace are plural forms. */
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
  const { agreed } = plan.carried;
  if (agreed.length > 0) await markAgreed(manager, agreed);
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

/** The changes of the database. */
class PushPlan {
  readonly carried: CarryPlan;
  readonly taken: Text[] = [];
  readonly removed: EntryName[] = [];
  readonly newEntries: EntryRow[] = [];
  readonly entries: Map<string, EntryRow>;
  private readonly originals = new Map<string, Locale>();

  constructor(
    private readonly options: PushOptions,
    behind: ReadonlySet<string>,
    entries: readonly EntryRow[],
    private readonly plurals: Plurals,
  ) {
    const { force, keepEdits } = options;
    this.carried = new CarryPlan({ from: 'FILE', force, behind, keepEdits });
    this.entries = new Map(entries.map((entry) => [entryName(entry), entry]));
    for (const entry of entries) this.originals.set(this.familyOf(entry), entry.originalLocale);
  }

  /** The name of the text to which a key belongs, shared by all its plural forms. */
  private familyOf({ namespace, key }: Omit<EntryName, 'locale'>): string {
    return `${namespace}:${this.plurals({ namespace, key })?.family ?? key}`;
  }

  decide(pair: TextPair): void {
    const { namespace, key, locale, file } = pair;
    if (file === null) return this.decideGone(pair);
    if (this.carried.compare(pair, file) !== 'TAKEN' || !this.ensureEntry(pair)) return;
    this.carried.counts[pair.database === null ? 'added' : 'changed'] += 1;
    this.taken.push({ namespace, key, locale, value: file });
  }

  /** A text that no file ever had was added in the database: it is not missing. */
  private decideGone(pair: TextPair): void {
    if (pair.base === null) return;
    const { prune, force } = this.options;
    if (!prune) this.carried.counts.gone += 1;
    else if (pair.isEdited && !force) this.carried.addConflict(pair);
    else {
      this.carried.counts.removed += 1;
      this.removed.push(pair);
    }
  }

  /** Creates the entry of the text if it is new. @returns false if its key conflicts with another one */
  private ensureEntry(pair: TextPair): boolean {
    const { namespace, key, locale } = pair;
    if (this.entries.has(`${namespace}:${key}`)) return true;
    const present = () => new KeyPlaces(this.keysOf(namespace));
    if (!this.carried.claim(pair, namespace, present)) return false;
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
}

function entryName({ namespace, key }: EntryRow): string {
  return `${namespace}:${key}`;
}

/** The texts that translations were made from: those of the files, or of the database if a file has none. */
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
