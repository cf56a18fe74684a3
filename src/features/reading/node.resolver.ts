import { Arg, Ctx, ID, Query, Resolver } from 'type-graphql';

import { AppError } from '../../kernel/errors.js';
import { canonicalTags } from '../../kernel/language-tag.js';
import { LOCALES } from '../../kernel/locale.js';
import { COHERENCES, type Coherence, type Reader, withRefused } from '../../kernel/localization.js';
import { Cacheable } from '../../platform/graphql/execution/cacheable.js';
import { isUuid, parseGlobalId } from '../../platform/graphql/schema/global-id.js';
import { Node } from '../../platform/graphql/schema/node.js';
import type { RequestContext } from '../../platform/graphql/execution/request-context.js';
import { Size } from '../../platform/graphql/limits/list-size.js';
import { memberStateNode, topicNode } from '../audience/index.js';
import type { ReadingSession, ReadingSessions } from './reading-session.js';
import { localizedNode } from './release.resolver.js';
import { ReleaseType } from './release.types.js';

/** Finds a node by its id. */
export type NodeFinder = (context: RequestContext, id: string) => Promise<Node | null>;

const MAX_IDS = 100;

/** The release that an id names; null for any other id. */
export function releaseIdOf(id: string): string | null {
  const parsed = parseGlobalId(id);
  const [uuid, ...rest] = parsed?.parts ?? [];
  return parsed?.type === 'Release' && rest.length === 0 && isUuid(uuid) ? uuid : null;
}

@Resolver()
export class NodeResolver {
  constructor(
    private readonly sessions: ReadingSessions,
    /** One for each other group of types; null for an id of another type, or one that this caller may not read. */
    private readonly finders: readonly NodeFinder[],
  ) {}

  @Cacheable()
  @Query(() => Node, {
    nullable: true,
    description:
      'An object by its global id; null if unknown, not yet public, retracted, or not for this caller.',
  })
  node(
    @Ctx() context: RequestContext,
    @Arg('id', () => ID, { description: 'Global id of any type.' }) id: string,
  ): Promise<Node | null> {
    return this.find(context, id);
  }

  @Size('IDS')
  @Cacheable()
  @Query(() => [Node], {
    nullable: 'items',
    description: 'The same for several ids, in their order; null in the place of those not found.',
  })
  async nodes(
    @Ctx() context: RequestContext,
    @Arg('ids', () => [ID], {
      description: 'At most 100 global ids; more are BAD_USER_INPUT, reason LIST_TOO_LONG.',
    })
    ids: string[],
  ): Promise<(Node | null)[]> {
    if (ids.length > MAX_IDS)
      throw new AppError('LIST_TOO_LONG', { argument: 'ids', max: MAX_IDS });
    return Promise.all(ids.map((id) => this.find(context, id)));
  }

  private async find(context: RequestContext, id: string): Promise<Node | null> {
    const node = await findNode(this.sessions.of(context), id);
    if (node) return node;
    // The finders do not record dependencies, and neither does an id of an unknown type.
    context.dependencies.isUncacheable = true;
    for (const finder of this.finders) {
      const found = await finder(context, id);
      // Every node has exactly one id.
      if (found?.id === id) return found;
    }
    return null;
  }
}

/** Every node has exactly one id: another spelling of the same id is not found. */
async function findNode(session: ReadingSession, id: string): Promise<Node | null> {
  const parsed = parseGlobalId(id);
  const node = parsed && (await findParsed(session, parsed));
  return node?.id === id ? node : null;
}

async function findParsed(
  session: ReadingSession,
  parsed: NonNullable<ReturnType<typeof parseGlobalId>>,
): Promise<Node | null> {
  const [key, ...rest] = parsed.parts;
  if (typeof key !== 'string') return null;
  switch (parsed.type) {
    case 'Release':
    case 'LocalizedRelease':
      return findReleaseNode(session, key, parsed.type, rest);
    case 'MemberState': {
      const state = (await session.reference()).findState(key);
      return state && memberStateNode(state);
    }
    case 'Topic': {
      const topic = (await session.reference()).findTopic(key);
      return topic && topicNode(topic);
    }
    default:
      return null;
  }
}

async function findReleaseNode(
  session: ReadingSession,
  key: string,
  type: 'Release' | 'LocalizedRelease',
  context: readonly unknown[],
): Promise<Node | null> {
  const reader = type === 'Release' ? null : readerOf(context);
  if (!isUuid(key) || (type === 'LocalizedRelease' && !reader)) return null;
  const record = await session.releaseById(key);
  if (!record) return null;
  if (!reader) return new ReleaseType(record);
  const state = reader.audience === null || (await session.reference()).findState(reader.audience);
  return state === null ? null : localizedNode(session, record, reader);
}

/** The reader that the id of a localized release was made for. */
function readerOf([requested, audience, coherence, refused]: readonly unknown[]): Reader | null {
  if (!Array.isArray(requested) || !requested.every((tag) => typeof tag === 'string')) return null;
  if (audience !== null && typeof audience !== 'string') return null;
  if (!(COHERENCES as readonly unknown[]).includes(coherence)) return null;
  const isRefused = (locale: unknown) => Array.isArray(refused) && refused.includes(locale);
  try {
    const reader = { requested: canonicalTags(requested), audience };
    return withRefused({ ...reader, coherence: coherence as Coherence }, LOCALES.filter(isRefused));
  } catch {
    return null;
  }
}
