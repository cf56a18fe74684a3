/** A page of changes, as `releaseChanges` and `releaseChanged` return it. */
export interface Page {
  readonly changes: readonly Change[];
  readonly cursor: string;
  readonly hasMore: boolean;
  readonly reset: boolean;
}

export interface Change {
  readonly kind: string;
  readonly localizedId: string;
  readonly localized: unknown;
}

/** The app's copy of the releases for one reader. */
export interface Copy {
  /** The cursor stored last; null while there is none. */
  cursor(): Promise<string | null>;
  /** Stores the changes of a page and its cursor, both or neither. */
  apply(page: Page): Promise<void>;
}

/** A GraphQL result. */
export interface Result {
  readonly data?: { readonly releaseChanges?: Page; readonly releaseChanged?: Page } | null;
  readonly errors?: readonly GraphQLFault[];
}

export interface GraphQLFault {
  readonly message: string;
  readonly extensions?: { readonly code?: unknown };
}

/** How a client library reaches the gateway. */
export interface Transport {
  /** Sends the query `releaseChanges`. */
  query(since: string | null): Promise<Result>;
  /** Starts the subscription `releaseChanged`. @returns a function that stops it */
  subscribe(since: string, sink: Sink): () => void;
}

export interface Sink {
  readonly next: (result: Result) => void;
  /** The subscription has ended, whether by an error or not. */
  readonly end: (error: Error) => void;
}

/** Worth another attempt: the connection was lost, or the server has no room. */
export class Interrupted extends Error {
  constructor(
    message: string,
    /** From the header Retry-After. */
    readonly retryAfterMs = 0,
  ) {
    super(message);
  }

  static from(error: unknown): Interrupted {
    return error instanceof Interrupted ? error : new Interrupted(String(error));
  }
}

/** Not worth another attempt with the same request or token. */
export class Refused extends Error {}

export type Status = 'CATCHING_UP' | 'UP_TO_DATE' | 'OFFLINE';

export interface FollowOptions {
  /** Ends it. */
  readonly signal: AbortSignal;
  readonly onStatus?: (status: Status) => void;
  /** How long to wait after the first failure; doubled after each further one. */
  readonly minWaitMs?: number;
  readonly maxWaitMs?: number;
  /** How long a subscription may take until its first page. */
  readonly firstPageMs?: number;
}

/**
 * Keeps a copy up to date until `signal` is aborted, over restarts of the server and lost connections. Each connection
 * starts at the cursor stored last, so no change is missed and none is applied twice.
 *
 * @throws Refused, and errors of `copy`
 */
export async function follow(
  transport: Transport,
  copy: Copy,
  options: FollowOptions,
): Promise<void> {
  const { signal, minWaitMs = 1_000, maxWaitMs = 30_000, onStatus } = options;
  let failures = 0;
  while (!signal.aborted) {
    try {
      for await (const page of pages(transport, await copy.cursor(), options)) {
        await copy.apply(page);
        failures = 0;
        onStatus?.(page.hasMore ? 'CATCHING_UP' : 'UP_TO_DATE');
      }
    } catch (error) {
      if (!(error instanceof Interrupted)) throw error;
      onStatus?.('OFFLINE');
      const backoff = Math.min(maxWaitMs, minWaitMs * 2 ** failures);
      failures += 1;
      // Random, so that not all apps come back at the same moment.
      await pause(error.retryAfterMs + backoff * (0.5 + Math.random() / 2), signal);
    }
  }
}

/** A first copy by the query, whose pages are compressed; then the changes as they happen. */
async function* pages(
  transport: Transport,
  cursor: string | null,
  options: FollowOptions,
): AsyncGenerator<Page, void, void> {
  let since = cursor;
  let hasMore = since === null;
  while (hasMore && !options.signal.aborted) {
    const page = pageOf(await transport.query(since));
    yield page;
    ({ cursor: since, hasMore } = page);
  }
  if (since !== null) yield* livePages(transport, since, options);
}

/** Every page that is received is returned before the error that ended the connection is thrown. */
async function* livePages(
  transport: Transport,
  since: string,
  { signal, firstPageMs = 30_000 }: FollowOptions,
): AsyncGenerator<Page, void, void> {
  const results: Result[] = [];
  let ended: Error | undefined;
  let wake = (): void => undefined;
  const end = (error: Error): void => {
    ended ??= error;
    wake();
  };
  const late = setTimeout(() => end(new Interrupted('There was no page in time')), firstPageMs);
  const next = (result: Result): void => {
    clearTimeout(late);
    results.push(result);
    wake();
  };
  const abort = (): void => wake();
  signal.addEventListener('abort', abort);
  const stop = transport.subscribe(since, { next, end });
  try {
    while (!signal.aborted) {
      const result = results.shift();
      if (result) yield pageOf(result);
      else if (ended) throw ended;
      else await new Promise<void>((resolve) => (wake = resolve));
    }
  } finally {
    clearTimeout(late);
    signal.removeEventListener('abort', abort);
    stop();
  }
}

/** @throws Refused, Interrupted */
function pageOf({ data, errors = [] }: Result): Page {
  const page = data?.releaseChanges ?? data?.releaseChanged;
  if (page && errors.length === 0) return page;
  throw graphQLError(errors);
}

const TEMPORARY = new Set<unknown>([
  'INTERNAL',
  'INTERRUPTED',
  'OVERLOADED',
  'RATE_LIMITED',
  'SERVICE_UNAVAILABLE',
  'TIMEOUT',
  'TOO_MANY_OPERATIONS',
]);

export function graphQLError(errors: readonly GraphQLFault[]): Error {
  const isTemporary = errors.every(({ extensions }) => TEMPORARY.has(extensions?.code));
  const message = errors.map((error) => error.message).join(' ') || 'There is no result';
  return isTemporary ? new Interrupted(message) : new Refused(message, { cause: errors });
}

/** For a response whose status is not 2xx. */
export function httpError({ status, headers }: Pick<Response, 'status' | 'headers'>): Error {
  const message = `The server responded with ${status}`;
  if (status < 500 && status !== 408 && status !== 429) return new Refused(message);
  return new Interrupted(message, (Number(headers.get('retry-after')) || 0) * 1_000);
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener('abort', done);
    if (signal.aborted) done();
  });
}
