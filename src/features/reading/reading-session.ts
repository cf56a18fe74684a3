import {
  type AudienceTerms,
  type Reader,
  type Resolution,
  resolveLocale,
} from '../../kernel/localization.js';
import type { Locale } from '../../kernel/locale.js';
import { allMaybe, type MaybePromise, mapMaybe } from '../../kernel/maybe-promise.js';
import { parseReference } from '../../kernel/reference-code.js';
import type { Queryable } from '../../platform/db/queryable.js';
import type { RequestContext } from '../../platform/graphql/execution/request-context.js';
import type { ReferenceData, ReferenceCache, TracedContext } from '../audience/index.js';
import type { PublicHead } from '../../platform/graphql/execution/read-trace.js';
import type { PageModel, ReadModels } from './read-models.js';
import { madeOfPage, type ReleasePage } from './release-list.js';
import { ReleaseLoaders } from './release-loaders.js';
import type { TextRecord, TextSummary } from './text-record.js';
import { publishedAt, type ReleaseRecord } from './release-record.js';

/** As of when, and by which rules, an answer is given. */
export interface ReadingContext extends TracedContext {
  readonly today: string;
  readonly localeOrder: readonly Locale[];
  /** Whether bodies are asked for: titles then come with them. */
  readonly wantsBodies?: boolean;
}

/** A page, and its releases where they are asked for. */
export interface ListedPage {
  readonly page: PageModel;
  /** In the order of the page. */
  records(): MaybePromise<readonly ReleaseRecord[]>;
}

/** What a reader gets of a release, and what they are owed. */
export interface Decision {
  readonly terms: AudienceTerms;
  readonly resolution: Resolution;
}

/** All that one operation reads of releases, and the trace of it. */
export class ReadingSession {
  /**
   * @param loadersOf what is read from one snapshot is read once, whoever asks
   * @param models what the process keeps; null where it keeps nothing
   */
  constructor(
    private readonly context: ReadingContext,
    private readonly cache: ReferenceCache,
    private readonly loadersOf: (snapshot: Queryable) => ReleaseLoaders,
    private readonly models: ReadModels | null = null,
  ) {}

  /** One that shares its snapshot with nobody. */
  static alone(context: ReadingContext, cache: ReferenceCache): ReadingSession {
    const loaders = new ReleaseLoaders(context.tracedSnapshot);
    return new ReadingSession(context, cache, () => loaders);
  }

  reference(): MaybePromise<ReferenceData> {
    return this.cache.of(this.context);
  }

  /**
   * What a reader gets of a release, and by which terms.
   *
   * @throws AppError COUNTRY_UNKNOWN where the reader's audience is no member state
   */
  decide(record: ReleaseRecord, reader: Reader): MaybePromise<Decision> {
    const { today, localeOrder } = this.context;
    return mapMaybe(this.reference(), (reference) => {
      const terms = reference.termsFor(reader.audience, record, today);
      return { terms, resolution: resolveLocale(record.facts, reader, terms, localeOrder) };
    });
  }

  /** @see decide */
  resolve(record: ReleaseRecord, reader: Reader): MaybePromise<Resolution> {
    return mapMaybe(this.decide(record, reader), ({ resolution }) => resolution);
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

  /** The text with its body. */
  text(releaseId: string, locale: Locale): MaybePromise<TextRecord> {
    const known = this.kept?.findText(releaseId, locale, this.context.trace);
    return known ?? this.keptText(releaseId, ({ text }) => text.load({ releaseId, locale }));
  }

  /** The text, perhaps without its body. */
  summary(releaseId: string, locale: Locale): MaybePromise<TextSummary> {
    const { trace, wantsBodies = true } = this.context;
    if (wantsBodies) return this.text(releaseId, locale);
    const known = this.kept?.findSummary(releaseId, locale, trace);
    return known ?? this.keptText(releaseId, ({ summary }) => summary.load({ releaseId, locale }));
  }

  private async keptText<T extends TextSummary>(
    releaseId: string,
    load: (loaders: ReleaseLoaders) => Promise<T>,
  ): Promise<T> {
    const [text, head] = await this.loaded(load);
    this.kept?.keepText(releaseId, text, head);
    return text;
  }

  /** When the words of a text last changed for readers, and never before it was public. */
  modifiedAt(record: ReleaseRecord, locale: Locale): MaybePromise<Date> {
    const published = publishedAt(record, locale);
    const known = record.locales.find((entry) => entry.locale === locale)?.modifiedAt;
    const recorded: MaybePromise<Date | null> =
      known === undefined
        ? this.loadModifiedAt(record.id, locale)
        : known === null
          ? null
          : new Date(known);
    return mapMaybe(recorded, (at) => (at && at > published ? at : published));
  }

  private async loadModifiedAt(releaseId: string, locale: Locale): Promise<Date | null> {
    const [at] = await this.loaded(({ modifiedAt }) => modifiedAt.load({ releaseId, locale }));
    return at;
  }

  /** @param key names the list and the page, for this reader and these rules */
  page(key: string, read: (db: Queryable) => Promise<ReleasePage>): MaybePromise<ListedPage> {
    const { trace } = this.context;
    const known = this.kept?.findList<PageModel>(key, trace);
    if (!known) return this.readPage(key, read);
    trace.add(madeOfPage(known));
    const records = () => allMaybe(known.edges.map(({ releaseId }) => this.listed(releaseId)));
    return { page: known, records };
  }

  private async readPage(
    key: string,
    read: (db: Queryable) => Promise<ReleasePage>,
  ): Promise<ListedPage> {
    const [page, head] = await this.read(read);
    this.context.trace.add(madeOfPage(page));
    const records = page.edges.map(({ record }) => record);
    const edges = page.edges.map(({ record, place }) => ({ releaseId: record.id, place }));
    const listed = { page: { ...page, edges }, records: () => records };
    const { kept } = this;
    for (const record of records) kept?.keepRelease(record, head);
    kept?.keepList(key, listed.page, { head, ...madeOfPage(page) });
    return listed;
  }

  /** @param key names the list, for this reader and these rules */
  async total(key: string, read: (db: Queryable) => Promise<number>): Promise<number> {
    const { trace } = this.context;
    trace.dependsOnAll = true;
    const known = this.kept?.findList<number>(key, trace);
    if (known !== undefined) return known;
    const [total, head] = await this.read(read);
    this.kept?.keepList(key, total, { head, releases: [], dependsOnAll: true });
    return total;
  }

  /** Where it is not there, the list is as of another state: the operation starts over. */
  private listed(releaseId: string): MaybePromise<ReleaseRecord> {
    return mapMaybe(this.releaseById(releaseId), (record) => {
      if (record) return record;
      throw new Error(`a list that is kept names ${releaseId}, which is not public`);
    });
  }

  /** What may be used of what the process keeps; nothing once the operation has asked for a snapshot of its own. */
  private get kept(): ReadModels | null {
    return this.context.usesModels ? this.models : null;
  }

  private release(
    name: string | null,
    load: (loaders: ReleaseLoaders) => Promise<ReleaseRecord | null>,
  ): MaybePromise<ReleaseRecord | null> {
    const { trace } = this.context;
    const known = name === null ? undefined : this.kept?.findRelease(name, trace);
    return mapMaybe(known ?? this.keptRelease(load), (record) => {
      if (record) trace.releases.add(record.id);
      else trace.dependsOnAll = true;
      return record;
    });
  }

  private async keptRelease(
    load: (loaders: ReleaseLoaders) => Promise<ReleaseRecord | null>,
  ): Promise<ReleaseRecord | null> {
    const [record, head] = await this.loaded(load);
    if (record) this.kept?.keepRelease(record, head);
    return record;
  }

  private loaded<T>(load: (loaders: ReleaseLoaders) => Promise<T>): Promise<[T, PublicHead]> {
    return this.read((snapshot) => load(this.loadersOf(snapshot)));
  }

  /** Whoever reads from the snapshot also notes the state that it has. */
  private read<T>(read: (snapshot: Queryable) => Promise<T>): Promise<[T, PublicHead]> {
    return Promise.all([read(this.context.tracedSnapshot), this.cache.headOf(this.context)]);
  }
}

/** One session for each operation; what is read from one snapshot is read once, whoever asks. */
export class ReadingSessions {
  private readonly loaders = new WeakMap<Queryable, ReleaseLoaders>();
  private readonly sessions = new WeakMap<RequestContext, ReadingSession>();

  constructor(
    private readonly cache: ReferenceCache,
    private readonly models: ReadModels | null = null,
  ) {}

  of(context: RequestContext): ReadingSession {
    let session = this.sessions.get(context);
    if (!session) {
      session = new ReadingSession(context, this.cache, this.loadersOf, this.models);
      this.sessions.set(context, session);
    }
    return session;
  }

  private readonly loadersOf = (snapshot: Queryable): ReleaseLoaders => {
    let loaders = this.loaders.get(snapshot);
    if (!loaders) this.loaders.set(snapshot, (loaders = new ReleaseLoaders(snapshot)));
    return loaders;
  };
}
