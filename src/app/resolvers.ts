import type { DataSource } from 'typeorm';
import type { BuildSchemaOptions, ContainerType } from 'type-graphql';

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
  type CatalogCache,
  CatalogResolver,
  createCatalogService,
  findLocaleEntry,
  LocaleEntryResolver,
} from '../features/catalog/index.js';
import {
  PublicationMutationResolver,
  ReadinessResolver,
  ReleaseScheduleResolver,
  ScheduleResolver,
} from '../features/publication/index.js';
import {
  EditorialLoaders,
  EditorialReleaseResolver,
  LoadersBySnapshot,
  ReleaseMutationResolver,
} from '../features/release/index.js';
import {
  CommentMutationResolver,
  CommentResolver,
  ReleaseTranslationsResolver,
  TextMutationRunner,
  TranslationHistoryResolver,
  TranslationLoaders,
  TranslationMutationResolver,
  TranslationResolver,
  TranslationRevisionResolver,
  WorkflowResolver,
} from '../features/translation/index.js';
import {
  findStaffNode,
  PublishedReleaseResolver,
  WorklistResolver,
} from '../features/worklist/index.js';
import { ParityMonthsResolver, ParityResolver } from '../features/parity/index.js';
import {
  CorrectionsResolver,
  JsonLdResolver,
  LocalizedPageResolver,
  LocalizedReleaseResolver,
  NodeResolver,
  ReadingSessions,
  type RecordCache,
  ReleaseQueryResolver,
  ReleaseResolver,
  SearchMatchResolver,
} from '../features/reading/index.js';
import {
  type LiveHub,
  LiveService,
  SyncCursors,
  SyncResolver,
  SyncService,
} from '../features/sync/index.js';
import type { Queryable } from '../platform/db/queryable.js';
import type { RequestContext } from '../platform/graphql/execution/request-context.js';
import type { SiteAddress } from '../platform/http/site-address.js';
import type { LiveMessages } from '../platform/i18n/messages.js';

/** The dependencies of the resolvers. */
export interface ResolverOptions {
  readonly dataSource: DataSource;
  /** The primary: a replica may be behind. */
  readonly primary: Queryable;
  readonly messages: LiveMessages;
  readonly catalog: CatalogCache;
  /** Whether a reviser may approve a text that nobody else has written. */
  readonly ownApproval: boolean;
  /** Signs the cursors of copies; the same on all nodes of one database. */
  readonly cursorKey: string;
  readonly site: SiteAddress;
  readonly hub: LiveHub;
  readonly changeFeed: ChangeFeed;
  /** Null where no records are cached. */
  readonly records: RecordCache | null;
}

type Services = ReturnType<typeof createServices>;

function createServices(options: ResolverOptions) {
  const { dataSource, messages, catalog, ownApproval, records, site } = options;
  const reference = new ReferenceCache(options.changeFeed);
  const reading = new ReadingSessions(reference, records);
  const cursors = new SyncCursors(options.cursorKey);
  const sync = new SyncService(reference, reading, cursors, options.primary);
  const releases = new LoadersBySnapshot((snapshot) => new EditorialLoaders(snapshot));
  const texts = new LoadersBySnapshot((snapshot) => new TranslationLoaders(snapshot));
  const runner = new MutationRunner({
    dataSource,
    audit: { recordAudit },
    idempotency: { claimKey, saveResult },
  });
  return {
    ...{ messages, catalog, site, reference, reading, sync, releases, texts, runner },
    textRunner: new TextMutationRunner(runner, releases),
    live: new LiveService(options.hub, sync),
    publicCatalog: createCatalogService(messages, (name) => catalog.isPublic(name)),
    workflowRules: { ownApproval },
    nodeFinders: [
      (context: RequestContext, id: string) => findStaffNode(releases, context, id),
      findLocaleEntry,
    ],
  };
}

type ResolverClasses = BuildSchemaOptions['resolvers'];

interface ResolverEntry {
  readonly type: ResolverClasses[number];
  readonly create: (services: Services) => object;
}

/** Every resolver of the public schema, with its dependencies. */
const TABLE: readonly ResolverEntry[] = [
  { type: AccountResolver, create: () => new AccountResolver() },
  { type: AudienceQueryResolver, create: (s) => new AudienceQueryResolver(s.reference) },
  {
    type: AudienceMutationResolver,
    create: (s) => new AudienceMutationResolver(s.runner, s.reference),
  },
  { type: MemberStateResolver, create: (s) => new MemberStateResolver(s.reference) },
  { type: TopicResolver, create: (s) => new TopicResolver(s.reference) },
  { type: CatalogResolver, create: (s) => new CatalogResolver(s.publicCatalog, s.reference) },
  {
    type: LocaleEntryResolver,
    create: (s) => new LocaleEntryResolver(s.runner, s.messages, s.catalog),
  },
  {
    type: EditorialReleaseResolver,
    create: (s) => new EditorialReleaseResolver(s.reference, s.releases),
  },
  {
    type: ReleaseMutationResolver,
    create: (s) => new ReleaseMutationResolver(s.runner, s.reference, s.releases),
  },
  { type: ReleaseTranslationsResolver, create: () => new ReleaseTranslationsResolver() },
  { type: TranslationResolver, create: (s) => new TranslationResolver(s.releases, s.texts) },
  {
    type: TranslationMutationResolver,
    create: (s) => new TranslationMutationResolver(s.textRunner),
  },
  { type: TranslationHistoryResolver, create: (s) => new TranslationHistoryResolver(s.texts) },
  {
    type: TranslationRevisionResolver,
    create: (s) => new TranslationRevisionResolver(s.texts, s.releases),
  },
  { type: WorkflowResolver, create: (s) => new WorkflowResolver(s.textRunner, s.workflowRules) },
  { type: CommentResolver, create: (s) => new CommentResolver(s.releases) },
  { type: CommentMutationResolver, create: (s) => new CommentMutationResolver(s.runner) },
  { type: ReleaseScheduleResolver, create: () => new ReleaseScheduleResolver() },
  { type: ScheduleResolver, create: (s) => new ScheduleResolver(s.releases) },
  { type: ReadinessResolver, create: (s) => new ReadinessResolver(s.reference, s.releases) },
  {
    type: PublicationMutationResolver,
    create: (s) => new PublicationMutationResolver(s.runner, s.reference, s.releases),
  },
  { type: ReleaseQueryResolver, create: (s) => new ReleaseQueryResolver(s.reading) },
  { type: NodeResolver, create: (s) => new NodeResolver(s.reading, s.nodeFinders) },
  { type: ReleaseResolver, create: (s) => new ReleaseResolver(s.reading) },
  { type: LocalizedReleaseResolver, create: (s) => new LocalizedReleaseResolver(s.reading) },
  { type: LocalizedPageResolver, create: (s) => new LocalizedPageResolver(s.reading, s.site) },
  { type: CorrectionsResolver, create: (s) => new CorrectionsResolver(s.reading) },
  { type: JsonLdResolver, create: (s) => new JsonLdResolver(s.reading, s.site) },
  { type: SearchMatchResolver, create: (s) => new SearchMatchResolver(s.reading) },
  { type: SyncResolver, create: (s) => new SyncResolver(s.sync, s.live) },
  { type: ParityMonthsResolver, create: () => new ParityMonthsResolver() },
  { type: ParityResolver, create: (s) => new ParityResolver(s.reference) },
  { type: PublishedReleaseResolver, create: (s) => new PublishedReleaseResolver(s.reading) },
  { type: WorklistResolver, create: (s) => new WorklistResolver(s.reference, s.releases) },
];

export const RESOLVERS = TABLE.map(({ type }) => type) as unknown as ResolverClasses;

export function resolverContainer(options: ResolverOptions): ContainerType {
  const services = createServices(options);
  const instances = new Map<unknown, object>(
    TABLE.map(({ type, create }) => [type, create(services)]),
  );
  return { get: (type: unknown) => instances.get(type) };
}
