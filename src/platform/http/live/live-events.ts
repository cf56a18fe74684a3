import type { ServerResponse } from 'node:http';

import type { FastifyReply, FastifyRequest } from 'fastify';
import type { FormattedExecutionResult } from 'graphql';
import Negotiator from 'negotiator';
import { z } from 'zod';

import { AppError } from '../../../kernel/errors.js';
import type { Results, OperationRequest } from '../../graphql/execution/subscriptions.js';
import { callerOf } from '../caller.js';
import { type LiveConnections, RETRY_AFTER_S } from './live-connections.js';
import type { LiveOptions } from './live-options.js';

const EVENT_STREAM = 'text/event-stream';

const operation = z.object({
  query: z.string().optional(),
  operationName: z.string().nullish(),
  extensions: z.record(z.string(), z.unknown()).nullish(),
  variables: z.record(z.string(), z.unknown()).nullish(),
});

/** Whether the client prefers events: some clients accept them with every query, with a lower preference than JSON. */
export function wantsEvents({ raw }: FastifyRequest): boolean {
  const types = ['application/graphql-response+json', 'application/json', EVENT_STREAM];
  return new Negotiator(raw).mediaType(types) === EVENT_STREAM;
}

/**
 * Responds with server-sent events, in the "distinct connections mode" of graphql-sse: `next` for each result,
 * `complete` at the end. A client resumes a stream that ends without `complete`.
 *
 * @throws AppError REQUEST_INVALID, CONNECTIONS_TOO_MANY
 */
export async function serveEvents(
  parts: LiveOptions,
  connections: LiveConnections,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const operation = operationOf(request);
  if (!connections.hasRoom) throw new AppError('CONNECTIONS_TOO_MANY', { seconds: RETRY_AFTER_S });
  const { viewer } = callerOf(request);
  const context = parts.contextOf({ viewer, acceptLanguage: request.headers['accept-language'] });
  const prepared = parts.subscriptions.prepare(operation, context);
  const results =
    'document' in prepared
      ? parts.subscriptions.run(prepared)
      : once({ errors: parts.subscriptions.format(prepared, context) });
  reply.hijack();
  const stream = new EventStream(reply.raw, parts);
  const stop = (): void => void results.return();
  const gone = connections.add({ sendAway: () => stream.end(), cut: () => stream.cut() });
  reply.raw.once('close', () => {
    gone();
    stop();
  });
  stream.begin(request, 'document' in prepared ? null : context.contentLanguage);
  await stream.send(results);
  return reply;
}

function operationOf({ method, query, body }: FastifyRequest): OperationRequest {
  const given = method === 'GET' ? fromAddress(query as Record<string, unknown>) : body;
  const parsed = operation.safeParse(given);
  if (!parsed.success) throw new AppError('REQUEST_INVALID', {});
  return parsed.data;
}

function fromAddress(given: Record<string, unknown>): unknown {
  const { variables, extensions } = given;
  try {
    return { ...given, variables: unpacked(variables), extensions: unpacked(extensions) };
  } catch (error) {
    throw new AppError('REQUEST_INVALID', {}, { cause: error });
  }
}

/** @throws SyntaxError */
function unpacked(value: unknown): unknown {
  return typeof value === 'string' ? (JSON.parse(value) as unknown) : value;
}

async function* once(result: FormattedExecutionResult): Results {
  yield result;
}

class EventStream {
  private pinger: NodeJS.Timeout | undefined;

  constructor(
    private readonly raw: ServerResponse,
    private readonly parts: LiveOptions,
  ) {}

  /** @param language of a stream that contains only errors; otherwise null */
  begin({ id, headers }: FastifyRequest, language: string | null): void {
    const { raw } = this;
    const { crossOrigin } = this.parts;
    const vary = 'Accept, Accept-Language, Authorization';
    raw.on('error', () => undefined);
    raw.once('close', () => clearInterval(this.pinger));
    raw.writeHead(200, {
      'content-type': `${EVENT_STREAM}; charset=utf-8`,
      'cache-control': 'no-store',
      vary: crossOrigin.varyWith(vary),
      ...crossOrigin.fields(headers.origin),
      'x-accel-buffering': 'no',
      'x-content-type-options': 'nosniff',
      'x-request-id': id,
      ...(language !== null && { 'content-language': language }),
    });
    // Some browsers report a stream as open only after its first bytes.
    raw.write(':\n\n');
    const ping = (): void => void (raw.writableLength === 0 && raw.write(':\n\n'));
    this.pinger = setInterval(ping, this.parts.limits.pingMs).unref();
  }

  async send(results: AsyncIterable<FormattedExecutionResult>): Promise<void> {
    try {
      for await (const result of results) {
        await this.write(`event: next\ndata: ${JSON.stringify(result)}\n\n`);
        if (!this.raw.writable) return;
      }
      this.raw.end('event: complete\ndata:\n\n');
    } catch {
      // Already logged.
      this.end();
    }
  }

  /** Ends without `complete`, so that the client reconnects. */
  end(): void {
    this.raw.end();
  }

  cut(): void {
    this.raw.destroy();
  }

  /** Resolves once the operating system has accepted the text, so that at most one page waits for a slow client. */
  private write(text: string): Promise<void> {
    const { raw } = this;
    return new Promise((resolve) => {
      if (!raw.writable) return resolve();
      const done = (): void => {
        clearTimeout(late);
        raw.off('close', done);
        resolve();
      };
      const late = setTimeout(() => this.cut(), this.parts.limits.slowMs);
      raw.once('close', done);
      raw.write(text, done);
    });
  }
}
