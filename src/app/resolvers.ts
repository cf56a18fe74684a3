import type { DataSource } from 'typeorm';
import type { ContainerType } from 'type-graphql';

import { AccountResolver } from '../features/account/index.js';
import { recordAudit } from '../platform/mutation/audit.repository.js';
import { claimKey, saveResult } from '../platform/mutation/idempotency.repository.js';
import { MutationRunner } from '../platform/mutation/mutation-runner.js';
import {
  AudienceMutationResolver,
  AudienceQueryResolver,
  MemberStateResolver,
  ReferenceCache,
  TopicResolver,
} from '../features/audience/index.js';
import { type ChangeFeed } from '../features/change-log/index.js';
import {
  type CatalogKeeper,
  CatalogResolver,
  createCatalogService,
  findLocaleEntry,
  LocaleEntryResolver,
} from '../features/catalog/index.js';
import {
  CommentMutationResolver,
  CommentResolver,
  EditorialQueryResolver,
  EditorialReleaseResolver,
  EditorialSessions,
  findStaffNode,
  PublicationMutationResolver,
  ReadinessResolver,
  HistorySessions,
  ReleaseMutationResolver,
  ScheduleResolver,
  TranslationHistoryResolver,
  TranslationMutationResolver,
  TranslationResolver,
  TranslationRevisionResolver,
  TranslationWriter,
  WorkflowResolver,
} from '../features/worklist/index.js';
import { ParityResolver } from '../features/parity/index.js';
import {
  JsonLdResolver,
  LocalizedPageResolver,
  LocalizedReleaseResolver,
  NodeResolver,
  ReadingSessions,
  type ReadModels,
  ReleaseQueryResolver,
  ReleaseResolver,
} from '../features/reading/index.js';
import {
  type LiveHub,
  LiveService,
  SyncCursors,
  SyncResolver,
  SyncService,
} from '../features/sync/index.js';
import type { Queryable } from '../platform/db/queryable.js';
import type { SiteAddress } from '../platform/http/site-address.js';
import type { LiveMessages } from '../platform/i18n/messages.js';

/** Every class that answers for a part of the public schema. */
export const RESOLVERS = [
  AccountResolver,
  AudienceQueryResolver,
  AudienceMutationResolver,
  MemberStateResolver,
  TopicResolver,
  ReleaseQueryResolver,
  NodeResolver,
  ReleaseResolver,
  LocalizedReleaseResolver,
  CatalogResolver,
  LocaleEntryResolver,
  EditorialQueryResolver,
  EditorialReleaseResolver,
  ScheduleResolver,
  TranslationResolver,
  CommentResolver,
  ReleaseMutationResolver,
  TranslationHistoryResolver,
  TranslationRevisionResolver,
  TranslationMutationResolver,
  WorkflowResolver,
  CommentMutationResolver,
  ReadinessResolver,
  PublicationMutationResolver,
  SyncResolver,
  JsonLdResolver,
  LocalizedPageResolver,
  ParityResolver,
] as const;

/** What the resolvers are made of. */
export interface ResolverParts {
  readonly dataSource: DataSource;
  /** Reads what a replica may not know yet. */
  readonly primary: Queryable;
  readonly messages: LiveMessages;
  readonly catalog: CatalogKeeper;
  /** Whether somebody may approve what is theirs alone. */
  readonly ownApproval: boolean;
  /** Seals the cursors of copies; the same on all nodes of one database. */
  readonly cursorKey: string;
  readonly site: SiteAddress;
  readonly hub: LiveHub;
  /** Tells the state of the public side that the process last heard of. */
  readonly follower: ChangeFeed;
  /** What the process keeps of public texts; null where it keeps nothing. */
  readonly models: ReadModels | null;
}

export function resolverContainer(parts: ResolverParts): ContainerType {
  const { dataSource, messages, catalog, ownApproval } = parts;
  const cache = new ReferenceCache(parts.models && parts.follower);
  const reading = new ReadingSessions(cache, parts.models);
  const sync = new SyncService(cache, reading, new SyncCursors(parts.cursorKey), parts.primary);
  const editorial = new EditorialSessions();
  const runner = new MutationRunner({
    dataSource,
    audit: { recordAudit },
    idempotency: { claimKey, saveResult },
  });
  const histories = new HistorySessions();
  const writer = new TranslationWriter(runner, editorial);
  const instances = [
    new AccountResolver(),
    new AudienceQueryResolver(cache),
    new AudienceMutationResolver(runner, cache),
    new MemberStateResolver(cache),
    new TopicResolver(cache),
    new ReleaseQueryResolver(reading),
    new NodeResolver(reading, [
      (context, id) => findStaffNode(editorial, context, id),
      findLocaleEntry,
    ]),
    new ReleaseResolver(reading),
    new LocalizedReleaseResolver(reading),
    new CatalogResolver(
      createCatalogService(messages, (name) => catalog.isPublic(name)),
      cache,
    ),
    new LocaleEntryResolver(runner, messages, catalog),
    new EditorialQueryResolver(cache, editorial),
    new EditorialReleaseResolver(cache, reading),
    new ScheduleResolver(editorial),
    new TranslationResolver(editorial),
    new CommentResolver(editorial),
    new ReleaseMutationResolver(runner, cache, editorial),
    new ReadinessResolver(cache, editorial),
    new PublicationMutationResolver(runner, cache, editorial),
    new TranslationHistoryResolver(histories),
    new TranslationRevisionResolver(histories, editorial),
    new TranslationMutationResolver(writer),
    new WorkflowResolver(writer, { ownApproval }),
    new CommentMutationResolver(runner, editorial),
    new JsonLdResolver(reading, parts.site),
    new LocalizedPageResolver(reading, parts.site),
    new ParityResolver(cache),
    new SyncResolver(sync, new LiveService(parts.hub, sync)),
  ];
  const byClass = new Map<unknown, object>(instances.map((made) => [made.constructor, made]));
  return { get: (resolver: unknown) => byClass.get(resolver) };
}
