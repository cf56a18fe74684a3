import { resolve } from 'node:path';
import { z } from 'zod';
import { requireDatabase } from './embedded-database.js';
import { AppError } from '../kernel/errors.js';
import { LOCALES, type Locale } from '../kernel/locale.js';
import { type OidcSettings, SIGNATURES } from '../platform/auth/oidc.js';
import {
  OPERATION_MODES,
  type OperationSettings,
} from '../platform/graphql/persisted/persisted-operations.js';
import { QUERY_LIMITS, type QueryLimits } from '../platform/graphql/limits/limits.js';
import { OVERLOAD_LIMITS, type OverloadLimits } from '../platform/http/overload-protection.js';
import { isLoopback } from '../platform/http/loopback.js';
import { LIVE_LIMITS } from '../platform/http/live/live-connections.js';
import { isOwnSite, type SiteSettings, siteSettings } from '../platform/http/site-address.js';
import {
  addressBlocks,
  EMBEDDED,
  type Setting,
  integer,
  faultOf,
  postgresServer,
  postgresUrl,
  postgresUrls,
  webAddress,
  publicUrl,
  releaseUrl,
  text,
  signatures,
  files,
  flag,
  localeOrder,
  hostName,
  origins,
  ownerUrl,
} from './setting.js';
import { poolShare } from './pool-share.js';
import { lonelySettings } from './setting-needs.js';
import { refuseMisspelt, type ResemblingName, unknownSettings } from './unknown-settings.js';

export const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
export type LogThreshold = (typeof LOG_LEVELS)[number];

/** The configuration of the whole program, read once at startup. */
export interface Config {
  readonly host: string;
  /** 0 lets the operating system choose a free port. */
  readonly port: number;
  /** Absolute; relative values are resolved against the folder the program was started in. */
  readonly dataDir: string;
  /** The owner's login; absent means the embedded PostgreSQL. Holds a password: never log it. */
  readonly databaseUrl: string | undefined;
  /** The server of `databaseUrl` without the pooler, for sessions; absent means `databaseUrl` itself. */
  readonly databaseListenUrl: string | undefined;
  /** All other addresses lead through a pooler in transaction mode. */
  readonly databasePooler: 'transaction' | undefined;
  /** A login that may only read; absent means one that the gateway creates. */
  readonly databaseReaderUrl: string | undefined;
  /** The login that the application uses; absent means one that the gateway creates. */
  readonly databaseWriterUrl: string | undefined;
  /** Replicas of the database that serve readers; they may contain passwords. */
  readonly databaseReplicaUrls: readonly string[];
  /** How long a server that was signaled to stop still processes requests before its port closes, in milliseconds. */
  readonly drainDelayMs: number;
  /** How many processes share the port. */
  readonly workers: number;
  /** How long a start waits for a database that does not respond yet, in milliseconds. */
  readonly databaseWaitMs: number;
  readonly readPoolSize: number;
  readonly writePoolSize: number;
  /** The maximum duration of a reader's statement, in milliseconds. */
  readonly statementTimeoutMs: number;
  /** The maximum duration of a statement of editors, imports and workers, in milliseconds. */
  readonly writeStatementTimeoutMs: number;
  /** The maximum size of the cache of releases, texts and lists in each process, in MiB; 0 disables it. */
  readonly readModelMb: number;
  /** The maximum size of the cache of whole responses in each process, in MiB; 0 disables it. */
  readonly responseCacheMb: number;
  /** How long shared caches may serve a response without revalidation, in seconds. */
  readonly responseMaxAgeS: number;
  /** Loads the demonstration releases at the first start. */
  readonly demo: boolean;
  /** The order of the locales that neither the reader nor the audience names. */
  readonly localeOrder: readonly Locale[];
  readonly logLevel: LogThreshold;
  /** Whether a person may approve a text in which every new word is their own. */
  readonly ownApproval: boolean;
  /** Accepts the tokens that `gateway token` creates. */
  readonly devTokens: boolean;
  /** The OpenID provider whose tokens are accepted; null for none. */
  readonly oidc: OidcSettings | null;
  /** The public addresses. */
  readonly site: SiteSettings;
  /** Whether the public pages are served. */
  readonly pages: boolean;
  /** The origins whose pages may read and send tokens; null: all may read, and none may send tokens. */
  readonly corsOrigins: readonly string[] | null;
  /** The limits of one operation. */
  readonly limits: QueryLimits;
  /** The limits for overload protection. */
  readonly overloadProtection: OverloadLimits;
  /** The maximum number of live connections (WebSockets and event streams) of one process. */
  readonly liveConnections: number;
  /** Where the metrics are served; null to disable them. Port 0 lets the operating system choose. */
  readonly metrics: { readonly host: string; readonly port: number } | null;
  /** Which operations are allowed. */
  readonly operations: OperationSettings;
}

/** Every setting with its allowed values; documented in setting-descriptions.ts. */
export const SETTINGS = {
  HOST: hostName,
  PORT: integer(0, 65_535),
  METRICS_HOST: hostName,
  METRICS_PORT: integer(0, 65_535),
  DATA_DIR: { schema: z.string().regex(/^[^\0]+$/), allowed: '.data' },
  DATABASE_URL: ownerUrl,
  DATABASE_LISTEN_URL: postgresServer,
  DATABASE_POOLER: { schema: z.enum(['transaction']), allowed: 'transaction' },
  DATABASE_READER_URL: postgresUrl,
  DATABASE_WRITER_URL: postgresUrl,
  DATABASE_REPLICA_URLS: postgresUrls,
  DRAIN_DELAY_MS: integer(0, 300_000),
  WORKERS: integer(1, 128),
  DATABASE_WAIT_MS: integer(0, 600_000),
  READ_POOL_SIZE: integer(1, 500),
  WRITE_POOL_SIZE: integer(2, 500),
  LIVE_CONNECTIONS: integer(0, 100_000),
  READ_MODEL_MB: integer(0, 65_536),
  ANSWER_CACHE_MB: integer(0, 65_536),
  ANSWER_MAX_AGE_S: integer(0, 3_600),
  STATEMENT_TIMEOUT_MS: integer(100, 600_000),
  WRITE_STATEMENT_TIMEOUT_MS: integer(100, 3_600_000),
  QUERY_TOKENS: integer(100, 20_000),
  QUERY_DEPTH: integer(5, 60),
  QUERY_ALIASES: integer(0, 5_000),
  QUERY_ROOT_FIELDS: integer(1, 5_000),
  QUERY_FIELDS: integer(50, 20_000),
  QUERY_COST: integer(1_000, 100_000_000),
  INTROSPECTION: flag,
  CONCURRENCY_PER_CLIENT: integer(0, 100_000),
  RATE_LIMIT: integer(0, 999_999_999),
  MOST_OPERATIONS: integer(0, 100_000),
  OVERLOAD_DELAY_MS: integer(0, 60_000),
  TRUSTED_PROXIES: addressBlocks,
  DEMO: flag,
  LOCALE_ORDER: localeOrder,
  LOG_LEVEL: { schema: z.enum(LOG_LEVELS), allowed: LOG_LEVELS.join(', ') },
  DEV_TOKENS: flag,
  OWN_APPROVAL: flag,
  OIDC_ISSUER: webAddress,
  OIDC_AUDIENCE: text,
  OIDC_JWKS_URL: webAddress,
  OIDC_ALGORITHMS: signatures,
  OIDC_ROLES_CLAIM: text,
  OIDC_LOCALES_CLAIM: text,
  OIDC_NAME_CLAIM: text,
  OPERATIONS: { schema: z.enum(OPERATION_MODES), allowed: OPERATION_MODES.join(', ') },
  OPERATIONS_MANIFEST: files,
  CORS_ORIGINS: origins,
  PUBLIC_URL: publicUrl,
  RELEASE_URL: releaseUrl,
  SITE: flag,
} satisfies Record<string, Setting<unknown>>;

const NAMES = Object.keys(SETTINGS);

const LOOPBACK = '127.0.0.1';
/**
 * Enough for health checks every 2 s; with the requests in progress, less than the 10 s that Docker waits before it
 * kills.
 */
const DRAIN_DELAY_MS = 5_000;

type Settings = typeof SETTINGS;
export type SettingName = keyof Settings;
type Values = { -readonly [Name in keyof Settings]?: z.output<Settings[Name]['schema']> };

function readValues(env: NodeJS.ProcessEnv): Values {
  refuseMisspelt(env, NAMES);
  const values: Values = {};
  const faults: string[] = [];
  for (const [name, setting] of Object.entries<Setting<unknown>>(SETTINGS)) {
    const given = env[name]?.trim();
    if (given === undefined || given === '') continue;
    const parsed = setting.schema.safeParse(given);
    if (parsed.success) Object.assign(values, { [name]: parsed.data });
    else faults.push(faultOf(name, setting, given));
  }
  // For settings that need an address in DATABASE_URL, the embedded database counts as not set.
  if (values.DATABASE_URL === EMBEDDED) delete values.DATABASE_URL;
  faults.push(...lonelySettings(values, faults));
  if (faults.length > 0) throw new AppError('SETTING_INVALID', { faults: faults.join('; ') });
  return values;
}

/** Names of variables that resemble settings of this program but are not, for a warning. */
export function foreignSettings(env: NodeJS.ProcessEnv): readonly ResemblingName[] {
  return unknownSettings(env, NAMES).foreign;
}

/**
 * Reads and checks all settings; empty ones count as not set. Numbers of milliseconds end in `Ms`.
 *
 * @throws AppError SETTING_INVALID with every fault at once in `faults`; values that may contain a password are never
 *   repeated. SETTING_MISSPELT, DATABASE_URL_MISSING, DATABASE_URL_MISNAMED, DEVELOPMENT_TOKENS_EXPOSED
 */
export function readConfig(env: NodeJS.ProcessEnv): Config {
  const values = readValues(env);
  const host = values.HOST ?? LOOPBACK;
  const workers = values.WORKERS ?? 1;
  const site = siteSettings(values.PUBLIC_URL, values.RELEASE_URL);
  if (values.DEV_TOKENS === true && !isLoopback(host)) {
    throw new AppError('DEVELOPMENT_TOKENS_EXPOSED', { host });
  }
  requireDatabase(env, host, NAMES);
  return {
    host,
    port: values.PORT ?? 4000,
    dataDir: resolve(values.DATA_DIR ?? '.data'),
    databaseUrl: values.DATABASE_URL,
    databaseListenUrl: values.DATABASE_LISTEN_URL,
    databasePooler: values.DATABASE_POOLER,
    databaseReaderUrl: values.DATABASE_READER_URL,
    databaseWriterUrl: values.DATABASE_WRITER_URL,
    databaseReplicaUrls: values.DATABASE_REPLICA_URLS ?? [],
    drainDelayMs: values.DRAIN_DELAY_MS ?? (isLoopback(host) ? 0 : DRAIN_DELAY_MS),
    workers,
    databaseWaitMs: values.DATABASE_WAIT_MS ?? 15_000,
    readPoolSize: values.READ_POOL_SIZE ?? poolShare(10, workers, 4),
    writePoolSize: values.WRITE_POOL_SIZE ?? poolShare(6, workers, 3),
    statementTimeoutMs: values.STATEMENT_TIMEOUT_MS ?? 5_000,
    writeStatementTimeoutMs: values.WRITE_STATEMENT_TIMEOUT_MS ?? 60_000,
    readModelMb: values.READ_MODEL_MB ?? 48,
    responseCacheMb: values.ANSWER_CACHE_MB ?? 48,
    responseMaxAgeS: values.ANSWER_MAX_AGE_S ?? 1,
    demo: values.DEMO ?? values.DATABASE_URL === undefined,
    localeOrder: values.LOCALE_ORDER ?? LOCALES,
    logLevel: values.LOG_LEVEL ?? 'info',
    ownApproval: values.OWN_APPROVAL ?? false,
    devTokens: values.DEV_TOKENS ?? (values.DATABASE_URL === undefined && isLoopback(host)),
    oidc: oidcSettings(values),
    pages: values.SITE ?? isOwnSite(site),
    corsOrigins: values.CORS_ORIGINS ?? null,
    limits: queryLimits(values),
    overloadProtection: overloadSettings(values),
    liveConnections: values.LIVE_CONNECTIONS ?? LIVE_LIMITS.connections,
    metrics: metricsAddress(values),
    operations: {
      mode: values.OPERATIONS ?? 'open',
      manifests: values.OPERATIONS_MANIFEST ?? null,
    },
    site,
  };
}

function metricsAddress({ METRICS_PORT: port, METRICS_HOST: host }: Values): Config['metrics'] {
  return port === undefined ? null : { host: host ?? LOOPBACK, port };
}

function queryLimits(values: Values): QueryLimits {
  return {
    tokens: values.QUERY_TOKENS ?? QUERY_LIMITS.tokens,
    depth: values.QUERY_DEPTH ?? QUERY_LIMITS.depth,
    aliases: values.QUERY_ALIASES ?? QUERY_LIMITS.aliases,
    rootFields: values.QUERY_ROOT_FIELDS ?? QUERY_LIMITS.rootFields,
    fields: values.QUERY_FIELDS ?? QUERY_LIMITS.fields,
    cost: values.QUERY_COST ?? QUERY_LIMITS.cost,
    introspection: values.INTROSPECTION ?? QUERY_LIMITS.introspection,
  };
}

function overloadSettings(values: Values): OverloadLimits {
  return {
    perClient: values.CONCURRENCY_PER_CLIENT ?? OVERLOAD_LIMITS.perClient,
    pointsPerMinute: values.RATE_LIMIT ?? OVERLOAD_LIMITS.pointsPerMinute,
    maxOperations: values.MOST_OPERATIONS ?? OVERLOAD_LIMITS.maxOperations,
    maxDelayMs: values.OVERLOAD_DELAY_MS ?? OVERLOAD_LIMITS.maxDelayMs,
    trustedProxies: values.TRUSTED_PROXIES ?? OVERLOAD_LIMITS.trustedProxies,
  };
}

function oidcSettings(values: Values): OidcSettings | null {
  const { OIDC_ISSUER: issuer, OIDC_AUDIENCE: audience } = values;
  if (issuer === undefined || audience === undefined) return null;
  return {
    issuer,
    audience,
    jwksUrl: values.OIDC_JWKS_URL ?? null,
    algorithms: values.OIDC_ALGORITHMS ?? SIGNATURES,
    claims: {
      roles: values.OIDC_ROLES_CLAIM ?? 'roles',
      locales: values.OIDC_LOCALES_CLAIM ?? 'locales',
      name: values.OIDC_NAME_CLAIM ?? 'name',
    },
  };
}
