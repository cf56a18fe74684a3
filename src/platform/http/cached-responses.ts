import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';

import Negotiator from 'negotiator';

import { type MaybePromise, mapMaybe } from '../../kernel/maybe-promise.js';
import { CachedResponse } from '../cache/cached-response.js';
import type { Dependencies } from '../cache/dependencies.js';
import { operationKey } from '../cache/operation-key.js';
import type { ResponseCache } from '../cache/response-cache.js';
import { languagesKey } from '../i18n/accept-language.js';
import { type EncodedBody, isCacheable, MIN_COMPRESSED_BYTES } from './content-encoding.js';
import { etagIn, matchingTag } from './etag.js';
import type { ResponseHeaders } from './response-headers.js';

/** In characters. A longer request has no fingerprint: its own text would fill the cache. */
const MAX_FINGERPRINT = 8_000;

/** An operation that was executed. */
export interface ExecutedOperation {
  /** False for a person with a token: such a response is not shared. */
  readonly isAnonymous: boolean;
  readonly dependencies: Dependencies;
  readonly today: string;
  readonly contentLanguage: string | null;
}

/** A request that may be served from the cache. */
export interface CacheableRequest {
  /** Null for a request that is too long. */
  readonly fingerprint: string | null;
  /** Identifies the operation with its variables. */
  readonly operation: string;
  /** The languages of Accept-Language, requested and refused. */
  readonly languages: string;
}

/** Sends cached responses to anonymous clients. */
export class CachedResponses {
  private readonly contentTypes = new Map<string, string | null>();

  constructor(
    private readonly cache: ResponseCache,
    private readonly headers: ResponseHeaders,
  ) {}

  /**
   * Everything in a request that determines its response, as one string.
   *
   * @param body the bytes of a POST; null for a GET
   * @returns null for a request that is never served from the cache, or too long
   */
  fingerprintOf({ url = '', headers }: IncomingMessage, body: Buffer | null): string | null {
    if (headers.authorization !== undefined) return null;
    if ((body?.length ?? url.length) > MAX_FINGERPRINT) return null;
    const { accept = '', 'accept-language': languages = '', 'content-type': type = '' } = headers;
    const request = body ? `POST ${type}\n${body.toString('latin1')}` : `GET ${url}`;
    return `${languages}\n${accept}\n${request}`;
  }

  /** @returns the cached response to an earlier request that was identical byte for byte */
  findByFingerprint(fingerprint: string): CachedResponse | null {
    return this.cache.findByFingerprint(fingerprint);
  }

  /**
   * @param body the parsed JSON of a POST, or undefined
   * @returns null for a request that is never served from the cache
   */
  cacheable(
    request: IncomingMessage,
    body: unknown,
    fingerprint: string | null,
  ): CacheableRequest | null {
    const { headers, method, url = '' } = request;
    if (headers.authorization !== undefined || headers['idempotency-key'] !== undefined)
      return null;
    if (this.contentType(headers.accept ?? '') === null) return null;
    const parameters = method === 'GET' ? parametersOf(url) : body;
    const operation = parameters ? keyOf(parameters) : null;
    if (operation === null) return null;
    return { fingerprint, operation, languages: languagesKey(headers['accept-language']) };
  }

  find({ operation, languages, fingerprint }: CacheableRequest): CachedResponse | null {
    const response =
      this.cache.find(cacheKey(operation, null)) ?? this.cache.find(cacheKey(operation, languages));
    if (response && fingerprint !== null) this.cache.addFingerprint(response, fingerprint);
    return response;
  }

  /**
   * Caches a response, if {@link ResponseCache.store} allows it.
   *
   * @returns the response, so that it is compressed once; null if it is for this client only
   */
  store(
    { operation, languages, fingerprint }: CacheableRequest,
    { today, contentLanguage, dependencies }: ExecutedOperation,
    text: string,
  ): CachedResponse | null {
    // Errors are in the language of one client, and carry the id of one request.
    if (!text.startsWith('{"data":{') || dependencies.usesTexts) return null;
    const key = cacheKey(operation, dependencies.usesAcceptLanguage ? languages : null);
    const response = new CachedResponse(
      key,
      Buffer.from(text),
      today,
      contentLanguage,
      dependencies,
    );
    this.cache.store(response, fingerprint);
    return response;
  }

  send(
    cached: CachedResponse,
    request: IncomingMessage,
    response: ServerResponse,
  ): MaybePromise<void> {
    const { method, headers } = request;
    const known = isCacheable(method) ? matchingTag(headers['if-none-match'], cached.etag) : null;
    if (known !== null) {
      // The client has the other headers with its copy (RFC 9110 §15.4.5).
      response.writeHead(304, this.headersOf(cached, request, known));
      response.end();
      return;
    }
    const body = cached.encodedFor(headers['accept-encoding']);
    return mapMaybe(body, (encoded) => this.write(cached, encoded, request, response));
  }

  private write(
    cached: CachedResponse,
    { encoding, bytes }: EncodedBody,
    request: IncomingMessage,
    response: ServerResponse,
  ): void {
    // The client may have disconnected during the compression.
    if (response.destroyed) return;
    const all = this.headersOf(cached, request, etagIn(cached.etag, encoding));
    const type = this.contentType(request.headers.accept ?? '') ?? JSON_TYPE;
    all.push('x-request-id', randomUUID());
    if (cached.contentLanguage !== null) all.push('content-language', cached.contentLanguage);
    all.push('content-type', type, 'content-length', String(bytes.length));
    if (encoding !== 'identity') all.push('content-encoding', encoding);
    response.writeHead(200, all);
    response.end(bytes);
  }

  /** Also sent with a 304. */
  private headersOf(
    { bytes, dependencies: { usesAcceptLanguage } }: CachedResponse,
    request: IncomingMessage,
    etag: string,
  ): string[] {
    const isCompressible = isCacheable(request.method) && bytes.length >= MIN_COMPRESSED_BYTES;
    const facts = { isPublic: true, usesAcceptLanguage, isCompressible };
    const all = this.headers.flat(request, facts);
    all.push('etag', etag);
    return all;
  }

  /** The media type that Apollo Server would choose; null where it would refuse the request. */
  private contentType(accept: string): string | null {
    return memoized(this.contentTypes, accept, () => {
      const known = [JSON_TYPE, GRAPHQL_TYPE];
      if (accept === '') return JSON_TYPE;
      return new Negotiator({ headers: { accept } }).mediaType(known) ?? null;
    });
  }
}

const JSON_TYPE = 'application/json; charset=utf-8';
const GRAPHQL_TYPE = 'application/graphql-response+json; charset=utf-8';

/** Most clients send one of few values; a client that varies its header does not fill the map. */
function memoized<T>(known: Map<string, T>, header: string, find: () => T): T {
  const found = known.get(header);
  if (found !== undefined) return found;
  const value = find();
  if (known.size < 200 && header.length < 500) known.set(header, value);
  return value;
}

function cacheKey(operation: string, languages: string | null): string {
  return languages === null ? operation : `${operation}\n${languages}`;
}

function keyOf(parameters: unknown): string | null {
  if (typeof parameters !== 'object' || parameters === null || Array.isArray(parameters))
    return null;
  const { query, operationName, variables, extensions } = parameters as Record<string, unknown>;
  const { persistedQuery, ...others } = (extensions ?? {}) as Record<string, unknown>;
  if (Object.keys(others).length > 0) return null;
  const { sha256Hash, version } = (persistedQuery ?? {}) as Record<string, unknown>;
  if (persistedQuery !== undefined && version !== 1) return null;
  const isText = (value: unknown) => value === undefined || typeof value === 'string';
  const isRecord = typeof (variables ?? {}) === 'object' && !Array.isArray(variables);
  if (!isText(query) || !isText(sha256Hash) || !isText(operationName ?? undefined) || !isRecord) {
    return null;
  }
  try {
    return operationKey({
      query,
      hash: sha256Hash,
      operationName: (operationName as string | undefined) ?? null,
      variables,
    });
  } catch {
    // Nested too deeply: the limits refuse it.
    return null;
  }
}

/** The GraphQL parameters in the query string of a GET; null if one occurs twice or is not valid JSON. */
function parametersOf(url: string): object | null {
  const mark = url.indexOf('?');
  const parameters: Record<string, unknown> = {};
  try {
    for (const [name, value] of new URLSearchParams(mark < 0 ? '' : url.slice(mark))) {
      if (name in parameters) return null;
      const isJson = name === 'variables' || name === 'extensions';
      parameters[name] = isJson ? (JSON.parse(value) as unknown) : value;
    }
    return parameters;
  } catch {
    return null;
  }
}
