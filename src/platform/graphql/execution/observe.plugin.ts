import type { ApolloServerPlugin, GraphQLRequestContext } from '@apollo/server';
import { SpanStatusCode } from '@opentelemetry/api';
import type { GraphQLError } from 'graphql';
import type { Logger } from 'pino';

import { type ErrorReason, ERRORS } from '../../../kernel/errors.js';
import type { Observer } from '../../observe/observer.js';
import { faultOf } from '../errors/faults.js';
import type { RequestContext } from './request-context.js';

/** An operation that takes longer is logged at level info, whatever its outcome. */
const SLOW_MS = 1_000;

/** The durations of the steps of one operation, in milliseconds. */
class Steps {
  readonly begun = performance.now();
  /** By name; in the order in which they ended. */
  readonly took = new Map<string, number>();

  begin(name: string): () => Promise<void> {
    const at = performance.now();
    return async () => void this.took.set(name, performance.now() - at);
  }

  get total(): number {
    return performance.now() - this.begun;
  }
}

export interface ObservePluginOptions {
  readonly observer: Observer;
  readonly log: Logger;
  /** Called for each operation with errors, with the reason of the first one. */
  readonly onRefusal: (reason: ErrorReason) => void;
}

/** Counts each operation, names it in its trace, logs it, and reports its timing to staff. */
export function observePlugin({
  observer,
  log,
  onRefusal,
}: ObservePluginOptions): ApolloServerPlugin<RequestContext> {
  const documents = observer.metrics.cache('document');
  return {
    async requestDidStart() {
      const steps = new Steps();
      let parsed = false;
      return {
        async parsingDidStart() {
          parsed = true;
          return steps.begin('parse');
        },
        async validationDidStart() {
          return steps.begin('validate');
        },
        async didResolveOperation() {
          if (parsed) documents.miss();
          else documents.hit();
        },
        async executionDidStart() {
          return { executionDidEnd: steps.begin('execute') };
        },
        async willSendResponse(request) {
          const reason = reasonOf(request.errors);
          // Requesting the text for an unknown hash is part of the protocol.
          const isRefused = reason !== null && reason !== 'PERSISTED_QUERY_NOT_FOUND';
          if (isRefused && !request.contextValue.caller.isGone) onRefusal(reason);
          report({ observer, log }, request, { steps, code: reason ? ERRORS[reason].code : 'OK' });
        },
      };
    },
  };
}

function report(
  { observer, log }: Pick<ObservePluginOptions, 'observer' | 'log'>,
  request: GraphQLRequestContext<RequestContext>,
  { steps, code }: { readonly steps: Steps; readonly code: string },
): void {
  const { operation, contextValue, response } = request;
  const { operations } = observer.metrics;
  const meter = operation ? operations.of(operation.name?.value) : operations.ofUnknown();
  const ms = steps.total;
  meter.ran(code, ms / 1000);
  const type = operation?.operation;
  name(observer, type, meter.name, code);
  if (contextValue.caller.viewer)
    response?.http.headers.set('server-timing', timing(observer, steps));
  const level = ms >= SLOW_MS ? 'info' : 'debug';
  // Most entries are never written, so they are not even created.
  if (!log.isLevelEnabled(level)) return;
  const { requestId } = contextValue.caller;
  const traceId = observer.tracing.current()?.spanContext().traceId;
  log[level](
    { requestId, operation: meter.name, type, code, ms: Math.round(ms * 10) / 10, traceId },
    'An operation was executed',
  );
}

/** Classified again: the plugin that formats errors for the caller may not have done so yet. */
function reasonOf([thrown]: readonly GraphQLError[] = []): ErrorReason | null {
  return thrown ? faultOf(thrown).error.reason : null;
}

/** Follows the conventions of OpenTelemetry; neither the document nor its variables are recorded. */
function name(observer: Observer, type: string | undefined, operation: string, code: string): void {
  const span = observer.tracing.current();
  if (!span) return;
  span.updateName(type ? `${type} ${operation}` : 'graphql');
  span.setAttributes({ 'graphql.operation.name': operation, 'gateway.cached': false });
  if (type) span.setAttribute('graphql.operation.type', type);
  if (code === 'OK') return;
  span.setAttribute('error.type', code);
  span.setStatus({ code: SpanStatusCode.ERROR });
}

/** https://www.w3.org/TR/server-timing/ */
function timing(observer: Observer, { took, total }: Steps): string {
  const entries = [`total;dur=${total.toFixed(1)}`];
  for (const [step, ms] of took) entries.push(`${step};dur=${ms.toFixed(1)}`);
  const tally = observer.tally();
  if (tally) {
    const { statements, seconds } = tally;
    entries.push(`sql;dur=${(seconds * 1000).toFixed(1)};desc="${statements} statements"`);
  }
  return entries.join(', ');
}
