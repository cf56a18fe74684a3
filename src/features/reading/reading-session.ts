import {
  type AudienceTerms,
  type Reader,
  type Resolution,
  resolveLocale,
} from '../../kernel/localization.js';
import type { Locale } from '../../kernel/locale.js';
import { parseReference } from '../../kernel/reference-code.js';
import type { Queryable } from '../../platform/db/queryable.js';
import type { RequestContext } from '../../platform/graphql/request-context.js';
import type { Reference, ReferenceCache, TracedContext } from '../audience/index.js';
import type { PublicHead } from '../../platform/graphql/read-trace.js';
import type { MadeOf } from '../../platform/kept/kept-store.js';
import type { ListModel, ReadModels } from './read-models.js';
import { ReleaseLoaders, type TextRecord, type TextSummary } from './release-loaders.js';
import type { ReleaseRecord } from './release-record.js';

/** As of when, and by which rules, an answer is given. */
export interface ReadingContext extends TracedContext {
  readonly today: string;
  readonly localeOrder: readonly Locale[];
  /** Whether bodies are asked for: titles then come with them. */
  readonly wantsBodies?: boolean;
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

  reference(): Promise<Reference> {
    return this.cache.of(this.context);
  }

  /** @throws AppError COUNTRY_UNKNOWN where the reader's audience is no member state */
  async terms(record: ReleaseRecord, reader: Reader): Promise<AudienceTerms> {
    const reference = await this.reference();
    return reference.termsFor(reader.audience, record, this.context.today);
  }

  /** @see terms */
  async resolve(record: ReleaseRecord, reader: Reader): Promise<Resolution> {
    const terms = await this.terms(record, reader);
    return resolveLocale(record.facts, reader, terms, this.context.localeOrder);
  }

  releaseById(id: string): Promise<ReleaseRecord | null> {
    return this.release(id, (loaders) => loaders.byId.load(id));
  }

  async releaseByNumber(number: string): Promise<ReleaseRecord | null> {
    const parsed = parseReference(number);
    if (!parsed || parsed.locale !== null) return null;
    return this.release(parsed.number, (loaders) => loaders.byNumber.load(parsed.number));
  }

  async releaseByReference(reference: string): Promise<ReleaseRecord | null> {
    const parsed = parseReference(reference);
    return parsed && this.release(parsed.number, (loaders) => loaders.byNumber.load(parsed.number));
  }

  releaseBySlug(slug: string): Promise<ReleaseRecord | null> {
    return this.release(null, (loaders) => loaders.bySlug(slug));
  }

  /** The text with its body. */
  async text(releaseId: string, locale: Locale): Promise<TextRecord> {
    const { trace } = this.context;
    const known = this.kept?.findText(releaseId, locale, trace);
    if (known) return known;
    const [text, head] = await this.loaded(({ text }) => text.load({ releaseId, locale }));
    this.kept?.keepText(releaseId, text, head);
    return text;
  }

  /** The text, perhaps without its body. */
  async summary(releaseId: string, locale: Locale): Promise<TextSummary> {
    const { trace, wantsBodies = true } = this.context;
    if (wantsBodies) return this.text(releaseId, locale);
    const known = this.kept?.findSummary(releaseId, locale, trace);
    if (known) return known;
    const [summary, head] = await this.loaded((loaders) => {
      return loaders.summary.load({ releaseId, locale });
    });
    this.kept?.keepText(releaseId, summary, head);
    return summary;
  }

  /** When the text last became another one. */
  async changedAt(releaseId: string, locale: Locale): Promise<Date | null> {
    const [at] = await this.loaded(({ changedAt }) => changedAt.load({ releaseId, locale }));
    return at;
  }

  /**
   * A page of a list, or a total.
   *
   * @param key names it, for this reader and these rules
   * @param read is called where it is not kept
   */
  async list<T extends ListModel>(
    key: string,
    read: (db: Queryable) => Promise<T>,
    madeOf: (list: T) => Omit<MadeOf, 'head'>,
  ): Promise<T> {
    const { trace } = this.context;
    let list = this.kept?.findList<T>(key, trace);
    if (list === undefined) {
      const { tracedSnapshot } = this.context;
      const [made, head] = await Promise.all([
        read(tracedSnapshot),
        this.cache.headOf(this.context),
      ]);
      list = made;
      this.kept?.keepList(key, list, { head, ...madeOf(list) });
    }
    trace.add(madeOf(list));
    return list;
  }

  /** What may be used of what the process keeps; nothing once the operation has asked for a snapshot of its own. */
  private get kept(): ReadModels | null {
    return this.context.usesModels ? this.models : null;
  }

  private async release(
    name: string | null,
    load: (loaders: ReleaseLoaders) => Promise<ReleaseRecord | null>,
  ): Promise<ReleaseRecord | null> {
    const { trace } = this.context;
    let record = name === null ? null : (this.kept?.findRelease(name, trace) ?? null);
    if (!record) {
      const [found, head] = await this.loaded(load);
      record = found;
      if (record) this.kept?.keepRelease(record, head);
    }
    if (record) trace.releases.add(record.id);
    else trace.dependsOnAll = true;
    return record;
  }

  /** Whoever reads from the snapshot also notes the state that it has. */
  private loaded<T>(load: (loaders: ReleaseLoaders) => Promise<T>): Promise<[T, PublicHead]> {
    const { tracedSnapshot } = this.context;
    return Promise.all([load(this.loadersOf(tracedSnapshot)), this.cache.headOf(this.context)]);
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
