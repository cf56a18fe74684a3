import { type DocumentNode, GraphQLError, type ValidationRule } from 'graphql';

import { AppError, type ErrorReason } from '../../kernel/errors.js';
import { DocumentExtent } from './document-extent.js';
import type { QueryLimits } from './limits.js';

/** Numbers beyond this are told as this: fragments can multiply without end. */
const UNCOUNTED = 1_000_000_000;

/**
 * A rule of validation that measures a document before any other rule has looked into it, and if it is too large keeps
 * the others from doing so: some of them take time that grows faster than the document.
 */
export function limitRule(limits: QueryLimits): ValidationRule {
  return (context) => {
    const error = overLimit(context.getDocument(), limits);
    if (!error) return {};
    // Here and not within the walk, so that it is the first of the errors.
    context.reportError(refusal(error));
    // "Deletes" the document from the walk, which is over by that, for the other rules too.
    return { Document: () => null };
  };
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
function overLimit(document: DocumentNode, limits: QueryLimits): AppError | null {
  const extent = new DocumentExtent(document, limits.depth * 3).measure();
  if (extent.depth > limits.depth) return new AppError('QUERY_DEPTH', { limit: limits.depth });
  const counts: readonly [reason: ErrorReason, found: number, limit: number][] = [
    ['QUERY_ROOT_FIELDS', extent.top, limits.rootFields],
    ['QUERY_ALIASES', extent.aliases, limits.aliases],
    ['QUERY_FIELDS', extent.fields, limits.fields],
  ];
  for (const [reason, found, limit] of counts) {
    if (found > limit) return new AppError(reason, { found: Math.min(found, UNCOUNTED), limit });
  }
  const isHidden = extent.introspects && !limits.introspection;
  return isHidden ? new AppError('INTROSPECTION_OFF') : null;
}
