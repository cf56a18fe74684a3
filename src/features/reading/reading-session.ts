import type { Localization, Reader } from '../../kernel/localization.js';
import { Localizer, type ReaderLocalizer } from '../../kernel/localizer.js';
import type { Locale } from '../../kernel/locale.js';
import { allMaybe, type MaybePromise, mapMaybe } from '../../kernel/maybe-promise.js';
import { parseReference } from '../../kernel/reference-code.js';
import type { Version } from '../../platform/cache/version.js';
import type { Queryable } from '../../platform/db/queryable.js';
import type { RequestContext } from '../../platform/graphql/execution/request-context.js';
import type { ReadContext, ReferenceData, ReferenceCache } from '../audience/index.js';
import type { CachedPage, RecordCache } from './record-cache.js';
import { type ReleasePage, tagsOfPage } from './release-list.js';
import { ReleaseLoaders, type TextKey } from './release-loaders.js';
import { publishedAt, type ReleaseRecord } from './release-record.js';
import type { TextOf, TextRecord, TextSummary, TextTitle } from './text-record.js';
import type { TextExtent } from '../../platform/graphql/execution/declared-needs.js';

/** The day and the defaults that a response is computed with, and the database connection for its reads. */
export interface ReadingContext extends ReadContext {
  /** The UTC day whose rules are in force, `YYYY-MM-DD`. */
  readonly today: string;
  readonly localeOrder: readonly Locale[];
  /** How much of each text the operation needs; all of it by default. */
  readonly neededText?: TextExtent;
}

export interface ListedPage {
  readonly page: CachedPage;
  /** The releases, in the order of the page. */
  records(): MaybePromise<readonly ReleaseRecord[]>;
}

export interface ReadingSources {
  readonly referenceData: ReferenceCache;
  /** Loaders for each source of reads, so that each row is read once. */
  readonly loadersOf: (reads: Queryable) => ReleaseLoaders;
  readonly localizer: Localizer;
  /** null if no records are cached. */
  readonly records?: RecordCache | null;
}

/** Reads releases and texts for one operation, from the cache or the database, and records its dependencies. */
export class ReadingSession {
  private readonly localizers = new Map<Reader, ReaderLocalizer>();

  constructor(
    private readonly context: ReadingContext,
    private readonly sources: ReadingSources,
  ) {}

  /** A separate session without a cache. */
  static alone(context: ReadingContext, referenceData: ReferenceCache): ReadingSession {
    const loaders = new ReleaseLoaders(context.reads);
    const sources = { referenceData, loadersOf: () => loaders, localizer: new Localizer() };
    return new ReadingSession(context, sources);
  }

  reference(): MaybePromise<ReferenceData> {
    return this.sources.referenceData.of(this.context);
  }

  /**
   * The decision which locale of a release a reader gets.
   *
   * @throws AppError COUNTRY_UNKNOWN if the audience is not a member state
   */
  localize(record: ReleaseRecord, reader: Reader): MaybePromise<Localization> {
    return mapMaybe(this.reference(), (reference) => {
      const terms = reference.termsFor(reader.audience, record, this.context.today);
      return this.localizerOf(reader).localize(record.facts, terms);
    });
  }

  private localizerOf(reader: Reader): ReaderLocalizer {
    let found = this.localizers.get(reader);
    if (!found) {
      found = this.sources.localizer.of(reader, this.context.localeOrder);
      this.localizers.set(reader, found);
    }
    return found;
  }

  releaseById(id: string): MaybePromise<ReleaseRecord | null> {
    return this.release(id, (loaders) => loaders.byId.load(id));
  }

  releaseByNumber(number: string): MaybePromise<ReleaseRecord | null> {
    const parsed = parseReference(number);
    if (!parsed || parsed.locale !== null) return null;
    return this.release(parsed.number, (loaders) => loaders.byNumber.load(parsed.number));
  }

  releaseByReference(reference: string): MaybePromise<ReleaseRecord | null> {
    const parsed = parseReference(reference);
    return parsed && this.release(parsed.number, (loaders) => loaders.byNumber.load(parsed.number));
  }

  releaseBySlug(slug: string): MaybePromise<ReleaseRecord | null> {
    return this.release(null, (loaders) => loaders.bySlug(slug));
  }

  /** The title of a text, or as much of it as the operation needs. */
  title(releaseId: string, locale: Locale): MaybePromise<TextTitle> {
    return this.loadText({ releaseId, locale }, this.context.neededText ?? 'BODY');
  }

  /** A text, possibly without its body. */
  summary(releaseId: string, locale: Locale): MaybePromise<TextSummary> {
    const isWhole = (this.context.neededText ?? 'BODY') === 'BODY';
    return this.loadText({ releaseId, locale }, isWhole ? 'BODY' : 'SUMMARY');
  }

  /** A text with its body. */
  text(releaseId: string, locale: Locale): MaybePromise<TextRecord> {
    return this.loadText({ releaseId, locale }, 'BODY');
  }

  private loadText<E extends TextExtent>(key: TextKey, extent: E): MaybePromise<TextOf[E]> {
    const { records } = this;
    const cached = records?.findText(key, extent, this.context.dependencies);
    if (cached) return cached;
    const loading = this.loaders().texts[extent].load(key);
    return records ? loading.then((text) => this.storeText(key, text)) : loading;
  }

  private storeText<T extends TextTitle>({ releaseId }: TextKey, text: T): T {
    this.records?.storeText(releaseId, text, this.version);
    return text;
  }

  /** When the words of a text last changed for readers; never earlier than its publication. */
  modifiedAt(record: ReleaseRecord, locale: Locale): MaybePromise<Date> {
    const published = publishedAt(record, locale);
    const known = record.locales.find((entry) => entry.locale === locale)?.modifiedAt;
    const recorded: MaybePromise<Date | null> =
      known === undefined
        ? this.loaders().modifiedAt.load({ releaseId: record.id, locale })
        : known === null
          ? null
          : new Date(known);
    return mapMaybe(recorded, (at) => (at && at > published ? at : published));
  }

  /** @param key identifies the list and the page, for this reader and these rules */
  page(key: string, read: (reads: Queryable) => Promise<ReleasePage>): MaybePromise<ListedPage> {
    const { dependencies } = this.context;
    const cached = this.records?.findList<CachedPage>(key, dependencies);
    if (!cached) return this.readPage(key, read);
    dependencies.addTags(tagsOfPage(cached));
    const records = () => allMaybe(cached.edges.map(({ releaseId }) => this.listed(releaseId)));
    return { page: cached, records };
  }

  private async readPage(
    key: string,
    read: (reads: Queryable) => Promise<ReleasePage>,
  ): Promise<ListedPage> {
    const page = await read(this.context.reads);
    const tags = tagsOfPage(page);
    this.context.dependencies.addTags(tags);
    const found = page.edges.map(({ record }) => record);
    const edges = page.edges.map(({ record, place }) => ({ releaseId: record.id, place }));
    const listed = { page: { ...page, edges }, records: () => found };
    const { records, version } = this;
    for (const record of found) records?.storeRelease(record, version);
    records?.storeList(key, listed.page, { version, tags });
    return listed;
  }

  /** @param key identifies the list, for this reader and these rules */
  async total(key: string, read: (reads: Queryable) => Promise<number>): Promise<number> {
    const { dependencies } = this.context;
    dependencies.isForAll = true;
    const cached = this.records?.findList<number>(key, dependencies);
    if (cached !== undefined) return cached;
    const total = await read(this.context.reads);
    const tags = { releases: [], isForAll: true };
    this.records?.storeList(key, total, { version: this.version, tags });
    return total;
  }

  /** A missing release was read from another version than the page: the operation starts over. */
  private listed(releaseId: string): MaybePromise<ReleaseRecord> {
    return mapMaybe(this.releaseById(releaseId), (record) => {
      if (record) return record;
      throw new Error(`a cached list names ${releaseId}, which is not public`);
    });
  }

  private release(
    name: string | null,
    load: (loaders: ReleaseLoaders) => Promise<ReleaseRecord | null>,
  ): MaybePromise<ReleaseRecord | null> {
    const { dependencies } = this.context;
    const cached = name === null ? undefined : this.records?.findRelease(name, dependencies);
    return mapMaybe(cached ?? this.loadRelease(load), (record) => {
      if (record) dependencies.releases.add(record.id);
      else dependencies.isForAll = true;
      return record;
    });
  }

  private async loadRelease(
    load: (loaders: ReleaseLoaders) => Promise<ReleaseRecord | null>,
  ): Promise<ReleaseRecord | null> {
    const record = await load(this.loaders());
    if (record) this.records?.storeRelease(record, this.version);
    return record;
  }

  private loaders(): ReleaseLoaders {
    return this.sources.loadersOf(this.context.reads);
  }

  /** Null once everything is read from one snapshot, which may be of another version than the cache. */
  private get records(): RecordCache | null {
    return this.context.isOptimistic ? (this.sources.records ?? null) : null;
  }

  /** The version of the data that was read; null if it is unknown, so that nothing is cached. */
  private get version(): Version | null {
    const { isInconsistent, version } = this.context.dependencies;
    return isInconsistent ? null : version;
  }
}

/** One session for each operation. */
export class ReadingSessions {
  private readonly loaders = new WeakMap<Queryable, ReleaseLoaders>();
  private readonly sessions = new WeakMap<RequestContext, ReadingSession>();
  private readonly sources: ReadingSources;

  constructor(referenceData: ReferenceCache, records: RecordCache | null = null) {
    const localizer = new Localizer();
    this.sources = {
      referenceData,
      localizer,
      records,
      loadersOf: (reads) => this.loadersOf(reads),
    };
  }

  of(context: RequestContext): ReadingSession {
    let session = this.sessions.get(context);
    if (!session) {
      session = new ReadingSession(context, this.sources);
      this.sessions.set(context, session);
    }
    return session;
  }

  /** Subscribers that read from one snapshot share its loaders. */
  private loadersOf(reads: Queryable): ReleaseLoaders {
    let loaders = this.loaders.get(reads);
    if (!loaders) this.loaders.set(reads, (loaders = new ReleaseLoaders(reads)));
    return loaders;
  }
}
