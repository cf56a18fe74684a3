import type { Config, SettingName } from './config.js';
import { TAG_OF } from '../kernel/locale.js';

/** The documentation of a setting in docs/settings.md. */
export interface SettingDescription {
  /** One or two sentences in English, as Markdown. */
  readonly text: string;
  /**
   * The default as a person reads it, or a function that reads it from the config of a start without settings; absent:
   * none.
   */
  readonly default?: string | ((config: Config) => string | number | boolean);
}

type Group = Readonly<Partial<Record<SettingName, SettingDescription>>>;

const SERVER = {
  HOST: {
    text: 'Address to listen on. Anything but the machine itself (`127.0.0.1`, `::1`, `localhost`) counts as public.',
    default: ({ host }) => host,
  },
  PORT: {
    text: 'Port to listen on; `0` lets the operating system choose one.',
    default: ({ port }) => port,
  },
  WORKERS: {
    text: 'How many processes share the port; see [operations](operations.md#several-processes-and-nodes).',
    default: ({ workers }) => workers,
  },
  DRAIN_DELAY_MS: {
    text: 'How long a server that received a signal to stop still processes requests, with `/readyz` at 503, before its port closes; see [operations](operations.md#health-endpoints-and-draining).',
    default: '`5000`; `0` if `HOST` is this machine',
  },
  LOG_LEVEL: {
    text: 'Lowest level that is logged; `debug` adds a line for each operation.',
    default: ({ logLevel }) => logLevel,
  },
  METRICS_PORT: {
    text: 'Port for [`/metrics`](metrics.md); without it they are not served. `0` lets the operating system choose one, which is printed.',
  },
  METRICS_HOST: { text: 'Address for `/metrics`.', default: '`127.0.0.1`' },
  DEMO: {
    text: 'Load the demonstration releases once.',
    default: '`1` with the embedded database, else `0`',
  },
} satisfies Group;

const DATABASE = {
  DATABASE_URL: {
    text: "PostgreSQL 15 or newer, with the owner's login. Without it, or as `embedded`: an embedded server under `DATA_DIR`, which must be requested if `HOST` is public or `NODE_ENV` is `production`.",
  },
  DATA_DIR: {
    text: 'Folder of the embedded database, relative to the folder in which the program starts.',
    default: '`.data`',
  },
  DATABASE_READER_URL: {
    text: 'A login in the role `gateway_reader`. Without it the gateway creates one, and needs `CREATEROLE`.',
  },
  DATABASE_WRITER_URL: {
    text: 'A login in the role `gateway_writer`, for staff and workers. Without it the gateway creates one, likewise.',
  },
  DATABASE_REPLICA_URLS: {
    text: "[Replicas](operations.md#replicas) for readers, at most 16. Without a login in the address, the readers' login is used.",
  },
  DATABASE_POOLER: {
    text: 'All other addresses lead through a [pooler](operations.md#connection-poolers) in transaction mode.',
  },
  DATABASE_LISTEN_URL: {
    text: 'The server of `DATABASE_URL` without a pooler in between, for migrations, locks and LISTEN; without a login.',
  },
  DATABASE_WAIT_MS: {
    text: 'How long a start waits for a database that does not respond yet, in milliseconds.',
    default: ({ databaseWaitMs }) => databaseWaitMs,
  },
  READ_POOL_SIZE: {
    text: 'Connections per process for readers, and as many for reads of staff.',
    default: '`10`; from three workers on fewer, at least `4`',
  },
  WRITE_POOL_SIZE: {
    text: 'Connections per process for changes.',
    default: '`6`; from three workers on fewer, at least `3`',
  },
  STATEMENT_TIMEOUT_MS: {
    text: "Maximum duration of a reader's statement, in milliseconds.",
    default: ({ statementTimeoutMs }) => statementTimeoutMs,
  },
  WRITE_STATEMENT_TIMEOUT_MS: {
    text: 'Maximum duration of a statement of staff, imports and workers, in milliseconds.',
    default: ({ writeStatementTimeoutMs }) => writeStatementTimeoutMs,
  },
} satisfies Group;

const PUBLIC = {
  PUBLIC_URL: {
    text: 'Address at which the gateway is reached from outside, for example `https://api.example.org/gateway`; feeds, sitemap and JSON-LD link to it.',
    default: 'the address on which the server listens',
  },
  RELEASE_URL: {
    text: 'Page of a release on your site; must have `{slug}`, may have `{lang}` and `{PUBLIC_URL}`.',
    default: ({ site }) => site.releaseUrl,
  },
  SITE: {
    text: 'Serve the public pages `/{lang}` and `/{lang}/{slug}`; see [feeds and pages](feeds-and-pages.md).',
    default: '`1`; `0` if `RELEASE_URL` leads elsewhere',
  },
  CORS_ORIGINS: {
    text: 'Origins whose pages may read from the gateway and send tokens. With `*` every page may read, and none may send a token.',
    default: ({ corsOrigins }) => corsOrigins?.join(',') ?? '*',
  },
  LOCALE_ORDER: {
    text: 'Order of the locales that neither the reader nor the audience names; alphabetical by default, so that no language is preferred.',
    default: ({ localeOrder }) => localeOrder.map((locale) => TAG_OF[locale]).join(','),
  },
} satisfies Group;

const STAFF = {
  OIDC_ISSUER: { text: 'OpenID provider whose tokens staff send.' },
  OIDC_AUDIENCE: { text: 'Audience that these tokens must be made for.' },
  OIDC_ROLES_CLAIM: {
    text: 'Claim with the roles; a path such as `realm_access.roles` is allowed.',
    default: '`roles`',
  },
  OIDC_LOCALES_CLAIM: {
    text: 'Claim with the locales of a translator or reviser.',
    default: '`locales`',
  },
  OIDC_NAME_CLAIM: { text: 'Claim with the name of the person.', default: '`name`' },
  OIDC_JWKS_URL: { text: 'Keys of the provider.', default: 'discovered from the issuer' },
  OIDC_ALGORITHMS: { text: 'Signatures that are accepted.', default: 'all asymmetric ones' },
  DEV_TOKENS: {
    text: 'Accept tokens of `gateway token`; only if `HOST` is this machine.',
    default: '`1` with the embedded database on this machine, else `0`',
  },
  OWN_APPROVAL: {
    text: '`1`: a text whose new words are all of one person may be approved by that person.',
    default: ({ ownApproval }) => ownApproval,
  },
} satisfies Group;

const CACHES = {
  READ_MODEL_MB: {
    text: 'Approximate memory per process for cached releases, texts and pages of lists, in MiB; `0` caches none.',
    default: ({ readModelMb }) => readModelMb,
  },
  ANSWER_CACHE_MB: {
    text: 'Approximate memory per process for cached responses, in MiB; `0` caches none.',
    default: ({ responseCacheMb }) => responseCacheMb,
  },
  ANSWER_MAX_AGE_S: {
    text: 'How long clients and shared caches may use a response without validation, in seconds.',
    default: ({ responseMaxAgeS }) => responseMaxAgeS,
  },
} satisfies Group;

const LIMITS = {
  QUERY_TOKENS: { text: 'Tokens of one operation.', default: ({ limits }) => limits.tokens },
  QUERY_DEPTH: { text: 'Depth of its fields.', default: ({ limits }) => limits.depth },
  QUERY_ALIASES: { text: 'Aliases.', default: ({ limits }) => limits.aliases },
  QUERY_ROOT_FIELDS: { text: 'Root fields.', default: ({ limits }) => limits.rootFields },
  QUERY_FIELDS: { text: 'Fields, fragments expanded.', default: ({ limits }) => limits.fields },
  QUERY_COST: {
    text: 'Cost, which grows with the size of lists.',
    default: ({ limits }) => limits.cost,
  },
  INTROSPECTION: {
    text: '`0`: no introspection, no suggestions and no files of the schema. The explorer needs it.',
    default: ({ limits }) => limits.introspection,
  },
  OPERATIONS: {
    text: '`open` runs every operation, `registered` runs only [registered ones](operations.md#registered-operations), `log` runs all and logs those that are not registered.',
    default: ({ operations }) => operations.mode,
  },
  OPERATIONS_MANIFEST: {
    text: "Files in Apollo's persisted-query-manifest format, separated by commas.",
    default: 'the ready operations',
  },
  CONCURRENCY_PER_CLIENT: {
    text: 'Operations of one client at a time, per process; `0` is no limit. A client is an address (IPv6: a /64).',
    default: ({ overloadProtection }) => overloadProtection.perClient,
  },
  RATE_LIMIT: {
    text: 'Points of one client in a minute, per process: 10 for each request, and the cost of its operation; `0` is no limit. Cached responses cost none.',
    default: ({ overloadProtection }) => overloadProtection.pointsPerMinute,
  },
  MOST_OPERATIONS: {
    text: 'Operations at a time, per process; more get 503. `0` is no limit.',
    default: ({ overloadProtection }) => overloadProtection.maxOperations,
  },
  OVERLOAD_DELAY_MS: {
    text: 'Delay of the event loop, on average over a second, from which operations get 503; `0` is no limit.',
    default: ({ overloadProtection }) => overloadProtection.maxDelayMs,
  },
  TRUSTED_PROXIES: {
    text: 'Addresses and blocks of proxies whose `X-Forwarded-For` names the client.',
  },
  LIVE_CONNECTIONS: {
    text: 'WebSockets and event streams per process; more get 503.',
    default: ({ liveConnections }) => liveConnections,
  },
} satisfies Group;

/** By subject, in the order of docs/settings.md; each setting once. */
export const SETTING_GROUPS: Readonly<Record<string, Group>> = {
  Server: SERVER,
  Database: DATABASE,
  'Public addresses and languages': PUBLIC,
  Staff: STAFF,
  Caches: CACHES,
  'Limits and overload protection': LIMITS,
};
