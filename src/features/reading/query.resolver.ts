import { Arg, Args, Ctx, ID, Query, Resolver } from 'type-graphql';

import { AppError } from '../../kernel/errors.js';
import { regionalTag } from '../../kernel/display-name.js';
import { chainSteps, NO_TERMS, type Reader } from '../../kernel/localization.js';
import { matchLocales, refusedLast } from '../../kernel/negotiation.js';
import { Cacheable } from '../../platform/graphql/execution/cacheable.js';
import { ReaderArgs } from '../../platform/graphql/schema/arguments.js';
import type { Queryable } from '../../platform/db/queryable.js';
import { canonicalJson } from '../../platform/cache/operation-key.js';
import {
  refuseMisplaced,
  type ReleaseSelector,
} from '../../platform/graphql/schema/release-selector.js';
import type { RequestContext } from '../../platform/graphql/execution/request-context.js';
import { Size } from '../../platform/graphql/limits/list-size.js';
import { memberStateNode, type ReferenceData } from '../audience/index.js';
import { LocalizationType, ReleaseConnection, ReleasesArgs } from './list.types.js';
import { MatchFinder } from '../../kernel/search/index.js';
import type { ReadingSession, ReadingSessions } from './reading-session.js';
import { ReleaseList } from './release-list.js';
import type { ReleaseRecord } from './release-record.js';
import { localizedNode } from './release.resolver.js';
import { ReleaseType } from './release.types.js';
import { releaseIdOf } from './node.resolver.js';

@Resolver()
export class ReleaseQueryResolver {
  constructor(private readonly sessions: ReadingSessions) {}

  @Cacheable()
  @Query(() => ReleaseType, {
    nullable: true,
    description:
      'One release by exactly one of the arguments; else BAD_USER_INPUT, reason RELEASE_SELECTOR_UNCLEAR. null if unknown, not yet public, or retracted. A value that belongs in another argument, such as a reference given as the number, is BAD_USER_INPUT, reason SELECTOR_MISPLACED.',
  })
  async release(
    @Ctx() context: RequestContext,
    @Arg('id', () => ID, { nullable: true, description: 'Global id of the Release.' })
    id: string | null,
    @Arg('number', () => String, {
      nullable: true,
      description:
        'Number without a language letter, 305/12; or the code of a series without letters.',
    })
    number: string | null,
    @Arg('reference', () => String, {
      nullable: true,
      description: 'Reference in any language: E-305/12, P-305/12.',
    })
    reference: string | null,
    @Arg('slug', () => String, {
      nullable: true,
      description: 'Slug in any language, current or former.',
    })
    slug: string | null,
  ): Promise<ReleaseType | null> {
    const selectors = { id, number, reference, slug };
    const given = SELECTORS.filter((name) => typeof selectors[name] === 'string');
    const [selector] = given;
    if (selector === undefined || given.length > 1) throw new AppError('RELEASE_SELECTOR_UNCLEAR');
    const record = await findRelease(this.sessions.of(context), selectors);
    if (record) return new ReleaseType(record);
    refuseMisplaced(selector, selectors[selector] ?? '', SELECTORS);
    return null;
  }

  @Size('PAGE')
  @Cacheable()
  @Query(() => ReleaseConnection, {
    description:
      'List of releases. search is full text over exactly the text that this reader is served; TITLE_ASC sorts by the title served, by the rules of the language of the reader. A release of which nothing may be served stays in the list, sorts last and matches no search. RELEVANCE without search is BAD_USER_INPUT.',
  })
  async releases(
    @Ctx() context: RequestContext,
    @Args(() => ReleasesArgs) args: ReleasesArgs,
  ): Promise<ReleaseConnection> {
    const session = this.sessions.of(context);
    const conditions = { filter: args.filter ?? {}, search: args.search ?? null };
    const reader = context.caller.reader(args);
    const reference = await session.reference();
    const listOf = (db: Queryable) => {
      return new ReleaseList(db, reference, {
        reader,
        ...conditions,
        orderBy: args.orderBy ?? null,
        collationTag: collationTag(reader, reference),
        localeOrder: context.localeOrder,
        today: context.today,
      });
    };
    const { filter, search, orderBy, first, after, last, before } = args;
    const list = [reader, context.today, { filter, search, orderBy }];
    const key = canonicalJson([...list, { first, after, last, before }]);
    const listed = await session.page(key, (db) => listOf(db).page(args));
    return new ReleaseConnection(listed, {
      finder: MatchFinder.of(search ?? null),
      localize: (record) => localizedNode(session, record, reader),
      count: () => session.total(canonicalJson([...list, 'total']), (db) => listOf(db).total()),
    });
  }

  @Cacheable()
  @Query(() => LocalizationType, {
    description:
      'The context of the request as the server understands it, to check languages and audience.',
  })
  async localization(
    @Ctx() context: RequestContext,
    @Args(() => ReaderArgs) args: ReaderArgs,
  ): Promise<LocalizationType> {
    const reader = context.caller.reader(args);
    const { requested, refused = [], audience, coherence } = reader;
    const reference = await this.sessions.of(context).reference();
    const state = audience === null ? null : reference.getState(audience);
    // Without a release, the rule for all types of releases applies.
    const terms = state ? reference.generalTerms(state.code, context.today) : NO_TERMS;
    const chain = chainSteps(reader, terms, context.localeOrder);
    const named = state && memberStateNode(state);
    const audienceRequested = context.caller.audienceRequested(args);
    return { requested, refused, audience: named, audienceRequested, chain, coherence };
  }
}

const SELECTORS = ['id', 'number', 'reference', 'slug'] as const satisfies ReleaseSelector[];
type Selectors = Readonly<Record<ReleaseSelector, string | null>>;

async function findRelease(
  session: ReadingSession,
  { id, number, reference, slug }: Selectors,
): Promise<ReleaseRecord | null> {
  if (number) return session.releaseByNumber(number);
  if (reference) return session.releaseByReference(reference);
  if (slug) return session.releaseBySlug(slug);
  const releaseId = id ? releaseIdOf(id) : null;
  return releaseId === null ? null : session.releaseById(releaseId);
}

/** Titles are sorted for the best match of the requested tags, else for the audience's language, with its region. */
function collationTag(
  { requested, audience, refused = [] }: Reader,
  reference: ReferenceData,
): string {
  const tags = audience === null ? [] : reference.getState(audience).tags;
  const [locale] = refusedLast([...matchLocales(requested), ...matchLocales(tags)], refused);
  return locale ? regionalTag(locale, requested, tags) : 'und';
}
