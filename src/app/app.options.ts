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

/** The texts of the queries that were sent for one response. */
export interface StatementLog {
  readonly log: readonly string[];
  readonly statements: number;
}

export interface ResponseCacheSettings {
  /** What they may take in the memory of this process, in bytes, about; 0 keeps none. */
  readonly maxBytes: number;
  /** How long caches on the way may go without asking, in seconds. */
  readonly maxAge: number;
}

/** What the program is made of; tests give a clock of their own. */
export interface AppOptions {
  readonly database: Database;
  readonly authenticator: Authenticator;
  readonly messages: LiveMessages;
  readonly localeOrder: readonly Locale[];
  readonly log: Logger;
  readonly now?: () => Date;
  /** Whether somebody may approve what is theirs alone; default: no. */
  readonly ownApproval?: boolean;
  /** The addresses that are given to the public; default: those of this very server. */
  readonly site?: SiteSettings;
  /** The origins whose pages may read from here; null, the default: all, without tokens. */
  readonly corsOrigins?: readonly string[] | null;
  /** Bounds of an operation that differ from the usual ones. */
  readonly limits?: Partial<QueryLimits>;
  /** Who is answered where not all can be; everybody by default. */
  readonly overloadProtection?: OverloadLimits;
  /** Bounds of live connections that differ from the usual ones. */
  readonly live?: Partial<LiveLimits>;
  /** What the process keeps of releases, texts and lists, in bytes, about; nothing by default. */
  readonly readModelBytes?: number;
  /** Whole answers that are kept for others; none by default. */
  readonly responseCache?: ResponseCacheSettings;
  /** How often a query has to come before it is compiled; tests compile all. */
  readonly compileAfter?: number;
  /** Watches this app and its database; default: one that nobody asks. */
  readonly observer?: Observer;
  /** Which operations run; default: all, within the limits. */
  readonly operations?: OperationSettings;
  /** Called with each reader of the database that is opened for a response; for tests. */
  readonly onRead?: (reads: StatementLog) => void;
}

/** The same, with what every app has. */
export type ObservedOptions = AppOptions & {
  readonly observer: Observer;
  /** Counts what is refused, whichever way it came. */
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
