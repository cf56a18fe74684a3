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
  constructor(
    private readonly context: ReadingContext,
    private readonly cache: ReferenceCache,
    private readonly loaders = new ReleaseLoaders(context.tracedSnapshot),
  ) {}

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
    return this.traced(this.loaders.byId.load(id));
  }

  async releaseByNumber(number: string): Promise<ReleaseRecord | null> {
    const parsed = parseReference(number);
    if (!parsed || parsed.locale !== null) return null;
    return this.traced(this.loaders.byNumber.load(parsed.number));
  }

  async releaseByReference(reference: string): Promise<ReleaseRecord | null> {
    const parsed = parseReference(reference);
    return parsed && this.traced(this.loaders.byNumber.load(parsed.number));
  }

  releaseBySlug(slug: string): Promise<ReleaseRecord | null> {
    return this.traced(this.loaders.bySlug(slug));
  }

  /** The text with its body. */
  text(releaseId: string, locale: Locale): Promise<TextRecord> {
    return this.loaders.text.load({ releaseId, locale });
  }

  /** The text, perhaps without its body. */
  summary(releaseId: string, locale: Locale): Promise<TextSummary> {
    const key = { releaseId, locale };
    const { wantsBodies = true } = this.context;
    return wantsBodies ? this.loaders.text.load(key) : this.loaders.summary.load(key);
  }

  /** When the text last became another one. */
  changedAt(releaseId: string, locale: Locale): Promise<Date | null> {
    return this.loaders.changedAt.load({ releaseId, locale });
  }

  /** Whoever reads a release also notes the state of the public side that it is read from. */
  private async traced(loading: Promise<ReleaseRecord | null>): Promise<ReleaseRecord | null> {
    const [record] = await Promise.all([loading, this.reference()]);
    const { trace } = this.context;
    if (record) trace.releases.add(record.id);
    else trace.dependsOnAll = true;
    return record;
  }
}

/** What is read from one snapshot is read once, whoever asks. */
export class ReadingSessions {
  private readonly loaders = new WeakMap<Queryable, ReleaseLoaders>();
  private readonly sessions = new WeakMap<RequestContext, [Queryable, ReadingSession]>();

  constructor(private readonly cache: ReferenceCache) {}

  of(context: RequestContext): ReadingSession {
    const { tracedSnapshot } = context;
    const known = this.sessions.get(context);
    // After a mutation there is another snapshot.
    if (known?.[0] === tracedSnapshot) return known[1];
    const session = new ReadingSession(context, this.cache, this.loadersOf(tracedSnapshot));
    this.sessions.set(context, [tracedSnapshot, session]);
    return session;
  }

  private loadersOf(snapshot: Queryable): ReleaseLoaders {
    let loaders = this.loaders.get(snapshot);
    if (!loaders) this.loaders.set(snapshot, (loaders = new ReleaseLoaders(snapshot)));
    return loaders;
  }
}
