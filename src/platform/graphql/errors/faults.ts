import { GraphQLError, type GraphQLFormattedError, type GraphQLSchema } from 'graphql';

import { AppError, type ErrorReason, ERRORS } from '../../../kernel/errors.js';
import type { Locale } from '../../../kernel/locale.js';
import { namedFault } from '../../db/index.js';
import type { Messages, MessageVariables } from '../../i18n/messages.js';
import { querySentence, type Sentence } from './query-sentences.js';
import { suggestionText, withoutSuggestion } from './suggestions.js';

export interface Fault {
  readonly error: AppError;
  /** The real cause, for the log; never for the caller. */
  readonly cause: unknown;
}

/** Codes of Apollo and graphql-js, and our reasons for them. An error with any other code is masked. */
const BY_CODE = {
  GRAPHQL_PARSE_FAILED: 'QUERY_SYNTAX',
  GRAPHQL_VALIDATION_FAILED: 'QUERY_INVALID',
  BAD_USER_INPUT: 'QUERY_INVALID',
  OPERATION_RESOLUTION_FAILURE: 'QUERY_INVALID',
  BAD_REQUEST: 'REQUEST_INVALID',
  PERSISTED_QUERY_NOT_FOUND: 'PERSISTED_QUERY_NOT_FOUND',
} as const;

/** The message of graphql-js, which has no code for this error. */
const TOO_MANY_TOKENS = /contains more tha[nt] (\d+) tokens/;
/** Maximum length of the caller's input that a message repeats, in characters. */
const MAX_QUOTE = 300;

/** Classifies an error: an error of ours, a mistake of the caller, or else INTERNAL. */
export function faultOf(thrown: unknown): Fault {
  const cause = unwrap(thrown);
  if (cause instanceof AppError) return { error: cause, cause: cause.cause ?? cause };
  const named = namedFault(cause);
  if (named instanceof AppError) return { error: named, cause };
  const error = thrown instanceof GraphQLError ? foundByGraphql(thrown, cause) : null;
  return { error: error ?? new AppError('INTERNAL'), cause };
}

/** Apollo wraps the errors of graphql-js itself; an error that a resolver threw is not a GraphQLError underneath. */
function foundByGraphql(thrown: GraphQLError, cause: unknown): AppError | null {
  const code = thrown.extensions['code'] as keyof typeof BY_CODE;
  // The parser calls itself for each level, so deep nesting overflows the stack.
  const isTooDeep = code === 'GRAPHQL_PARSE_FAILED' && cause instanceof RangeError;
  if (!(cause instanceof GraphQLError) && !isTooDeep) return null;
  const tokens = code === 'GRAPHQL_PARSE_FAILED' && TOO_MANY_TOKENS.exec(thrown.message)?.[1];
  if (tokens) return new AppError('QUERY_TOKENS', { count: Number(tokens) });
  const { status } = (thrown.extensions['http'] ?? {}) as { status?: number };
  const reason = status === 405 ? 'GET_FOR_QUERIES' : BY_CODE[code];
  return reason ? new AppError(reason, { detail: withoutSuggestion(thrown.message) }) : null;
}

/** graphql-js wraps what a resolver or a scalar throws, a scalar's error twice. */
function unwrap(thrown: unknown): unknown {
  let error = thrown;
  while (error instanceof GraphQLError && error.originalError) error = error.originalError;
  return error;
}

/** The variables of an error message, each shortened to a readable length. */
export function shortenedVars(vars: MessageVariables): MessageVariables {
  const short = Object.entries(vars).map(([name, value]) => {
    return [name, typeof value === 'string' ? shortened(value) : value];
  });
  return Object.fromEntries(short) as MessageVariables;
}

function shortened(value: string): string {
  return value.length > MAX_QUOTE ? `${value.slice(0, MAX_QUOTE)}…` : value;
}

function isOfQuery(reason: ErrorReason): boolean {
  return reason === 'QUERY_INVALID' || reason === 'QUERY_SYNTAX';
}

/** The message for exactly what is wrong with a query; null if there is only the general one. */
function querySentenceOf(
  detail: string,
  { locations }: GraphQLFormattedError,
  render: (sentence: Sentence) => string,
): Sentence | null {
  if (!detail.startsWith('Syntax Error')) return querySentence(detail, render);
  const [place] = locations ?? [];
  return place ? { key: 'errors:graphql.syntax', vars: { ...place } } : null;
}

/** The English message of graphql-js about a query: next to our message, never part of it. */
function detailOf({ reason, vars: { detail } }: AppError): { detail?: string; detailLang?: 'en' } {
  return isOfQuery(reason) && detail !== undefined
    ? { detail: shortened(String(detail)), detailLang: 'en' }
    : {};
}

export interface FaultFormat {
  readonly messages: Messages;
  readonly locale: Locale;
  readonly requestId: string;
  /** The schema whose names a message may suggest; null if callers may not read it. */
  readonly schema: GraphQLSchema | null;
}

/** Formats an error for the caller: a message in the caller's language, without internal details. */
export function formatFault(
  thrown: unknown,
  formatted: GraphQLFormattedError,
  { messages, locale, requestId, schema }: FaultFormat,
): { fault: Fault; formatted: GraphQLFormattedError } {
  const fault = faultOf(thrown);
  const { code } = formatted.extensions ?? {};
  // Clients that send hashes recognize this error by its message (Apollo's APQ protocol).
  if (code === 'PERSISTED_QUERY_NOT_FOUND') {
    return { fault, formatted: { ...formatted, extensions: { code, requestId } } };
  }
  const { reason, vars } = fault.error;
  const render = ({ key, vars: values }: Sentence): string =>
    messages.text(locale, key, { requestId, ...shortenedVars(values) });
  const ofQuery = isOfQuery(reason)
    ? querySentenceOf(String(vars.detail), formatted, render)
    : null;
  const sentence = render(ofQuery ?? { key: `errors:${reason}`, vars });
  const suggestion =
    schema && isOfQuery(reason) && suggestionText(formatted.message, schema, messages, locale);
  const message = suggestion ? `${sentence} ${suggestion}` : sentence;
  return {
    fault,
    formatted: {
      message,
      ...(formatted.locations && { locations: formatted.locations }),
      ...(formatted.path && { path: formatted.path }),
      extensions: { code: ERRORS[reason].code, reason, requestId, ...detailOf(fault.error) },
    },
  };
}

/** Replaces the errors that do not fit into a response. */
export function omission(
  count: number,
  messages: Messages,
  locale: Locale,
  requestId: string,
): GraphQLFormattedError {
  const message = messages.text(locale, 'errors:ERRORS_OMITTED', { count });
  const reason = 'ERRORS_OMITTED';
  return { message, extensions: { code: ERRORS[reason].code, reason, requestId } };
}
