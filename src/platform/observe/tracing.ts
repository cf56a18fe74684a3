import {
  context,
  type Context,
  propagation,
  ProxyTracerProvider,
  ROOT_CONTEXT,
  type Span,
  SpanKind,
  SpanStatusCode,
  trace,
  type Tracer,
} from '@opentelemetry/api';

import type { PoolName } from '../db/observed-client.js';
import { wallClockMs } from '../../kernel/wall-clock.js';

const NAME = 'oas-release-gateway';
/** In characters; the gateway's own statements are shorter. */
const MAX_STATEMENT_LENGTH = 4_000;
/** How long a shutdown waits for a collector. */
const FLUSH_MS = 2_000;

export interface SpanHandle {
  end(failed: boolean): void;
}

/**
 * Spans of OpenTelemetry. Without an SDK (see telemetry.ts), which must be set up before this is constructed, no span
 * is started, at no cost.
 */
export class Tracing {
  private readonly tracer: Tracer | null = sdkTracer();

  get isOn(): boolean {
    return this.tracer !== null;
  }

  /**
   * One request, which the plugin names once it knows the operation. It is the root of its trace: if callers controlled
   * sampling, they could make the server record everything. The trace of the caller is recorded as a link.
   */
  request<T>(headers: object, work: () => Promise<T>): Promise<T> {
    if (this.tracer === null) return work();
    const caller = trace.getSpanContext(propagation.extract(ROOT_CONTEXT, headers));
    const links = caller ? [{ context: caller }] : [];
    const options = { kind: SpanKind.SERVER, links };
    const span = this.tracer.startSpan('graphql', options, ROOT_CONTEXT);
    const within = trace.setSpan(ROOT_CONTEXT, span);
    return context.with(within, work).finally(() => span.end());
  }

  /** A span that is already over when it is reported. */
  servedFromCache(operation: string, seconds: number): void {
    const now = wallClockMs();
    const attributes = { 'graphql.operation.name': operation, 'gateway.cached': true };
    const options = { kind: SpanKind.SERVER, attributes, startTime: now - seconds * 1000 };
    this.tracer?.startSpan(`query ${operation}`, options, ROOT_CONTEXT).end(now);
  }

  /** The span of the current request. */
  current(): Span | undefined {
    return this.tracer === null ? undefined : trace.getSpan(context.active());
  }

  /** A statement of a request. Statements without a request, such as the polls of a worker, have no span. */
  statement(pool: PoolName, text: string): SpanHandle | undefined {
    if (this.tracer === null) return undefined;
    const parent = context.active();
    if (trace.getSpan(parent) === undefined) return undefined;
    return this.started(this.tracer, pool, text, parent);
  }

  private started(tracer: Tracer, pool: PoolName, text: string, parent: Context): SpanHandle {
    const verb = /^\s*(\w+)/.exec(text)?.[1]?.toUpperCase() ?? 'SQL';
    const attributes = {
      'db.system.name': 'postgresql',
      'db.operation.name': verb,
      // Values are sent separately and are not recorded.
      'db.query.text': text.slice(0, MAX_STATEMENT_LENGTH),
      'gateway.pool': pool,
    };
    const span = tracer.startSpan(verb, { kind: SpanKind.CLIENT, attributes }, parent);
    return {
      end(failed) {
        if (failed) span.setStatus({ code: SpanStatusCode.ERROR });
        span.end();
      },
    };
  }
}

/** Only the API's global provider is used; without an SDK it has no tracer. */
function sdkTracer(): Tracer | null {
  const provider = trace.getTracerProvider();
  if (!(provider instanceof ProxyTracerProvider)) return provider.getTracer(NAME);
  return provider.getDelegateTracer(NAME) ?? null;
}

/** Sends pending spans before the process ends. Never rejects. */
export async function flushTraces(): Promise<void> {
  const provider = trace.getTracerProvider();
  const sdk = (provider instanceof ProxyTracerProvider ? provider.getDelegate() : provider) as {
    forceFlush?: () => Promise<void>;
  };
  if (!sdk.forceFlush) return;
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => (timer = setTimeout(resolve, FLUSH_MS)));
  await Promise.race([sdk.forceFlush().catch(() => undefined), late]);
  clearTimeout(timer);
}
