import { GraphQLError, type ValidationContext, type ValidationRule } from 'graphql';

import { AppError, type ErrorReason } from '../../../kernel/errors.js';
import { DocumentExtent, type Extent } from './document-extent.js';
import type { QueryLimits } from './limits.js';
import { hasConditionalSubscription } from './subscription-root.js';

/** Larger numbers are reported as this one: fragments can multiply without end. */
const UNCOUNTED = 1_000_000_000;

/** The whole schema is a response of hundreds of kilobytes; nobody needs it twice at once. */
const MAX_INTROSPECTIONS = 2;

/**
 * A validation rule that measures a document before any other rule reads it and, if it is too large, prevents the
 * others from doing so: some of them take time that grows faster than the document.
 */
export function limitRule(limits: QueryLimits): ValidationRule {
  return (context) => {
    const error = faultOf(context, limits);
    if (!error) return {};
    // Here and not during the walk, so that it is the first of the errors.
    context.reportError(error);
    // "Deletes" the document from the walk, which thereby ends for the other rules too.
    return { Document: () => null };
  };
}

/**
 * The error for a document that other rules must not see: it is too large, or would take them too long or make them
 * throw.
 */
function faultOf(context: ValidationContext, limits: QueryLimits): GraphQLError | null {
  const document = context.getDocument();
  const extent = new DocumentExtent(document, limits.depth * 3);
  const excess = overLimit(extent.measure(), limits);
  if (excess) return refusal(excess);
  if (extent.circular !== null) {
    return new GraphQLError(`Cannot spread fragment "${extent.circular}" within itself.`);
  }
  if (hasConditionalSubscription(context)) {
    return new GraphQLError('A subscription must not use @skip or @include at its top level.');
  }
  return null;
}

/** An error that makes Apollo Server respond with the status of ours. */
export function refusal(error: AppError): GraphQLError {
  const { seconds } = error.vars;
  const headers = new Map(seconds === undefined ? [] : [['retry-after', String(seconds)]]);
  return new GraphQLError(error.reason, {
    originalError: error,
    extensions: { http: { status: error.row.status, headers } },
  });
}

/** @returns the error for a document that exceeds a limit; null for any other */
function overLimit(extent: Extent, limits: QueryLimits): AppError | null {
  if (extent.depth > limits.depth) return new AppError('QUERY_DEPTH', { count: limits.depth });
  const counts: readonly [reason: ErrorReason, found: number, limit: number][] = [
    ['QUERY_ROOT_FIELDS', extent.top, limits.rootFields],
    ['QUERY_ROOT_FIELDS', extent.introspections, MAX_INTROSPECTIONS],
    ['QUERY_ALIASES', extent.aliases, limits.aliases],
    ['QUERY_FIELDS', extent.fields, limits.fields],
  ];
  for (const [reason, found, limit] of counts) {
    if (found > limit) {
      return new AppError(reason, { found: Math.min(found, UNCOUNTED), count: limit });
    }
  }
  const isHidden = extent.introspections > 0 && !limits.introspection;
  return isHidden ? new AppError('INTROSPECTION_OFF') : null;
}
