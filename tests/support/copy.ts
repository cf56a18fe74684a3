import type { TestApp } from './app.js';

/** A reader's wish, as arguments of GraphQL. */
export interface CopyContext {
  readonly languages?: readonly string[];
  readonly audience?: string;
  readonly coherence?: 'RELEASE' | 'FIELD' | 'STRICT';
  readonly addressedTo?: string;
}

export interface CopyChange {
  readonly kind: 'UPSERT' | 'REMOVE';
  readonly reason: string;
  readonly localizedId: string;
  readonly number: string;
  readonly localized: {
    readonly id: string;
    readonly release: { readonly edition: number };
  } | null;
}

export interface CopyPage {
  readonly changes: readonly CopyChange[];
  readonly cursor: string;
  readonly hasMore: boolean;
  readonly reset: boolean;
}

const LOCALIZED = `id reference slug dateText
  resolution { locale isFallback }
  title { value locale isFallback freshness origin }
  summary { value locale isFallback freshness }
  body { html locale isFallback freshness blocks { key html freshness } }
  release { number type date topics { slug } audiences { code } mentions { code name(languages: $languages) { value lang isFallback } } }`;

const CHANGES = `query Changes($since: String, $first: Int, $languages: [LanguageTag!], $audience: CountryCode,
    $coherence: Coherence, $addressedTo: CountryCode) {
  releaseChanges(since: $since, first: $first, languages: $languages, audience: $audience, coherence: $coherence,
      addressedTo: $addressedTo) {
    cursor hasMore reset serverTime
    changes { kind reason localizedId number localized { ${LOCALIZED} release { edition } } } } }`;

/** An app's copy of the releases, kept as an app would keep it. */
export class Copy {
  readonly held = new Map<string, string>();
  cursor: string | null = null;
  /** Every change that was delivered, in its order. */
  readonly changes: CopyChange[] = [];
  resets = 0;

  constructor(
    private readonly ask: TestApp['query'],
    private readonly context: CopyContext,
  ) {}

  /** One page. */
  async pull(first?: number): Promise<CopyPage> {
    const variables = { since: this.cursor, first, ...this.context };
    const { data, errors } = await this.ask<{ releaseChanges: CopyPage }>(CHANGES, { variables });
    if (errors.length > 0) throw new Error(JSON.stringify(errors));
    const page = data.releaseChanges;
    if (page.reset) {
      this.held.clear();
      this.resets += 1;
    }
    for (const { kind, localizedId, localized } of page.changes) {
      if (kind === 'REMOVE') this.held.delete(localizedId);
      else this.held.set(localizedId, JSON.stringify(withoutEdition(localized)));
    }
    this.changes.push(...page.changes);
    this.cursor = page.cursor;
    return page;
  }

  /** All there is. @returns what was delivered */
  async sync(first?: number): Promise<CopyChange[]> {
    const before = this.changes.length;
    while ((await this.pull(first)).hasMore);
    return this.changes.slice(before);
  }

  /** What is held, by the id of each. */
  get content(): object {
    return Object.fromEntries([...this.held].sort(([a], [b]) => (a < b ? -1 : 1)));
  }
}

/** An edition that this reader does not see the difference of counts all the same. */
function withoutEdition(localized: CopyChange['localized']): object | null {
  if (!localized) return null;
  const { release, ...rest } = localized;
  return { ...rest, release: { ...release, edition: null } };
}
