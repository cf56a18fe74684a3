import type { DataSource } from 'typeorm';
import type { ContainerType } from 'type-graphql';

import { AccountResolver, Desk } from './features/account/index.js';
import {
  AudienceQueryResolver,
  MemberStateResolver,
  ReferenceCache,
  TopicResolver,
} from './features/audience/index.js';
import { CatalogResolver, createCatalogService } from './features/catalog/index.js';
import {
  CommentResolver,
  EditorialQueryResolver,
  EditorialReleaseResolver,
  EditorialSessions,
  findStaffNode,
  ReleaseMutationResolver,
  ScheduleResolver,
  TranslationResolver,
} from './features/editorial/index.js';
import {
  LocalizedReleaseResolver,
  NodeResolver,
  ReadingSessions,
  ReleaseQueryResolver,
  ReleaseResolver,
} from './features/reading/index.js';
import type { Messages } from './platform/i18n/messages.js';

/** Every class that answers for a part of the public schema. */
export const RESOLVERS = [
  AccountResolver,
  AudienceQueryResolver,
  MemberStateResolver,
  TopicResolver,
  ReleaseQueryResolver,
  NodeResolver,
  ReleaseResolver,
  LocalizedReleaseResolver,
  CatalogResolver,
  EditorialQueryResolver,
  EditorialReleaseResolver,
  ScheduleResolver,
  TranslationResolver,
  CommentResolver,
  ReleaseMutationResolver,
] as const;

/** What the resolvers are made of. */
export interface ResolverParts {
  readonly dataSource: DataSource;
  readonly messages: Messages;
}

export function resolverContainer({ dataSource, messages }: ResolverParts): ContainerType {
  const cache = new ReferenceCache();
  const reading = new ReadingSessions(cache);
  const editorial = new EditorialSessions();
  const desk = new Desk(dataSource);
  const instances = [
    new AccountResolver(),
    new AudienceQueryResolver(cache),
    new MemberStateResolver(cache),
    new TopicResolver(cache),
    new ReleaseQueryResolver(reading),
    new NodeResolver(reading, [(context, id) => findStaffNode(editorial, context, id)]),
    new ReleaseResolver(reading),
    new LocalizedReleaseResolver(reading),
    new CatalogResolver(createCatalogService(messages), cache),
    new EditorialQueryResolver(cache, editorial),
    new EditorialReleaseResolver(cache, reading),
    new ScheduleResolver(editorial),
    new TranslationResolver(editorial),
    new CommentResolver(editorial),
    new ReleaseMutationResolver(desk, cache, editorial),
  ];
  const byClass = new Map<unknown, object>(instances.map((made) => [made.constructor, made]));
  return { get: (resolver: unknown) => byClass.get(resolver) };
}
