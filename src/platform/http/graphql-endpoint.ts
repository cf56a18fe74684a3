import { randomUUID } from 'node:crypto';
import { type IncomingMessage, type ServerResponse, STATUS_CODES } from 'node:http';
import { Readable } from 'node:stream';

import type { ApolloServer, BaseContext, HTTPGraphQLResponse } from '@apollo/server';

import { AppError } from '../../kernel/errors.js';
import type { MaybePromise } from '../../kernel/maybe-promise.js';
import { refuseUnwieldyAddress, refuseNestedValue } from '../graphql/limits/json-shape.js';
import type { Admission, Admitted } from './admission.js';
import { Batch } from './batch.js';
import type { KeptAnswer, RequestForm } from '../cache/kept-answer.js';
import { isCacheable, withVary } from './content-encoding.js';
import { CrossOrigin } from './cross-origin.js';
import { etagOf } from './etag.js';
import {
  faultAnswer,
  faultBody,
  faultLanguage,
  type FaultParts,
  isUnnamedRefusal,
  LARGEST_BODY,
} from './fault-answer.js';
import { prefersHtml } from './explorer/explorer.js';
import { headerMap } from './header-map.js';
import { type AnsweredOperation, type KeptResponses, varyOf } from './kept-responses.js';
import { isPacked, parseBody, readBody, unpackBody } from './request-body.js';
import { type ResponseBody, sendBody } from './response-body.js';

/** A request as it comes, before anything is known of the operation in it. */
export interface EndpointRequest {
  readonly id: string;
  readonly raw: IncomingMessage;
  readonly response: ServerResponse;
  /** What the JSON of a POST says; undefined where there is none. */
  readonly body: unknown;
  /** Null where everybody is admitted. */
  readonly admitted: Admitted | null;
}

export interface EndpointParts<Context extends BaseContext> extends FaultParts {
  readonly apollo: ApolloServer<Context>;
  /** Finds out who asks, and may refuse. */
  readonly contextOf: (request: EndpointRequest) => Promise<Context>;
  /** Decides who is answered where not all can be. */
  readonly admission?: Admission | null;
  /** Leaves what Apollo Server itself refuses as it says it; else it is told in the caller's language. */
  readonly keepsRefusals?: boolean;
  /** Which pages may read the responses; any by default. */
  readonly crossOrigin?: CrossOrigin;
  /** Whole answers that are kept for others; none are where it is absent. */
  readonly kept?: KeptResponses | null;
  /** Called around all that is done for an operation that is not answered from what is kept. */
  readonly around?: <T>(
    request: EndpointRequest,
    context: Context,
    work: () => Promise<T>,
  ) => Promise<T>;
  /** Called with each answer that was given again. */
  readonly onRepeat?: (answer: KeptAnswer, seconds: number) => void;
  /** What became of an operation; null where its answer is for nobody else. */
  readonly answeredOf?: (context: Context) => AnsweredOperation | null;
}

/** A request of which no more is known than that it came. */
type Refused = Pick<EndpointRequest, 'id' | 'raw' | 'response'>;

/** An answer that was given before, for one who asks for it now. */
interface Repeat {
  readonly answer: KeptAnswer;
  readonly raw: IncomingMessage;
  readonly response: ServerResponse;
}

const PATH = /^\/graphql\/?(\?|$)/;

/** GraphQL over HTTP, straight on node:http: nothing stands between a query and Apollo Server. */
export class GraphqlEndpoint<Context extends BaseContext> {
  private readonly repeats = new Batch<Repeat>((repeat) => this.respond(repeat));

  private readonly crossOrigin: CrossOrigin;

  constructor(private readonly parts: EndpointParts<Context>) {
    this.crossOrigin = parts.crossOrigin ?? new CrossOrigin(null);
  }

  /**
   * Answers a query. What is for the framework is left to it: pages for browsers, event streams, other addresses.
   *
   * @returns whether the request is answered here
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
    const form = this.parts.kept?.formOf(raw, null) ?? null;
    if (form !== null && this.repeat(form, raw, response)) return;
    void this.answer(raw, response, undefined, form);
  }

  /** @returns whether there is an answer that such a request had before */
  private repeat(form: RequestForm, raw: IncomingMessage, response: ServerResponse): boolean {
    const answer = this.parts.kept?.findForm(form);
    if (!answer) return false;
    this.repeats.add({ answer, raw, response });
    return true;
  }

  private respond({ answer, raw, response }: Repeat): void {
    const begun = performance.now();
    void this.parts.kept?.respond(answer, raw, response);
    this.parts.onRepeat?.(answer, (performance.now() - begun) / 1000);
  }

  private post(raw: IncomingMessage, response: ServerResponse): void {
    const take = (bytes: Buffer): void => {
      const isPlain = !isPacked(raw.headers['content-encoding']);
      const form = isPlain ? (this.parts.kept?.formOf(raw, bytes) ?? null) : null;
      if (form !== null && this.repeat(form, raw, response)) return;
      void this.answerBody(raw, response, bytes, form);
    };
    const refuse = (error: AppError): void => {
      this.refuse({ id: randomUUID(), raw, response }, error);
    };
    readBody(raw, LARGEST_BODY, take, refuse);
  }

  private async answerBody(
    raw: IncomingMessage,
    response: ServerResponse,
    bytes: Buffer,
    form: RequestForm | null,
  ): Promise<void> {
    const id = randomUUID();
    try {
      const { 'content-encoding': encoding, 'content-type': type } = raw.headers;
      await this.admit(raw, async (admitted) => {
        const body = parseBody(await unpackBody(bytes, encoding, LARGEST_BODY), type);
        await this.run({ id, raw, response, body, admitted }, form);
      });
    } catch (error) {
      this.refuse({ id, raw, response }, error);
    }
  }

  /** @param body as it was parsed */
  async answer(
    raw: IncomingMessage,
    response: ServerResponse,
    body: unknown,
    form: RequestForm | null = null,
  ): Promise<void> {
    const id = randomUUID();
    try {
      await this.admit(raw, async (admitted) => {
        refuseUnwieldyAddress(raw.url ?? '');
        refuseNestedValue(body);
        await this.run({ id, raw, response, body, admitted }, form);
      });
    } catch (error) {
      this.refuse({ id, raw, response }, error);
    }
  }

  /** What is given again to others is not asked here: it costs less than the question. */
  private async admit(
    raw: IncomingMessage,
    work: (admitted: Admitted | null) => Promise<void>,
  ): Promise<void> {
    const admitted = (await this.parts.admission?.enter(raw)) ?? null;
    try {
      await work(admitted);
    } finally {
      admitted?.release();
    }
  }

  private async run(request: EndpointRequest, form: RequestForm | null): Promise<void> {
    const { raw, response, body } = request;
    const { kept, answeredOf } = this.parts;
    const asked = kept?.askedFor(raw, body, form) ?? null;
    const known = asked && kept?.find(asked);
    if (known) return this.respond({ answer: known, raw, response });
    const { url = '' } = raw;
    // node:http leaves the body of a HEAD out.
    const method = raw.method === 'HEAD' && isQuery(url) ? 'GET' : (raw.method ?? '');
    let context: Context | undefined;
    const make = async (): Promise<Context> => (context = await this.parts.contextOf(request));
    // A caller who is refused is told so by us.
    if (!this.parts.keepsRefusals) await make();
    const mark = url.indexOf('?');
    const operate = () =>
      this.parts.apollo.executeHTTPGraphQLRequest({
        httpGraphQLRequest: {
          method,
          headers: headerMap(raw),
          search: mark < 0 ? '' : url.slice(mark),
          body,
        },
        context: () => (context ? Promise.resolve(context) : make()),
      });
    const { around } = this.parts;
    const answer = await (around && context ? around(request, context, operate) : operate());
    const answered = (context && answeredOf?.(context)) ?? null;
    let stored: KeptAnswer | null = null;
    if (answered && !answered.trace.isOpaque && answer.body.kind === 'complete') {
      this.markPublic(request, answer, answered.usedHeader);
      if (asked && !answer.status) {
        stored = kept?.keep(asked, answered, answer.body.string) ?? null;
      }
    }
    await this.send(request, answer, stored);
  }

  /** Says to caches on the way what they may do with an answer to a GET. */
  private markPublic(
    { raw }: EndpointRequest,
    { status = 200, headers, body }: HTTPGraphQLResponse,
    usedHeader: boolean,
  ): void {
    const { kept } = this.parts;
    if (!kept || status !== 200 || body.kind !== 'complete') return;
    if (raw.headers.authorization !== undefined || !body.string.startsWith('{"data":{')) return;
    headers.set('vary', varyOf(usedHeader, false));
    headers.set('cache-control', kept.cacheControl(raw.method));
    headers.set('etag', etagOf(body.string));
  }

  private send(
    request: EndpointRequest,
    { status = 200, headers, body }: HTTPGraphQLResponse,
    stored: KeptAnswer | null,
  ): MaybePromise<void> {
    const { response, id, raw } = request;
    const own = Object.fromEntries(headers);
    if (body.kind === 'chunked') {
      response.writeHead(status, this.headers(request, own));
      Readable.from(body.asyncIterator).pipe(response);
      return;
    }
    let text = body.string;
    if (!this.parts.keepsRefusals && isUnnamedRefusal(status, text)) {
      const refused = { id, headers: raw.headers };
      this.parts.onRefusal?.('REQUEST_INVALID');
      text = faultBody(this.parts, refused, new AppError('REQUEST_INVALID'));
      own['vary'] = 'Accept-Language';
      own['content-language'] = faultLanguage(this.parts, refused);
    }
    return this.end(request, { status, headers: own, text, stored });
  }

  private refuse(request: Refused, thrown: unknown): void {
    const { id, raw } = request;
    const answer = faultAnswer(this.parts, { id, headers: raw.headers }, thrown);
    const { status, headers } = answer;
    const message = STATUS_CODES[status];
    const text = this.parts.keepsRefusals ? JSON.stringify({ errors: [{ message }] }) : answer.body;
    void this.end(request, { status, headers, text, stored: null });
  }

  private end(request: Refused, body: ResponseBody): MaybePromise<void> {
    const headers = this.headers(request, body.headers);
    return sendBody(request.raw, request.response, { ...body, headers });
  }

  private headers(
    { id, raw }: Pick<EndpointRequest, 'id' | 'raw'>,
    headers: Record<string, string>,
  ): Record<string, string> {
    headers['x-request-id'] = id;
    headers['x-content-type-options'] = 'nosniff';
    Object.assign(headers, this.crossOrigin.fields(raw.headers.origin));
    if (this.crossOrigin.vary !== '') headers['vary'] = withVary(headers['vary'], 'Origin');
    if (raw.headers.authorization === undefined) return headers;
    // What one person is answered is for no other.
    headers['vary'] = withVary(headers['vary'], 'Authorization');
    headers['cache-control'] = 'no-store';
    return headers;
  }
}

/** A browser that opens the address gets the explorer; a persisted query comes with extensions alone (APQ). */
function isQuery(url: string): boolean {
  const mark = url.indexOf('?');
  return mark >= 0 && /[?&](query|extensions)=/.test(url.slice(mark));
}
