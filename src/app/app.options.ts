import type { OverloadLimits } from '../platform/http/overload-protection.js';
import type { Logger } from 'pino';

import type { ErrorReason } from '../kernel/errors.js';
import type { Locale } from '../kernel/locale.js';
import { wallClockMs } from '../kernel/wall-clock.js';
import type { Authenticator } from '../platform/auth/authenticator.js';
import { type Database } from '../platform/db/index.js';
import { QUERY_LIMITS, type QueryLimits } from '../platform/graphql/limits/limits.js';
import { type OperationSettings } from '../platform/graphql/persisted/persisted-operations.js';
import { type LiveLimits } from '../platform/http/live/live-connections.js';
import { type SiteSettings } from '../platform/http/site-address.js';
import type { LiveMessages } from '../platform/i18n/messages.js';
import { type Observer } from '../platform/observe/observer.js';
import { type OverloadLog } from '../platform/observe/overload-log.js';

/** The SQL texts of the queries that were sent for one response. */
export interface StatementLog {
  readonly log: readonly string[];
  readonly statements: number;
}

export interface ResponseCacheSettings {
  /** The approximate maximum memory in this process, in bytes; 0 disables the cache. */
  readonly maxBytes: number;
  /** How long shared caches may serve a response without revalidation, in seconds. */
  readonly maxAge: number;
}

/** The dependencies of the program; tests pass their own clock. */
export interface AppOptions {
  readonly database: Database;
  readonly authenticator: Authenticator;
  readonly messages: LiveMessages;
  readonly localeOrder: readonly Locale[];
  readonly log: Logger;
  readonly now?: () => Date;
  /** Whether a person may approve a text that only they have written; default: no. */
  readonly ownApproval?: boolean;
  /** The public addresses; default: those of this server. */
  readonly site?: SiteSettings;
  /** Whether the public pages are served; default: no. */
  readonly pages?: boolean;
  /** The origins whose pages may read from this server; null, the default: all, without tokens. */
  readonly corsOrigins?: readonly string[] | null;
  /** Limits of an operation that differ from the defaults. */
  readonly limits?: Partial<QueryLimits>;
  /** Overload protection; none by default. */
  readonly overloadProtection?: OverloadLimits;
  /** Limits of live connections that differ from the defaults. */
  readonly live?: Partial<LiveLimits>;
  /** The approximate maximum size of the cache of releases, texts and lists, in bytes; no cache by default. */
  readonly readModelBytes?: number;
  /** The cache of whole responses; none by default. */
  readonly responseCache?: ResponseCacheSettings;
  /** How often a query has to be requested before it is compiled; tests compile all. */
  readonly compileAfter?: number;
  /** Observes this app and its database; default: one that nobody reads. */
  readonly observer?: Observer;
  /** Which operations are allowed; default: all, within the limits. */
  readonly operations?: OperationSettings;
  /** Called with each reader of the database that is opened for a response; for tests. */
  readonly onRead?: (reads: StatementLog) => void;
}

/** The options with the values that every app has. */
export type ObservedOptions = AppOptions & {
  readonly observer: Observer;
  /** Counts refusals over all transports. */
  readonly onRefusal: (reason: ErrorReason) => void;
  readonly overload: OverloadLog;
};

const DAY_MS = 86_400_000;
let latest = { day: Number.NaN, text: '' };

/** `YYYY-MM-DD` in UTC. */
export function todayOf({ now }: AppOptions): string {
  const time = now?.().getTime() ?? wallClockMs();
  const day = Math.floor(time / DAY_MS);
  if (day !== latest.day) latest = { day, text: new Date(time).toISOString().slice(0, 10) };
  return latest.text;
}

export function limitsOf({ limits }: AppOptions): QueryLimits {
  return { ...QUERY_LIMITS, ...limits };
}
