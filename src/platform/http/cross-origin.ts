import type { IncomingHttpHeaders } from 'node:http';

import type { FastifyInstance } from 'fastify';

import { withVary } from './content-encoding.js';

type Headers = Readonly<Record<string, string>>;

/** The headers that a page may read besides the safelisted ones (Fetch standard, "CORS-safelisted response-header"). */
const EXPOSED =
  'ETag, Content-Language, Retry-After, X-Request-Id, Bundle-Version, WWW-Authenticate';

/** `*` covers all but Authorization in today's browsers; the names are for older ones. */
const ALLOWED = [
  '*, Accept, Accept-Language, Content-Type, Cache-Control, If-None-Match, If-Modified-Since, Last-Event-ID',
  'Idempotency-Key, Traceparent, Tracestate, Baggage, X-Requested-With',
  'Apollo-Require-Preflight, X-Apollo-Operation-Name, X-Apollo-Operation-Id, X-Apollo-Cache-Key',
  'Apollographql-Client-Name, Apollographql-Client-Version, GraphQL-Preflight',
].join(', ');

/** How long a browser may cache a preflight response, in seconds. Chromium limits it to 7200. */
const PREFLIGHT_SECONDS = '86400';

const GRAPHQL = /^\/graphql\/?(?:\?|$)/;
const SHARED = /^\/(?:graphql\/?(?:\?|$)|feeds\/|locales\/|schema|sitemap)/;
const NOTHING: Headers = {};

/**
 * Decides which pages of other origins may read responses (the CORS protocol of the Fetch standard). Published data is
 * for everybody, so by default any page may, without credentials: the responses are the same for all, and shared caches
 * need no `Vary: Origin`. Tokens may cross origins only if the operator lists the origins.
 */
export class CrossOrigin {
  /** `Origin` if responses differ by it, to be appended to `Vary`; otherwise empty. */
  readonly vary: string;
  private readonly byOrigin: ReadonlyMap<string, Headers>;
  private readonly forAll: Headers;

  /**
   * @param origins as browsers send them; null for any
   * @param publicUrl the public address of the gateway; null if not configured
   */
  constructor(
    private readonly origins: readonly string[] | null,
    private readonly publicUrl: string | null = null,
  ) {
    this.vary = origins ? 'Origin' : '';
    this.forAll = origins ? NOTHING : fieldsFor('*');
    this.byOrigin = new Map(origins?.map((origin) => [origin, fieldsFor(origin)]));
  }

  /** The headers of every response to a caller of this origin, including errors and 304. */
  fields(origin: string | undefined): Headers {
    return (origin === undefined ? undefined : this.byOrigin.get(origin)) ?? this.forAll;
  }

  /** The same in the flat form that `writeHead` takes. */
  flatFields(origin: string | undefined): readonly string[] {
    return FLAT.get(this.fields(origin)) ?? [];
  }

  /** `Vary` with the header names that this class adds. */
  varyWith(vary: string): string {
    return this.vary === '' ? vary : withVary(vary, this.vary);
  }

  /** @param url with or without a query */
  preflight(url: string, origin: string | undefined): Headers {
    const fields = this.fields(origin);
    const varying: Headers = this.vary === '' ? NOTHING : { vary: this.vary };
    if (fields === NOTHING) return varying;
    return {
      ...varying,
      ...fields,
      'access-control-allow-methods': GRAPHQL.test(url) ? 'GET, HEAD, POST' : 'GET, HEAD',
      'access-control-allow-headers': this.origins ? `Authorization, ${ALLOWED}` : ALLOWED,
      'access-control-max-age': PREFLIGHT_SECONDS,
    };
  }

  /** Whether a page may open a WebSocket: browsers send its origin, and leave the decision to the server. */
  mayConnect(headers: IncomingHttpHeaders): boolean {
    return this.origins === null || this.mayAuthorize(headers);
  }

  /** Whether a request may carry a token. Clients other than browsers send no origin. */
  mayAuthorize({ origin, host }: IncomingHttpHeaders): boolean {
    if (origin === undefined || this.byOrigin.has(origin)) return true;
    if (!URL.canParse(origin)) return false;
    if (this.publicUrl !== null && new URL(this.publicUrl).origin === origin) return true;
    return new URL(origin).host === host;
  }

  /** Responds to preflight requests, and adds the headers to the responses that the framework sends. */
  register(http: FastifyInstance): void {
    http.addHook('onRequest', async ({ method, url, headers }, reply) => {
      if (method !== 'OPTIONS' || !SHARED.test(url)) return;
      await reply.code(204).headers(this.preflight(url, headers.origin)).send();
    });
    http.addHook('onSend', async ({ method, url, headers }, reply) => {
      if (method === 'OPTIONS' || !SHARED.test(url)) return;
      reply.headers(this.fields(headers.origin));
      const vary = reply.getHeader('vary');
      if (this.vary !== '') reply.header('vary', withVary(vary?.toString(), this.vary));
    });
  }
}

const FLAT = new WeakMap<Headers, readonly string[]>();

function fieldsFor(origin: string): Headers {
  const fields = {
    'access-control-allow-origin': origin,
    'access-control-expose-headers': EXPOSED,
  };
  FLAT.set(fields, Object.entries(fields).flat());
  return fields;
}
