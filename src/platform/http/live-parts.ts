import type { Logger } from 'pino';

import type { Viewer } from '../../kernel/access.js';
import type { RequestContext } from '../graphql/request-context.js';
import type { Subscriptions } from '../graphql/subscriptions.js';
import type { CrossOrigin } from './cross-origin.js';
import type { LiveLimits } from './live-connections.js';

export interface LiveCaller {
  readonly viewer: Viewer | null;
  readonly acceptLanguage: string | undefined;
}

export interface LiveParts {
  readonly subscriptions: Subscriptions;
  /** For one subscription. */
  readonly contextOf: (caller: LiveCaller) => RequestContext;
  /** @throws AppError TOKEN_INVALID, ISSUER_UNAVAILABLE */
  readonly identify: (authorization: string | undefined) => Promise<Viewer | null>;
  readonly limits: LiveLimits;
  readonly crossOrigin: CrossOrigin;
  readonly log: Logger;
}
