import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';

import Negotiator from 'negotiator';

import { operationKey } from '../cache/answer-key.js';
import type { AnswerStore } from '../cache/answer-store.js';
import { type MaybePromise, mapMaybe } from '../../kernel/maybe-promise.js';
import { KeptAnswer, type RequestForm } from '../cache/kept-answer.js';
import type { ReadTrace } from '../graphql/execution/read-trace.js';
import { languagesKey } from '../i18n/accept-language.js';
import {
  type EncodedBody,
  isCacheable,
  MIN_COMPRESSED_BYTES,
  withVary,
} from './content-encoding.js';
import type { CrossOrigin } from './cross-origin.js';
import { etagIn, matchingTag } from './etag.js';

/** Longer requests are asked for by their operation only: they would fill the store with themselves. */
const LONGEST_FORM = 8_000;

export interface CachingSettings {
  /** How long caches between here and the reader may go without asking, in seconds. */
  readonly maxAge: number;
  readonly crossOrigin: CrossOrigin;
}

/** What is known of an operation once it was answered. */
export interface AnsweredOperation {
  readonly trace: ReadTrace;
  readonly today: string;
  readonly usedHeader: boolean;
  readonly contentLanguage: string | null;
}

/** What a request asks for; two that are equal are answered alike. */
export interface AskedFor {
  /** The request to the byte; null where it is too long. */
  readonly form: RequestForm | null;
  /** Names the operation with its variables. */
  readonly operation: string;
  /** The languages of the header, requested and refused. */
  readonly tags: string;
  /** The media type that the caller gets. */
  readonly contentType: string;
}

/** Answers anonymous readers with whole answers that were made before. */
export class KeptResponses {
  private readonly publicly: string;
  private readonly crossOrigin: CrossOrigin;
  private readonly contentTypes = new Map<string, string | null>();

  constructor(
    private readonly store: AnswerStore,
    { maxAge, crossOrigin }: CachingSettings,
  ) {
    this.crossOrigin = crossOrigin;
    this.publicly = `public, max-age=${maxAge}, must-revalidate`;
  }

  /** @param body the bytes of a POST; null for a GET. @returns null for a request that is never answered from here */
  formOf({ url = '', headers }: IncomingMessage, body: Buffer | null): RequestForm | null {
    if (headers.authorization !== undefined) return null;
    const asked = body ? body.toString('latin1') : url;
    if (asked.length > LONGEST_FORM) return null;
    const { accept = '', 'accept-language': languages = '', 'content-type': type = '' } = headers;
    return { asked, stated: `${body ? `P ${type}` : 'G'}\n${languages}\n${accept}` };
  }

  /** @returns the answer that such a request had before */
  findForm(form: RequestForm): KeptAnswer | null {
    return this.store.findForm(form);
  }

  /**
   * What a request asks for, where the answer may be one that others had.
   *
   * @param body the parsed JSON of a POST, or undefined
   */
  askedFor(request: IncomingMessage, body: unknown, form: RequestForm | null): AskedFor | null {
    const { headers, method, url = '' } = request;
    if (headers.authorization !== undefined || headers['idempotency-key'] !== undefined)
      return null;
    const contentType = this.contentType(headers.accept ?? '');
    const stated = method === 'GET' ? fromAddress(url) : body;
    const operation = stated && contentType ? keyOf(stated) : null;
    if (operation === null || contentType === null) return null;
    return { form, operation, tags: languagesKey(headers['accept-language']), contentType };
  }

  find({ operation, tags, form }: AskedFor): KeptAnswer | null {
    const answer =
      this.store.find(nameOf(operation, null)) ?? this.store.find(nameOf(operation, tags));
    if (answer && form !== null) this.store.addForm(answer, form);
    return answer;
  }

  /**
   * Keeps an answer for whoever asks for the same; see {@link AnswerStore.keep}.
   *
   * @returns it, so that it is compressed once; null where it is for this caller only
   */
  keep(asked: AskedFor, answered: AnsweredOperation, text: string): KeptAnswer | null {
    // Errors are told in the language of one caller, and name one request.
    if (!text.startsWith('{"data":{')) return null;
    const { today, usedHeader, contentLanguage, trace } = answered;
    const key = nameOf(asked.operation, usedHeader ? asked.tags : null);
    const answer = new KeptAnswer(
      key,
      Buffer.from(text),
      today,
      contentLanguage,
      usedHeader,
      trace,
    );
    this.store.keep(answer, asked.form);
    return answer;
  }

  /** The header by which caches on the way may keep an answer to a GET, and must ask again. */
  cacheControl(method: string | undefined): string {
    return isCacheable(method) ? this.publicly : 'no-store';
  }

  respond(
    answer: KeptAnswer,
    request: IncomingMessage,
    response: ServerResponse,
  ): MaybePromise<void> {
    const { method, headers } = request;
    const known = isCacheable(method) ? matchingTag(headers['if-none-match'], answer.etag) : null;
    if (known !== null) {
      // What else is said of an answer is known with it (RFC 9110 §15.4.5), and no log knows this request.
      response.writeHead(304, this.headersOf(answer, request, known));
      response.end();
      return;
    }
    const body = answer.encodedFor(headers['accept-encoding']);
    return mapMaybe(body, (encoded) => this.write(answer, encoded, request, response));
  }

  private write(
    answer: KeptAnswer,
    { encoding, bytes }: EncodedBody,
    request: IncomingMessage,
    response: ServerResponse,
  ): void {
    // The caller may have gone while it was compressed.
    if (response.destroyed) return;
    const all = this.headersOf(answer, request, etagIn(answer.etag, encoding));
    const type = this.contentType(request.headers.accept ?? '') ?? JSON_TYPE;
    all.push('x-request-id', randomUUID(), 'x-content-type-options', 'nosniff');
    if (answer.contentLanguage !== null) all.push('content-language', answer.contentLanguage);
    all.push('content-type', type, 'content-length', String(bytes.length));
    if (encoding !== 'identity') all.push('content-encoding', encoding);
    response.writeHead(200, all);
    response.end(bytes);
  }

  /** Those of a 304, too. */
  private headersOf(
    { bytes, usesHeader }: KeptAnswer,
    { method, headers }: IncomingMessage,
    etag: string,
  ): string[] {
    const isCompressible = isCacheable(method) && bytes.length >= MIN_COMPRESSED_BYTES;
    const vary = this.crossOrigin.varyWith(varyOf(usesHeader, isCompressible));
    const all = ['vary', vary, 'cache-control', this.cacheControl(method), 'etag', etag];
    all.push(...this.crossOrigin.flatFields(headers.origin));
    return all;
  }

  /** As Apollo Server chooses it; null where it would refuse. */
  private contentType(accept: string): string | null {
    return remembered(this.contentTypes, accept, () => {
      const known = [JSON_TYPE, GRAPHQL_TYPE];
      if (accept === '') return JSON_TYPE;
      return new Negotiator({ headers: { accept } }).mediaType(known) ?? null;
    });
  }
}

const JSON_TYPE = 'application/json; charset=utf-8';
const GRAPHQL_TYPE = 'application/graphql-response+json; charset=utf-8';

/** The headers that count for every answer to a reader. */
const VARY = 'Accept, Authorization';
const VARY_BY_LANGUAGE = withVary(VARY, 'Accept-Language');
const VARY_BY_ENCODING = withVary(VARY, 'Accept-Encoding');
const VARY_BY_BOTH = withVary(VARY_BY_ENCODING, 'Accept-Language');

/** @param isCompressible whether a cache may have it in several encodings */
export function varyOf(usesLanguage: boolean, isCompressible: boolean): string {
  if (usesLanguage) return isCompressible ? VARY_BY_BOTH : VARY_BY_LANGUAGE;
  return isCompressible ? VARY_BY_ENCODING : VARY;
}

/** Headers come in few forms; who sends a new one each time gets no memory for it. */
function remembered<T>(known: Map<string, T>, header: string, find: () => T): T {
  const found = known.get(header);
  if (found !== undefined) return found;
  const value = find();
  if (known.size < 200 && header.length < 500) known.set(header, value);
  return value;
}

function nameOf(operation: string, tags: string | null): string {
  return tags === null ? operation : `${operation}\n${tags}`;
}

function keyOf(stated: unknown): string | null {
  if (typeof stated !== 'object' || stated === null || Array.isArray(stated)) return null;
  const { query, operationName, variables, extensions } = stated as Record<string, unknown>;
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
    // Nested too deeply: the limits have a word for it.
    return null;
  }
}

/** The parts of a query in an address; null where they are not there once each, or no JSON. */
function fromAddress(url: string): object | null {
  const mark = url.indexOf('?');
  const stated: Record<string, unknown> = {};
  try {
    for (const [name, value] of new URLSearchParams(mark < 0 ? '' : url.slice(mark))) {
      if (name in stated) return null;
      const isJson = name === 'variables' || name === 'extensions';
      stated[name] = isJson ? (JSON.parse(value) as unknown) : value;
    }
    return stated;
  } catch {
    return null;
  }
}
