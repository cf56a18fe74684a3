import { type DocumentNode, GraphQLError, type ValidationRule } from 'graphql';

import { AppError, type ErrorReason } from '../../../kernel/errors.js';
import { DocumentExtent, type Extent } from './document-extent.js';
import type { QueryLimits } from './limits.js';
import { hasConditionalSubscription } from './subscription-root.js';

/** Numbers beyond this are told as this: fragments can multiply without end. */
const UNCOUNTED = 1_000_000_000;

/** The whole schema is an answer of hundreds of kilobytes; nobody needs it twice at once. */
const MAX_INTROSPECTIONS = 2;

/**
 * A rule of validation that measures a document before any other rule has looked into it, and if it is too large keeps
 * the others from doing so: some of them take time that grows faster than the document.
 */
export function limitRule(limits: QueryLimits): ValidationRule {
  return (context) => {
    const error = faultOf(context.getDocument(), limits);
    if (!error) return {};
    // Here and not within the walk, so that it is the first of the errors.
    context.reportError(error);
    // "Deletes" the document from the walk, which is over by that, for the other rules too.
    return { Document: () => null };
  };
}

/** What the other rules must not see: it is too large, or else would take them too long or throw them over. */
function faultOf(document: DocumentNode, limits: QueryLimits): GraphQLError | null {
  const extent = new DocumentExtent(document, limits.depth * 3);
  const excess = overLimit(extent.measure(), limits);
  if (excess) return refusal(excess);
  if (extent.circular !== null) {
    return new GraphQLError(`Cannot spread fragment "${extent.circular}" within itself.`);
  }
  if (hasConditionalSubscription(document)) {
    return new GraphQLError('A subscription must not use @skip or @include at its top level.');
  }
  return null;
}

/** An error that Apollo Server answers with the status of ours. */
export function refusal(error: AppError): GraphQLError {
  const { seconds } = error.vars;
  const headers = new Map(seconds === undefined ? [] : [['retry-after', String(seconds)]]);
  return new GraphQLError(error.reason, {
    originalError: error,
    extensions: { http: { status: error.row.status, headers } },
  });
}

/** @returns what is to be said of a document that is too large; null of any other */
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
