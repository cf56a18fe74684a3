import type { EntityManager } from 'typeorm';

import { AppError } from '../../kernel/errors.js';
import { CatalogSyntaxError, scanCatalog } from '../../platform/i18n/catalog-json.js';
import type { CatalogFile } from '../../platform/i18n/catalog-folder.js';
import { type EntryName, findEarlier, type StoredText } from './catalog.repository.js';
import {
  faultOfKey,
  faultOfNamespace,
  faultOfPlace,
  faultOfValue,
  normalizedValue,
  shorterPaths,
} from './entry.policy.js';

/** A text that both sides changed since they last agreed; null for a side without a text. */
export interface CatalogConflict extends EntryName {
  readonly file: string | null;
  readonly database: string | null;
}

/** A text that cannot be written to the other side. */
export interface RefusedText extends Omit<EntryName, 'key'> {
  /** If null, the file as a whole is refused. */
  readonly key: string | null;
  readonly error: AppError;
}

/** The result of carrying texts over, counted by text. */
export interface CarryReport {
  readonly added: number;
  readonly changed: number;
  readonly unchanged: number;
  /** Newer on the target side: not changed there. */
  readonly skipped: number;
  /** Missing in the files, but still in the database. */
  readonly gone: number;
  /** Missing in the files, and removed from the database. */
  readonly removed: number;
  readonly conflicts: readonly CatalogConflict[];
  readonly refused: readonly RefusedText[];
}

/** One text on both sides, and its value when the two last agreed. */
export interface TextPair extends EntryName {
  readonly base: string | null;
  readonly file: string | null;
  readonly database: string | null;
  readonly isEdited: boolean;
}

/** The texts of files, and those that cannot be stored. */
export interface FileTexts {
  readonly texts: readonly (EntryName & { readonly value: string })[];
  readonly refused: readonly RefusedText[];
}

/** Reads the texts of catalog files. An empty text counts as missing; a text that cannot be stored is reported. */
export function textsOfFiles(files: readonly CatalogFile[]): FileTexts {
  const texts: (EntryName & { value: string })[] = [];
  const refused: RefusedText[] = [];
  for (const { namespace, locale, json, path } of files) {
    const place = { namespace, locale };
    const faultOfFile = faultOfNamespace(namespace);
    const leaves = leavesOf(json);
    if (faultOfFile) refused.push({ ...place, key: null, error: faultOfFile });
    else if (typeof leaves === 'string') {
      const error = new AppError('CATALOG_FILE_INVALID', { file: path, detail: leaves });
      refused.push({ ...place, key: null, error });
    } else {
      for (const leaf of leaves.filter(({ value }) => value !== '')) {
        const value = normalizedValue(leaf.value);
        const error = faultOfKey(leaf.key) ?? faultOfValue(value);
        if (error) refused.push({ ...place, key: leaf.key, error });
        else texts.push({ ...place, key: leaf.key, value });
      }
    }
  }
  return { texts, refused };
}

/** @returns an error if the file is not a tree of texts */
function leavesOf(json: string) {
  try {
    return scanCatalog(json).leaves;
  } catch (error) {
    if (error instanceof CatalogSyntaxError) return error.message.slice(0, 200);
    throw error;
  }
}

/** The name of a text as a key of maps and sets. */
export function nameOf({ namespace, key, locale }: EntryName): string {
  return `${namespace}:${key}:${locale}`;
}

/** Pairs the texts of files and database: in the order of the files, then of the database. */
export function pairTexts(
  files: readonly (EntryName & { readonly value: string })[],
  stored: readonly StoredText[],
): TextPair[] {
  const inDatabase = new Map(stored.map((text) => [nameOf(text), text]));
  const inFiles = new Set(files.map(nameOf));
  const fromFiles = files.map(({ namespace, key, locale, value: file }) => {
    const {
      fileValue: base = null,
      value: database = null,
      isEdited = false,
    } = inDatabase.get(nameOf({ namespace, key, locale })) ?? {};
    return { namespace, key, locale, base, file, database, isEdited };
  });
  const others = stored
    .filter((text) => !inFiles.has(nameOf(text)))
    .map(({ namespace, key, locale, value: database, fileValue: base, isEdited }) => {
      return { namespace, key, locale, base, file: null, database, isEdited };
    });
  return [...fromFiles, ...others];
}

/**
 * Finds the differing texts whose file value is merely outdated: the database had it before.
 *
 * @returns their names
 */
export async function findBehind(
  manager: EntityManager,
  pairs: readonly TextPair[],
): Promise<ReadonlySet<string>> {
  const contested = pairs.flatMap(({ base, file, database, ...name }) => {
    const isSettled = database === null || file === database || file === base;
    return file === null || isSettled ? [] : [{ ...name, value: file }];
  });
  return new Set((await findEarlier(manager, contested)).map(nameOf));
}

/** The existing keys of one namespace, to check whether a further key fits into its tree. */
export class KeyPlaces {
  private readonly texts = new Set<string>();
  private readonly trees = new Map<string, string>();

  constructor(keys: Iterable<string>) {
    for (const key of keys) this.add(key);
  }

  /**
   * Adds the key to the tree.
   *
   * @returns the conflict if the key does not fit; otherwise null
   */
  claim(key: string): AppError | null {
    const above = [...shorterPaths(key)].find((path) => this.texts.has(path));
    const fault = faultOfPlace(key, above ?? this.trees.get(key) ?? null);
    if (!fault) this.add(key);
    return fault;
  }

  private add(key: string): void {
    this.texts.add(key);
    for (const path of shorterPaths(key)) this.trees.set(path, key);
  }
}
