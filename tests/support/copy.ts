import type { TestApp } from './app.js';

/** A reader's wish, as arguments of GraphQL. */
export interface CopyContext {
  readonly languages?: readonly string[];
  readonly audience?: string;
  readonly coherence?: 'RELEASE' | 'FIELD' | 'STRICT';
  readonly addressedTo?: string;
  readonly dateFrom?: string;
}

export interface CopyChange {
  readonly kind: 'UPSERT' | 'REMOVE';
  readonly reason: string;
  readonly localizedId: string;
  readonly number: string;
  readonly localized: Localized | null;
}

interface Metadata {
  readonly release: { readonly id: string; readonly date: string; readonly edition: number };
  readonly resolution: { readonly locale: string };
}

export interface Localized extends Metadata {
  readonly id: string;
}

export interface CopyMetadataChange extends Metadata {
  readonly localizedId: string;
  readonly number: string;
}

export interface CopyPage {
  readonly changes: readonly CopyChange[];
  readonly metadataChanges: readonly CopyMetadataChange[];
  readonly cursor: string;
  readonly hasMore: boolean;
  readonly reset: boolean;
  readonly total: number | null;
}

const STATE = 'id code nationalLanguages timeZone name(languages: $languages) { ...Name }';

/** All that a copy may hold: tests/unit/platform/graphql/schema/copied-fields.test.ts compares it with the schema. */
const FRAGMENTS = `
fragment Name on LocalizedName { value lang dir isFallback }
fragment Text on LocalizedText { value locale lang dir isFallback origin freshness }
fragment Resolution on LocaleResolution { requested refused audience audienceRequested coherence locale isFallback
  trail { locale rule outcome } }
fragment Facts on Release { id number type date originalLocale publishedAt edition
  topics { id slug name(languages: $languages) { ...Name } } audiences { ${STATE} } mentions { ${STATE} }
  locales { locale status isOriginal freshness publishedAt } alternates { locale reference slug publishedAt } }
fragment Localized on LocalizedRelease { id reference slug url dateText publishedAt modifiedAt
  title { ...Text } summary { ...Text } excerpt(maxLength: 120) { ...Text }
  body { html markdown plainText locale lang dir isFallback origin freshness
    blocks { key kind html plainText locale lang freshness } }
  corrections { edition at locales note { ...Text } }
  resolution { ...Resolution } release { ...Facts } }
fragment Page on SyncPage { cursor hasMore reset total serverTime
  changes { kind reason releaseId localizedId number at localized { ...Localized } }
  metadataChanges { releaseId localizedId number at release { ...Facts } resolution { ...Resolution } } }`;

const VARIABLES = `$since: String, $languages: [LanguageTag!], $audience: CountryCode, $coherence: Coherence,
    $addressedTo: CountryCode, $dateFrom: Date`;
const ARGUMENTS = `since: $since, languages: $languages, audience: $audience, coherence: $coherence,
    addressedTo: $addressedTo, dateFrom: $dateFrom`;

export const CHANGES = `query Changes($first: Int, ${VARIABLES}) {
  releaseChanges(first: $first, ${ARGUMENTS}) { ...Page } } ${FRAGMENTS}`;
export const CHANGED = `subscription Changed(${VARIABLES}) {
  releaseChanged(${ARGUMENTS}) { ...Page } } ${FRAGMENTS}`;

/** An app's copy of the releases, stored as docs/sync-and-live.md describes. */
export class Copy {
  readonly held = new Map<string, string>();
  cursor: string | null = null;
  /** Every change that was delivered, in its order. */
  readonly changes: CopyChange[] = [];
  readonly metadataChanges: CopyMetadataChange[] = [];
  resets = 0;

  constructor(
    private readonly query: TestApp['query'],
    private readonly context: CopyContext,
  ) {}

  /** One page. */
  async pull(first?: number): Promise<CopyPage> {
    const variables = { since: this.cursor, first, ...this.context };
    const { data, errors } = await this.query<{ releaseChanges: CopyPage }>(CHANGES, { variables });
    if (errors.length > 0) throw new Error(JSON.stringify(errors));
    this.apply(data.releaseChanges);
    return data.releaseChanges;
  }

  apply(page: CopyPage): void {
    if (page.reset) {
      this.held.clear();
      this.resets += 1;
    }
    for (const { kind, localizedId, localized } of page.changes) {
      if (kind === 'REMOVE') this.held.delete(localizedId);
      else this.held.set(localizedId, JSON.stringify(localized));
    }
    for (const { localizedId, release, resolution } of page.metadataChanges) {
      const stored = this.held.get(localizedId);
      if (stored === undefined) throw new Error(`metadata of ${localizedId}, which is not there`);
      const localized = JSON.parse(stored) as Localized;
      this.held.set(localizedId, JSON.stringify({ ...localized, release, resolution }));
    }
    this.changes.push(...page.changes);
    this.metadataChanges.push(...page.metadataChanges);
    this.cursor = page.cursor;
  }

  /** All there is. @returns the changes of texts that were delivered */
  async sync(first?: number): Promise<CopyChange[]> {
    const before = this.changes.length;
    while ((await this.pull(first)).hasMore);
    return this.changes.slice(before);
  }

  /** The contents of the copy, by id. */
  get content(): Record<string, Localized> {
    const sorted = [...this.held].sort(([a], [b]) => (a < b ? -1 : 1));
    return Object.fromEntries(sorted.map(([id, text]) => [id, JSON.parse(text) as Localized]));
  }
}
