import type { EntityManager } from 'typeorm';

import { compareKeys } from '../../kernel/plural-forms.js';
import type { Locale } from '../../kernel/locale.js';
import { scanCatalog } from '../../platform/i18n/catalog-json.js';
import { type CatalogFile, catalogPath } from '../../platform/i18n/catalog-folder.js';
import { editCatalog, EMPTY_CATALOG } from '../../platform/i18n/edit-catalog.js';
import {
  type CarryReport,
  findBehind,
  KeyPlaces,
  pairTexts,
  type RefusedText,
  type TextPair,
  textsOfFiles,
} from './carry-over.js';
import { CarryPlan } from './carry-plan.js';
import { loadTexts, lockCatalog, markAgreed } from './catalog.repository.js';

/** A catalog file with its new content. */
export interface WrittenCatalog {
  readonly path: string;
  readonly json: string;
}

export interface Pulled {
  readonly report: CarryReport;
  /** Only the files that change. */
  readonly files: readonly WrittenCatalog[];
}

export interface PullOptions {
  /** Use the database's text if both sides changed. */
  readonly force: boolean;
  /** Writes the files that change; null for a dry run. May be called more than once. */
  readonly write: ((files: readonly WrittenCatalog[]) => Promise<void>) | null;
}

/**
 * Writes the texts of the database to the files of a folder, in the caller's transaction. A text that is newer in the
 * file, or only there, is left as it is.
 */
export async function pullCatalogs(
  manager: EntityManager,
  folder: string,
  files: readonly CatalogFile[],
  { force, write }: PullOptions,
): Promise<Pulled> {
  await lockCatalog(manager);
  const { texts, refused } = textsOfFiles(files);
  const broken = new Set(refused.filter(({ key }) => key === null).map(catalogName));
  const stored = await loadTexts(manager, null);
  const pairs = pairTexts(
    texts,
    stored.filter((text) => !broken.has(catalogName(text))),
  );
  const behind = await findBehind(manager, pairs);
  const plan = new PullPlan(force, behind, files);
  for (const pair of pairs.sort(inStableOrder)) plan.decide(pair);
  const pulled = { report: plan.carried.report(refused), files: plan.files(folder) };
  if (write) {
    await write(pulled.files);
    const { agreed } = plan.carried;
    if (agreed.length > 0) await markAgreed(manager, agreed);
  }
  return pulled;
}

function catalogName({ namespace, locale }: Pick<RefusedText, 'namespace' | 'locale'>): string {
  return `${namespace}:${locale}`;
}

function inStableOrder(a: TextPair, b: TextPair): number {
  if (a.namespace !== b.namespace) return a.namespace < b.namespace ? -1 : 1;
  if (a.locale !== b.locale) return a.locale < b.locale ? -1 : 1;
  return compareKeys(a.key, b.key);
}

/** The texts to write to one file. */
interface Change {
  readonly namespace: string;
  readonly locale: Locale;
  readonly texts: Map<string, string>;
}

/** The changes of the files. */
class PullPlan {
  readonly carried: CarryPlan;
  private readonly present: ReadonlyMap<string, string>;
  private readonly changes = new Map<string, Change>();

  constructor(force: boolean, behind: ReadonlySet<string>, files: readonly CatalogFile[]) {
    this.carried = new CarryPlan({ from: 'DATABASE', force, behind });
    this.present = new Map(files.map((file) => [catalogName(file), file.json]));
  }

  decide(pair: TextPair): void {
    const { file, database } = pair;
    const { counts } = this.carried;
    if (database === null) counts.skipped += 1;
    else if (file === null) this.add(pair, database);
    else if (this.carried.compare(pair, database) === 'TAKEN') {
      counts.changed += 1;
      this.change(pair, database);
    }
  }

  private add(pair: TextPair, text: string): void {
    const name = catalogName(pair);
    if (!this.carried.claim(pair, name, () => placesIn(this.present.get(name)))) return;
    this.carried.counts.added += 1;
    this.change(pair, text);
  }

  private change(pair: TextPair, text: string): void {
    const { namespace, locale } = pair;
    const name = catalogName(pair);
    const change = this.changes.get(name) ?? {
      namespace,
      locale,
      texts: new Map<string, string>(),
    };
    this.changes.set(name, change);
    change.texts.set(pair.key, text);
    if (pair.base !== text) this.carried.agreed.push(pair);
  }

  files(folder: string): WrittenCatalog[] {
    return [...this.changes].map(([name, { namespace, locale, texts }]) => {
      const json = editCatalog(this.present.get(name) ?? EMPTY_CATALOG, texts);
      return { path: catalogPath(folder, locale, namespace), json };
    });
  }
}

/** An empty text and an empty object occupy a place in the tree, too. */
function placesIn(json = EMPTY_CATALOG): KeyPlaces {
  const { leaves, branches } = scanCatalog(json);
  const empty = branches.filter(({ isEmpty, key }) => isEmpty && key !== '');
  return new KeyPlaces([
    ...leaves.filter(({ value }) => value !== '').map(({ key }) => key),
    ...empty.map(({ key }) => `${key}.`),
  ]);
}
