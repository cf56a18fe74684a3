import type { IncomingHttpHeaders } from 'node:http';

import type { FastifyInstance } from 'fastify';

import { withVary } from './content-encoding.js';

type Headers = Readonly<Record<string, string>>;

/** What a page may read beside the headers that every page may (Fetch standard, "CORS-safelisted response-header"). */
const EXPOSED =
  'ETag, Content-Language, Retry-After, X-Request-Id, Bundle-Version, WWW-Authenticate';

/** `*` covers all but Authorization in today's browsers; the names are for older ones. */
const ALLOWED = [
  '*, Accept, Accept-Language, Content-Type, Cache-Control, If-None-Match, If-Modified-Since, Last-Event-ID',
  'Idempotency-Key, Traceparent, Tracestate, Baggage, X-Requested-With',
  'Apollo-Require-Preflight, X-Apollo-Operation-Name, X-Apollo-Operation-Id, X-Apollo-Cache-Key',
  'Apollographql-Client-Name, Apollographql-Client-Version, GraphQL-Preflight',
].join(', ');

/** For how many seconds a browser need not send the preflight again. Chromium stops at 7200. */
const PREFLIGHT_SECONDS = '86400';

const GRAPHQL = /^\/graphql\/?(?:\?|$)/;
const SHARED = /^\/(?:graphql\/?(?:\?|$)|feeds\/|locales\/|schema|sitemap)/;
const NOTHING: Headers = {};

/**
 * Which pages of other origins may read from here (the CORS protocol of the Fetch standard). What is published is for
 * everybody, so by default any page may, without credentials: the responses are the same for all, and shared caches
 * need no `Vary: Origin`. Tokens cross origins only where the operator names the origins.
 */
export class CrossOrigin {
  /** `Origin` where responses differ by it, to be appended to `Vary`; else empty. */
  readonly vary: string;
  private readonly byOrigin: ReadonlyMap<string, Headers>;
  private readonly forAll: Headers;

  /**
   * @param origins as browsers send them; null: any
   * @param publicUrl where the gateway is reached from outside; null where nobody said
   */
  constructor(
    private readonly origins: readonly string[] | null,
    private readonly publicUrl: string | null = null,
  ) {
    this.vary = origins ? 'Origin' : '';
    this.forAll = origins ? NOTHING : fieldsFor('*');
    this.byOrigin = new Map(origins?.map((origin) => [origin, fieldsFor(origin)]));
  }

  /** The headers of every response to such a caller, errors and 304 included. */
  fields(origin: string | undefined): Headers {
    return (origin === undefined ? undefined : this.byOrigin.get(origin)) ?? this.forAll;
  }

  /** The same in the flat form that `writeHead` takes. */
  flatFields(origin: string | undefined): readonly string[] {
    return FLAT.get(this.fields(origin)) ?? [];
  }

  /** `Vary` with what this adds to it. */
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

  /** Whether a token may come along. Programs that are no pages send no origin. */
  mayAuthorize({ origin, host }: IncomingHttpHeaders): boolean {
    if (origin === undefined || this.byOrigin.has(origin)) return true;
    if (!URL.canParse(origin)) return false;
    if (this.publicUrl !== null && new URL(this.publicUrl).origin === origin) return true;
    return new URL(origin).host === host;
  }

  /** Answers preflights, and gives the headers to all responses that the framework sends. */
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
