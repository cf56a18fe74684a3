import { GraphQLError, type GraphQLFormattedError } from 'graphql';

import { AppError, ERRORS } from '../../kernel/errors.js';
import type { Locale } from '../../kernel/locale.js';
import { namedFault } from '../db/index.js';
import type { Messages } from '../i18n/messages.js';

export interface Fault {
  readonly error: AppError;
  /** What really happened, for the log; never for the caller. */
  readonly cause: unknown;
}

/** What Apollo and graphql-js say by code, in our words; what is not named here is ours to hide. */
const BY_CODE = {
  GRAPHQL_PARSE_FAILED: 'QUERY_SYNTAX',
  GRAPHQL_VALIDATION_FAILED: 'QUERY_INVALID',
  BAD_USER_INPUT: 'QUERY_INVALID',
  OPERATION_RESOLUTION_FAILURE: 'QUERY_INVALID',
  BAD_REQUEST: 'REQUEST_INVALID',
  PERSISTED_QUERY_NOT_FOUND: 'PERSISTED_QUERY_NOT_FOUND',
} as const;

/** Names an error: one of ours, one that the caller made, or else INTERNAL. */
export function faultOf(thrown: unknown): Fault {
  const cause = unwrap(thrown);
  if (cause instanceof AppError) return { error: cause, cause: cause.cause ?? cause };
  const named = namedFault(cause);
  if (named instanceof AppError) return { error: named, cause };
  // Apollo wraps what graphql-js itself found; what a resolver threw is no GraphQLError underneath.
  if (thrown instanceof GraphQLError && cause instanceof GraphQLError) {
    const code = thrown.extensions['code'] as keyof typeof BY_CODE;
    const { status } = (thrown.extensions['http'] ?? {}) as { status?: number };
    const reason = status === 405 ? 'GET_FOR_QUERIES' : BY_CODE[code];
    if (reason) return { error: new AppError(reason, { detail: thrown.message }), cause };
  }
  return { error: new AppError('INTERNAL'), cause };
}

/** What a program switches on, as {@link formatFault} says it. */
export function codeOfFault(thrown: GraphQLError): string {
  return faultOf(thrown).error.row.code;
}

/** graphql-js wraps what a resolver or a scalar throws, a scalar's error twice. */
function unwrap(thrown: unknown): unknown {
  let error = thrown;
  while (error instanceof GraphQLError && error.originalError) error = error.originalError;
  return error;
}

/** An error as the caller gets it: a text in the caller's language, and nothing of our insides. */
export function formatFault(
  thrown: unknown,
  formatted: GraphQLFormattedError,
  messages: Messages,
  locale: Locale,
  requestId: string,
): { fault: Fault; formatted: GraphQLFormattedError } {
  const fault = faultOf(thrown);
  const { code } = formatted.extensions ?? {};
  // A client that sends hashes knows this one by its text (Apollo's APQ protocol).
  if (code === 'PERSISTED_QUERY_NOT_FOUND') return { fault, formatted };
  const { reason, vars } = fault.error;
  const message = messages.text(locale, `errors:${reason}`, { requestId, ...vars });
  return {
    fault,
    formatted: {
      message,
      ...(formatted.locations && { locations: formatted.locations }),
      ...(formatted.path && { path: formatted.path }),
      extensions: { code: ERRORS[reason].code, reason, requestId },
    },
  };
}
