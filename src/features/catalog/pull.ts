import type { EntityManager } from 'typeorm';

import { compareKeys } from '../../kernel/plural-forms.js';
import type { Locale } from '../../kernel/locale.js';
import { scanCatalog } from '../../platform/i18n/catalog-json.js';
import { type CatalogFile, catalogPath } from '../../platform/i18n/catalog-folder.js';
import { editCatalog, EMPTY_CATALOG } from '../../platform/i18n/edit-catalog.js';
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
import { type EntryName, loadTexts, lockCatalog, markAgreed } from './catalog.repository.js';
import { carry } from './merge.policy.js';

/** A catalog file as it is to be. */
export interface WrittenCatalog {
  readonly path: string;
  readonly json: string;
}

export interface Pulled {
  readonly report: CarryReport;
  /** Only those that change. */
  readonly files: readonly WrittenCatalog[];
}

export interface PullOptions {
  /** Take the database's text where both sides changed. */
  readonly force: boolean;
  /** Writes the files that change; null for a dry run. May be called more than once. */
  readonly write: ((files: readonly WrittenCatalog[]) => Promise<void>) | null;
}

/**
 * Brings the database's texts into the files of a folder, in the caller's transaction. A text that the file has newer
 * stays, and so does one that only the file has.
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
  const pulled = { report: plan.report(refused), files: plan.files(folder) };
  if (write) {
    await write(pulled.files);
    if (plan.agreed.length > 0) await markAgreed(manager, plan.agreed);
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

/** The texts that one file gets. */
interface Change {
  readonly namespace: string;
  readonly locale: Locale;
  readonly texts: Map<string, string>;
}

/** What is to be written, file by file. */
class PullPlan {
  /** The same on both sides from now on, which the database does not know yet. */
  readonly agreed: EntryName[] = [];
  private readonly counts = { added: 0, changed: 0, unchanged: 0, skipped: 0, gone: 0, removed: 0 };
  private readonly conflicts: CatalogConflict[] = [];
  private readonly refused: RefusedText[] = [];
  private readonly present: ReadonlyMap<string, string>;
  private readonly places = new Map<string, KeyPlaces>();
  private readonly changes = new Map<string, Change>();

  constructor(
    private readonly force: boolean,
    private readonly behind: ReadonlySet<string>,
    files: readonly CatalogFile[],
  ) {
    this.present = new Map(files.map((file) => [catalogName(file), file.json]));
  }

  decide(pair: TextPair): void {
    const { file, database } = pair;
    if (database === null) this.counts.skipped += 1;
    else if (file === null) this.add(pair, database);
    else {
      const fileIsEarlier = this.behind.has(nameOf(pair));
      const carried = carry({ ...pair, fileIsEarlier }, 'DATABASE', this.force);
      if (carried === 'CONFLICT') this.conflicts.push(pair);
      else if (carried === 'KEPT') this.counts.skipped += 1;
      else if (carried === 'UNCHANGED') {
        this.counts.unchanged += 1;
        if (pair.base !== database) this.agreed.push(pair);
      } else {
        this.counts.changed += 1;
        this.change(pair, database);
      }
    }
  }

  private add(pair: TextPair, text: string): void {
    const { namespace, key, locale } = pair;
    const name = catalogName(pair);
    const places = this.places.get(name) ?? placesIn(this.present.get(name));
    this.places.set(name, places);
    const error = places.claim(key);
    if (error) {
      this.refused.push({ namespace, key, locale, error });
      return;
    }
    this.counts.added += 1;
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
    if (pair.base !== text) this.agreed.push(pair);
  }

  files(folder: string): WrittenCatalog[] {
    return [...this.changes].map(([name, { namespace, locale, texts }]) => {
      const json = editCatalog(this.present.get(name) ?? EMPTY_CATALOG, texts);
      return { path: catalogPath(folder, locale, namespace), json };
    });
  }

  report(refused: readonly RefusedText[]): CarryReport {
    return { ...this.counts, conflicts: this.conflicts, refused: [...refused, ...this.refused] };
  }
}

/** Also a text that is empty, or an object without any, has its place. */
function placesIn(json = EMPTY_CATALOG): KeyPlaces {
  const { leaves, branches } = scanCatalog(json);
  const empty = branches.filter(({ isEmpty, key }) => isEmpty && key !== '');
  return new KeyPlaces([
    ...leaves.filter(({ value }) => value !== '').map(({ key }) => key),
    ...empty.map(({ key }) => `${key}.`),
  ]);
}
