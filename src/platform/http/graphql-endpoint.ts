import { randomUUID } from 'node:crypto';
import { type IncomingMessage, type ServerResponse, STATUS_CODES } from 'node:http';
import { Readable } from 'node:stream';

import type { ApolloServer, BaseContext, HTTPGraphQLResponse } from '@apollo/server';

import { AppError } from '../../kernel/errors.js';
import type { MaybePromise } from '../../kernel/maybe-promise.js';
import { refuseUnwieldyAddress, refuseNestedValue } from '../graphql/limits/json-shape.js';
import type { OverloadProtection, Admitted } from './overload-protection.js';
import type { CachedResponse } from '../cache/cached-response.js';
import { isCacheable } from './content-encoding.js';
import { FairStart } from './fair-start.js';
import { etagOf } from './etag.js';
import type { ResponseFacts, ResponseHeaders } from './response-headers.js';
import {
  faultResponse,
  faultBody,
  faultLanguage,
  type FaultOptions,
  isUnnamedRefusal,
  MAX_BODY_BYTES,
} from './fault-response.js';
import { prefersHtml } from './explorer/explorer.js';
import { headerMap } from './header-map.js';
import { type CachedResponses, type ExecutedOperation } from './cached-responses.js';
import { isPacked, parseBody, readBody, unpackBody } from './request-body.js';
import { type ResponseBody, sendBody } from './response-body.js';

/** A request before its operation is parsed. */
export interface EndpointRequest {
  readonly id: string;
  readonly raw: IncomingMessage;
  readonly response: ServerResponse;
  /** The parsed JSON of a POST; undefined for a GET. */
  readonly body: unknown;
  /** Null without overload protection. */
  readonly admitted: Admitted | null;
}

export interface EndpointOptions<Context extends BaseContext> extends FaultOptions {
  readonly apollo: ApolloServer<Context>;
  /** Authenticates the caller, and may refuse the request. */
  readonly contextOf: (request: EndpointRequest) => Promise<Context>;
  /** Overload protection. */
  readonly protection?: OverloadProtection | null;
  /** Leaves the error messages of Apollo Server as they are; otherwise they are in the caller's language. */
  readonly keepsRefusals?: boolean;
  /** Absent: those of Apollo Server are left as they are. */
  readonly headers?: ResponseHeaders;
  /** Absent or null: no response is cached. */
  readonly cachedResponses?: CachedResponses | null;
  /** Wraps the execution of each operation that is not served from the cache. */
  readonly around?: <T>(
    request: EndpointRequest,
    context: Context,
    work: () => Promise<T>,
  ) => Promise<T>;
  /** Called with each response that was served from the cache. */
  readonly onCachedResponse?: (response: CachedResponse, seconds: number) => void;
  readonly executedOf?: (context: Context) => ExecutedOperation;
}

type Refused = Pick<EndpointRequest, 'id' | 'raw' | 'response'>;

const PATH = /^\/graphql\/?(\?|$)/;

/** GraphQL over HTTP, directly on node:http: a cached response is sent before the framework is reached. */
export class GraphqlEndpoint<Context extends BaseContext> {
  private readonly start = new FairStart();

  constructor(private readonly options: EndpointOptions<Context>) {}

  /**
   * Handles a query. Pages for browsers, event streams and other addresses are left to the framework.
   *
   * @returns whether the request is handled here
   */
  readonly enter = (raw: IncomingMessage, response: ServerResponse): boolean => {
    const { url = '', method } = raw;
    if (!url.startsWith('/graphql') || !PATH.test(url)) return false;
    if (raw.headers.accept?.includes('text/event-stream')) return false;
    if (method === 'POST') this.post(raw, response);
    else if (isCacheable(method) && isQuery(url) && !prefersHtml(raw)) this.get(raw, response);
    else return false;
    return true;
  };

  private get(raw: IncomingMessage, response: ServerResponse): void {
    const fingerprint = this.options.cachedResponses?.fingerprintOf(raw, null) ?? null;
    if (this.sendCached(fingerprint, raw, response)) return;
    void this.handle(raw, response, undefined, fingerprint);
  }

  /** @returns whether the same request, to the byte, has a cached response */
  private sendCached(
    fingerprint: string | null,
    raw: IncomingMessage,
    response: ServerResponse,
  ): boolean {
    if (fingerprint === null) return false;
    const cached = this.options.cachedResponses?.findByFingerprint(fingerprint);
    if (cached) this.send(cached, raw, response);
    return Boolean(cached);
  }

  private send(cached: CachedResponse, raw: IncomingMessage, response: ServerResponse): void {
    const begun = performance.now();
    void this.options.cachedResponses?.send(cached, raw, response);
    this.options.onCachedResponse?.(cached, (performance.now() - begun) / 1000);
  }

  private post(raw: IncomingMessage, response: ServerResponse): void {
    const take = (bytes: Buffer): void => {
      const isPlain = !isPacked(raw.headers['content-encoding']);
      const fingerprint = isPlain
        ? (this.options.cachedResponses?.fingerprintOf(raw, bytes) ?? null)
        : null;
      if (this.sendCached(fingerprint, raw, response)) return;
      void this.handleBody(raw, response, bytes, fingerprint);
    };
    const refuse = (error: AppError): void => {
      this.refuse({ id: randomUUID(), raw, response }, error);
    };
    readBody(raw, MAX_BODY_BYTES, take, refuse);
  }

  private async handleBody(
    raw: IncomingMessage,
    response: ServerResponse,
    bytes: Buffer,
    fingerprint: string | null,
  ): Promise<void> {
    const id = randomUUID();
    try {
      const { 'content-encoding': encoding, 'content-type': type } = raw.headers;
      await this.admit(raw, async (admitted) => {
        const body = parseBody(await unpackBody(bytes, encoding, MAX_BODY_BYTES), type);
        await this.run({ id, raw, response, body, admitted }, fingerprint);
      });
    } catch (error) {
      this.refuse({ id, raw, response }, error);
    }
  }

  /** @param body the parsed body */
  async handle(
    raw: IncomingMessage,
    response: ServerResponse,
    body: unknown,
    fingerprint: string | null = null,
  ): Promise<void> {
    const id = randomUUID();
    try {
      await this.admit(raw, async (admitted) => {
        refuseUnwieldyAddress(raw.url ?? '');
        refuseNestedValue(body);
        await this.run({ id, raw, response, body, admitted }, fingerprint);
      });
    } catch (error) {
      this.refuse({ id, raw, response }, error);
    }
  }

  /** Cached responses bypass overload protection, because refusing one would cost as much as sending it. */
  private async admit(
    raw: IncomingMessage,
    work: (admitted: Admitted | null) => Promise<void>,
  ): Promise<void> {
    const admitted = (await this.options.protection?.enter(raw)) ?? null;
    try {
      await work(admitted);
    } finally {
      admitted?.release();
    }
  }

  private async run(request: EndpointRequest, fingerprint: string | null): Promise<void> {
    const { raw, response, body } = request;
    const { cachedResponses } = this.options;
    const cacheable = cachedResponses?.cacheable(raw, body, fingerprint) ?? null;
    const cached = cacheable && cachedResponses?.find(cacheable);
    if (cached) return this.send(cached, raw, response);
    await this.start.turn();
    await this.execute(request, cacheable);
  }

  private async execute(
    request: EndpointRequest,
    cacheable: ReturnType<CachedResponses['cacheable']> | null,
  ): Promise<void> {
    const { raw, body } = request;
    const { cachedResponses, executedOf, around } = this.options;
    const { url = '' } = raw;
    // node:http omits the body of the response to a HEAD.
    const method = raw.method === 'HEAD' && isQuery(url) ? 'GET' : (raw.method ?? '');
    let context: Context | undefined;
    const make = async (): Promise<Context> => (context = await this.options.contextOf(request));
    // Before Apollo Server runs, so that a refusal has our own message.
    if (!this.options.keepsRefusals) await make();
    const mark = url.indexOf('?');
    const operate = () =>
      this.options.apollo.executeHTTPGraphQLRequest({
        httpGraphQLRequest: {
          method,
          headers: headerMap(raw),
          search: mark < 0 ? '' : url.slice(mark),
          body,
        },
        context: () => (context ? Promise.resolve(context) : make()),
      });
    const result = await (around && context ? around(request, context, operate) : operate());
    const executed = (context && executedOf?.(context)) ?? null;
    const isPublic = executed !== null && isForEveryone(executed, result);
    const usesAcceptLanguage = executed?.dependencies.usesAcceptLanguage ?? false;
    let stored: CachedResponse | null = null;
    if (isPublic && cacheable && result.body.kind === 'complete') {
      stored = cachedResponses?.store(cacheable, executed, result.body.string) ?? null;
    }
    await this.sendResult(request, { result, facts: { isPublic, usesAcceptLanguage }, stored });
  }

  private sendResult(
    request: EndpointRequest,
    { result: { status = 200, headers, body }, facts, stored }: ExecutedResult,
  ): MaybePromise<void> {
    const { response, id, raw } = request;
    const own = Object.fromEntries(headers);
    if (body.kind === 'chunked') {
      response.writeHead(status, { ...own, ...this.options.headers?.byName(raw, facts) });
      Readable.from(body.asyncIterator).pipe(response);
      return;
    }
    let text = body.string;
    if (!this.options.keepsRefusals && isUnnamedRefusal(status, text)) {
      const refused = { id, headers: raw.headers };
      this.options.onRefusal?.('REQUEST_INVALID');
      text = faultBody(this.options, refused, new AppError('REQUEST_INVALID'));
      own['content-language'] = faultLanguage(this.options, refused);
      return this.end(request, { status, headers: own, text, stored }, BY_LANGUAGE);
    }
    if (this.options.headers?.isShared(raw, facts)) own['etag'] = etagOf(text);
    return this.end(request, { status, headers: own, text, stored }, facts);
  }

  private refuse(request: Refused, thrown: unknown): void {
    const { id, raw } = request;
    const fault = faultResponse(this.options, { id, headers: raw.headers }, thrown);
    const { status, headers } = fault;
    const message = STATUS_CODES[status];
    const text = this.options.keepsRefusals
      ? JSON.stringify({ errors: [{ message }] })
      : fault.body;
    void this.end(request, { status, headers, text, stored: null }, BY_LANGUAGE);
  }

  private end(
    { id, raw, response }: Refused,
    body: ResponseBody,
    facts: ResponseFacts,
  ): MaybePromise<void> {
    const policy = this.options.headers?.byName(raw, facts);
    const headers = { ...body.headers, ...policy, 'x-request-id': id };
    return sendBody(raw, response, { ...body, headers });
  }
}

interface ExecutedResult {
  readonly result: HTTPGraphQLResponse;
  readonly facts: ResponseFacts;
  readonly stored: CachedResponse | null;
}

/** An error, in the language of one client. */
const BY_LANGUAGE: ResponseFacts = { isPublic: false, usesAcceptLanguage: true };

function isForEveryone(
  { isAnonymous, dependencies }: ExecutedOperation,
  { status = 200, body }: HTTPGraphQLResponse,
): boolean {
  const { isUncacheable, usesTexts } = dependencies;
  if (!isAnonymous || isUncacheable || usesTexts || status !== 200) return false;
  return body.kind === 'complete' && body.string.startsWith('{"data":{');
}

/**
 * Whether the URL contains an operation; a browser that opens one without gets the explorer. A persisted query may have
 * only extensions.
 */
function isQuery(url: string): boolean {
  const mark = url.indexOf('?');
  return mark >= 0 && /[?&](query|extensions)=/.test(url.slice(mark));
}
