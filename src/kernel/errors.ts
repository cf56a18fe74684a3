/** How loudly a fault is logged: what the caller can mend is `info`, what only we can mend is `error`. */
export type LogLevel = 'info' | 'warn' | 'error';

interface ErrorRow {
  /** What a program switches on: `extensions.code`. */
  readonly code: string;
  readonly status: number;
  readonly level: LogLevel;
  /** After how many seconds the same request may succeed: Retry-After (RFC 9110 §10.2.3). */
  readonly retryAfterS?: number;
}

const input: ErrorRow = { code: 'BAD_USER_INPUT', status: 400, level: 'info' };
const tooComplex: ErrorRow = { code: 'QUERY_TOO_COMPLEX', status: 400, level: 'info' };
const refused: ErrorRow = { code: 'IMPORT_REFUSED', status: 422, level: 'info' };
/** A server that we depend on gives nothing at the moment. */
const unavailable: ErrorRow = {
  code: 'SERVICE_UNAVAILABLE',
  status: 503,
  level: 'warn',
  retryAfterS: 5,
};
const setup: ErrorRow = { code: 'BAD_CONFIGURATION', status: 500, level: 'error' };

/**
 * Every fault that a person may read of. The key is `extensions.reason` and names the text in
 * `locales/<locale>/errors.json`, which may use the variables given to {@link AppError}.
 */
export const ERRORS = {
  LANGUAGE_TAG_MALFORMED: input,
  COUNTRY_UNKNOWN: input,
  DATE_MALFORMED: input,
  PAGE_SIZE_OUT_OF_RANGE: input,
  PAGE_DIRECTION_UNCLEAR: input,
  CURSOR_UNKNOWN: input,
  RELEVANCE_WITHOUT_SEARCH: input,
  SEARCH_TOO_LONG: input,
  LIST_TOO_LONG: input,
  RELEASE_SELECTOR_UNCLEAR: input,
  SELECTOR_MISPLACED: input,
  AUDIENCE_MISSING: input,
  EXCERPT_LENGTH_OUT_OF_RANGE: input,
  NAMESPACE_UNKNOWN: input,
  FORMAT_UNKNOWN: input,
  FIELD_NOT_IN_COPIES: input,
  NAME_NOT_IN_COPIES: input,
  DATE_RANGE_EMPTY: input,
  ARGUMENT_INVALID: input,
  STRING_EXPECTED: input,
  QUERY_INVALID: { code: 'GRAPHQL_VALIDATION_FAILED', status: 400, level: 'info' },
  QUERY_SYNTAX: { code: 'GRAPHQL_PARSE_FAILED', status: 400, level: 'info' },
  QUERY_TOKENS: tooComplex,
  QUERY_DEPTH: tooComplex,
  QUERY_ALIASES: tooComplex,
  QUERY_ROOT_FIELDS: tooComplex,
  QUERY_FIELDS: tooComplex,
  QUERY_COST: tooComplex,
  INTROSPECTION_OFF: { code: 'GRAPHQL_VALIDATION_FAILED', status: 400, level: 'info' },
  ERRORS_OMITTED: { code: 'ERRORS_OMITTED', status: 400, level: 'info' },
  REQUEST_INVALID: { code: 'BAD_REQUEST', status: 400, level: 'info' },
  GET_FOR_QUERIES: { code: 'BAD_REQUEST', status: 405, level: 'info' },
  PERSISTED_QUERY_NOT_FOUND: { code: 'PERSISTED_QUERY_NOT_FOUND', status: 200, level: 'info' },
  PERSISTED_QUERY_MALFORMED: { code: 'BAD_REQUEST', status: 400, level: 'info' },
  PERSISTED_QUERY_MISMATCH: { code: 'BAD_REQUEST', status: 400, level: 'info' },
  OPERATION_NOT_REGISTERED: { code: 'OPERATION_NOT_REGISTERED', status: 400, level: 'info' },
  SUBSCRIPTION_NEEDS_STREAM: { code: 'BAD_REQUEST', status: 400, level: 'info' },
  STREAM_FOR_SUBSCRIPTIONS: { code: 'BAD_REQUEST', status: 400, level: 'info' },
  SUBSCRIPTIONS_TOO_MANY: { code: 'TOO_MANY_SUBSCRIPTIONS', status: 429, level: 'info' },
  CONNECTIONS_TOO_MANY: unavailable,
  NOT_FOUND: { code: 'NOT_FOUND', status: 404, level: 'info' },
  NAMESPACE_NAME_INVALID: input,
  ENTRY_KEY_INVALID: input,
  ENTRY_KEY_TAKEN: input,
  ENTRY_VALUE_LENGTH: input,
  ENTRY_VALUE_CHARACTER: input,
  ENTRY_VALUE_NESTED: input,
  ENTRY_PLACEHOLDER_BROKEN: input,
  ENTRY_PLACEHOLDERS_DIFFER: input,
  CATALOG_FILE_INVALID: refused,
  CATALOG_UNREADABLE: refused,
  CATALOG_FOLDER_EMPTY: refused,
  REQUEST_TOO_LARGE: { code: 'REQUEST_TOO_LARGE', status: 413, level: 'info' },
  REQUEST_NESTED: { code: 'BAD_REQUEST', status: 400, level: 'info' },
  REQUEST_MEMBER_TWICE: { code: 'BAD_REQUEST', status: 400, level: 'info' },
  REQUEST_TOO_MANY_VALUES: { code: 'BAD_REQUEST', status: 400, level: 'info' },
  REQUEST_TEXT_TOO_LONG: { code: 'BAD_REQUEST', status: 400, level: 'info' },
  REQUEST_ENCODING_UNKNOWN: { code: 'BAD_REQUEST', status: 415, level: 'info' },
  REQUEST_TOO_SLOW: { code: 'REQUEST_TIMEOUT', status: 408, level: 'info' },
  HEADERS_TOO_LARGE: { code: 'REQUEST_TOO_LARGE', status: 431, level: 'info' },
  RATE_LIMITED: { code: 'RATE_LIMITED', status: 429, level: 'info' },
  TOO_MANY_OPERATIONS: { code: 'TOO_MANY_OPERATIONS', status: 429, level: 'info' },
  OVERLOADED: { code: 'OVERLOADED', status: 503, level: 'info' },
  REVISION_MOVED: { code: 'CONFLICT', status: 409, level: 'info' },
  UNAUTHENTICATED: { code: 'UNAUTHENTICATED', status: 401, level: 'info' },
  TOKEN_INVALID: { code: 'UNAUTHENTICATED', status: 401, level: 'info' },
  PUBLISHED_AT_FUTURE: input,
  TOKEN_ORIGIN: { code: 'FORBIDDEN', status: 403, level: 'info' },
  ISSUER_UNAVAILABLE: unavailable,
  FORBIDDEN: { code: 'FORBIDDEN', status: 403, level: 'info' },
  FORBIDDEN_IN_LOCALE: { code: 'FORBIDDEN', status: 403, level: 'info' },
  NUMBER_INVALID: input,
  NUMBER_TAKEN: input,
  TOPIC_UNKNOWN: input,
  SEGMENT_KIND_FIXED: input,
  TEXT_BLANK: input,
  TEXT_UNPRINTABLE: input,
  IDEMPOTENCY_KEY_INVALID: input,
  IDEMPOTENCY_KEYS_DIFFER: input,
  IDEMPOTENCY_KEY_REUSED: { code: 'CONFLICT', status: 422, level: 'info' },
  STEP_IMPOSSIBLE: { code: 'CONFLICT', status: 409, level: 'info' },
  PUBLICATION_NOT_READY: { code: 'NOT_READY', status: 409, level: 'info' },
  NOTHING_PUBLIC: { code: 'CONFLICT', status: 409, level: 'info' },
  ORIGINAL_LOCALE: input,
  SEGMENT_UNKNOWN: input,
  SEGMENT_TWICE: input,
  SEGMENT_KEY_UNUSABLE: input,
  SEGMENT_KEY_TAKEN: input,
  SOURCE_DIGEST_MISSING: input,
  TEXT_AND_OMITTED: input,
  OMISSION_IMPOSSIBLE: input,
  PLACE_IMPOSSIBLE: input,
  ORIGIN_IMPOSSIBLE: input,
  TARGET_MISSING: input,
  REVISION_UNKNOWN: input,
  OWN_TEXT: { code: 'CONFLICT', status: 409, level: 'info' },
  INCOMPLETE: { code: 'CONFLICT', status: 409, level: 'info' },
  COMMENT_MISSING: input,
  COMMENT_TOO_LONG: input,
  ASSIGNEE_UNKNOWN: input,
  ASSIGNEE_UNFIT: input,
  DUE_PAST: input,
  ORIGINAL_MISSING: refused,
  ORIGINAL_DIFFERS: refused,
  TEXT_EDITED_SINCE: refused,
  TEXT_RETRACTED_SINCE: refused,
  TEXT_TWICE: refused,
  FILE_UNREADABLE: refused,
  NOT_STORABLE: refused,
  SCHEDULE_TOO_FAR: input,
  NOTHING_SCHEDULED: { code: 'CONFLICT', status: 409, level: 'info' },
  REASON_UNUSABLE: input,
  RULE_CHAIN_EMPTY: input,
  RULE_CHAIN_LACKS: input,
  RULE_NOTHING_BEFORE: input,
  TOPIC_SLUG_UNUSABLE: input,
  TOPIC_NAME_UNUSABLE: input,
  LOCALE_TWICE: input,
  ORIGINAL_STAYS: { code: 'CONFLICT', status: 409, level: 'info' },
  DATABASE_UNAVAILABLE: unavailable,
  DATABASE_READ_ONLY: unavailable,
  DATABASE_OUT_OF_RESOURCES: { ...unavailable, level: 'error', retryAfterS: 30 },
  TIMEOUT: { ...unavailable, code: 'TIMEOUT' },
  INTERRUPTED: { code: 'INTERRUPTED', status: 500, level: 'info' },
  SHUTTING_DOWN: { ...unavailable, level: 'info', retryAfterS: 1 },
  INTERNAL: { code: 'INTERNAL', status: 500, level: 'error' },

  FILE_TOO_LARGE: refused,
  FILE_BINARY: refused,
  FILE_ENCODING_UNKNOWN: refused,
  HTML_HOSTILE: refused,
  REFERENCE_MISSING: refused,
  REFERENCE_AMBIGUOUS: refused,
  DATE_MISSING: refused,
  DATE_IMPOSSIBLE: refused,
  DATE_AMBIGUOUS: refused,
  TITLE_MISSING: refused,
  TEXT_TOO_LONG: refused,
  LOCALE_UNCLEAR: refused,
  BODY_EMPTY: refused,
  CHARACTER_REFUSED: refused,
  EMBARGO_NOT_OVER: refused,
  EMBARGO_UNREADABLE: refused,
  BODY_CODE: refused,
  BODY_DEFINITION: refused,
  BODY_HTML: refused,
  BODY_IMAGE: refused,
  BODY_NESTED: refused,
  BODY_TABLE: refused,
  BODY_TOO_LONG: refused,
  LINE_TOO_LONG: refused,
  LINE_NOT_JSON: refused,
  LINE_MEMBER_MISSING: refused,
  LINE_MEMBER_UNKNOWN: refused,
  LINE_MEMBER_INVALID: refused,
  LINE_MEMBER_TWICE: refused,
  LINE_NUMBER_INVALID: refused,

  SETTING_INVALID: setup,
  SETTING_MISSPELT: setup,
  DATABASE_URL_MISSING: setup,
  DATABASE_URL_MISNAMED: setup,
  OPERATIONS_MANIFEST_INVALID: setup,
  DEVELOPMENT_TOKENS_OFF: setup,
  DEVELOPMENT_TOKENS_EXPOSED: setup,
  TELEMETRY_MISSING: setup,
  PORT_IN_USE: setup,
  ADDRESS_UNUSABLE: setup,
  FILE_UNWRITABLE: setup,
  SCHEMA_OUT_OF_DATE: setup,
  DATA_FOLDER_UNUSABLE: setup,
  SERVER_NOT_RUNNING: setup,
  DATABASE_UNREACHABLE: setup,
  DATABASE_TOO_OLD: setup,
  DATABASE_NOT_UTF8: setup,
  DATABASE_MISMATCH: setup,
  DATABASE_ROLES_MISSING: setup,
  DATABASE_GRANTS_MISSING: setup,
  DATABASE_POOLER_UNDECLARED: setup,
  DATABASE_LISTEN_POOLED: setup,
  DATABASE_LIMITS_MISSING: setup,
  DATABASE_RIGHTS_MISSING: setup,
  DATABASE_READER_TOO_STRONG: setup,
  DATABASE_WRITER_TOO_STRONG: setup,
  DATABASE_START_FAILED: setup,
  DATABASE_NEWER_THAN_PROGRAM: setup,
} as const satisfies Record<string, ErrorRow>;

export type ErrorReason = keyof typeof ERRORS;

/** Values for the placeholders of an error's text. They are shown to the caller: never put a secret here. */
export type ErrorVariables = Readonly<Record<string, string | number | readonly string[]>>;

/** A fault with a name. The edge (HTTP, command line) turns it into a text in the caller's language. */
export class AppError extends Error {
  override readonly name = 'AppError';

  constructor(
    readonly reason: ErrorReason,
    readonly vars: ErrorVariables = {},
    options?: { cause?: unknown },
  ) {
    super(reason, options);
  }

  get row(): ErrorRow {
    return ERRORS[this.reason];
  }
}
