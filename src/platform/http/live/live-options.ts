import type { Logger } from 'pino';

import type { Viewer } from '../../../kernel/access.js';
import type { ErrorReason } from '../../../kernel/errors.js';
import type { RequestContext } from '../../graphql/execution/request-context.js';
import type { Subscriptions } from '../../graphql/execution/subscriptions.js';
import type { CrossOrigin } from '../cross-origin.js';
import type { RouteMeter } from '../../observe/http-meters.js';
import type { LiveLimits } from './live-connections.js';

export interface LiveCaller {
  readonly viewer: Viewer | null;
  readonly acceptLanguage: string | undefined;
}

export interface LiveOptions {
  readonly subscriptions: Subscriptions;
  /** For one subscription. */
  readonly contextOf: (caller: LiveCaller) => RequestContext;
  /** @throws AppError TOKEN_INVALID, ISSUER_UNAVAILABLE */
  readonly identify: (authorization: string | undefined) => Promise<Viewer | null>;
  readonly limits: LiveLimits;
  readonly crossOrigin: CrossOrigin;
  readonly log: Logger;
  /** The meter of `/graphql`: an upgrade is not a response of the server, so it is counted here. */
  readonly route: RouteMeter;
  readonly onRefusal: (reason: ErrorReason) => void;
}
