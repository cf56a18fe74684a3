import type { IncomingHttpHeaders } from 'node:http';

import type { Logger } from 'pino';

import { AppError, type ErrorReason } from '../../kernel/errors.js';
import { type Locale, TAG_OF } from '../../kernel/locale.js';
import { faultOf, shortenedVars } from '../graphql/errors/faults.js';
import { headerLocale } from '../i18n/caller-locale.js';
import type { Messages } from '../i18n/messages.js';

export interface FaultOptions {
  readonly messages: Messages;
  readonly localeOrder: readonly Locale[];
  readonly log: Logger;
  /** Called with the reason of each request that is refused before there is an operation. */
  readonly onRefusal?: (reason: ErrorReason) => void;
}

/** The request that met a fault. */
export interface FaultyRequest {
  readonly id: string;
  readonly headers: IncomingHttpHeaders;
}

/** The response to an error that occurred before an operation ran. */
export interface FaultResponse {
  readonly status: number;
  readonly headers: Record<string, string>;
  /** JSON text. */
  readonly body: string;
}

/** The maximum size of a request body, in bytes, both before and after decompression. */
export const MAX_BODY_BYTES = 1024 * 1024;

/**
 * Formats an error that was thrown before an operation ran, in the caller's language. Errors that the caller cannot fix
 * are logged.
 */
export function faultResponse(
  parts: FaultOptions,
  request: FaultyRequest,
  thrown: unknown,
): FaultResponse {
  const status = (thrown as { statusCode?: number } | null)?.statusCode ?? 500;
  const { error, cause } =
    status < 500 ? { error: refusalOf(status, thrown), cause: thrown } : faultOf(thrown);
  const { reason, row } = error;
  parts.onRefusal?.(reason);
  if (reason === 'TOKEN_INVALID') {
    parts.log.info({ requestId: request.id, reason, why: error.cause }, 'A token was refused');
  }
  if (row.level !== 'info') {
    const entry = { requestId: request.id, reason, err: cause };
    parts.log[row.level](entry, 'A request met an error');
  }
  const seconds = error.vars.seconds ?? row.retryAfterS;
  return {
    status: status < 500 ? status : row.status,
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'content-language': faultLanguage(parts, request),
      vary: 'Accept-Language',
      // Some caches store errors for a while; this one must not outlive its cause.
      ...(seconds !== undefined && { 'retry-after': String(seconds), 'cache-control': 'no-store' }),
      // RFC 6750 §3.
      ...(reason === 'TOKEN_INVALID' && { 'www-authenticate': 'Bearer error="invalid_token"' }),
    },
    body: faultBody(parts, request, error),
  };
}

/** The JSON body of an error response. */
export function faultBody(parts: FaultOptions, request: FaultyRequest, error: AppError): string {
  const locale = callerLocale(parts, request);
  const { reason, row, vars } = error;
  const message = parts.messages.text(locale, `errors:${reason}`, {
    requestId: request.id,
    ...shortenedVars(vars),
  });
  const extensions = { code: row.code, reason, requestId: request.id };
  return JSON.stringify({ errors: [{ message, extensions }] });
}

/** The value of Content-Language for {@link faultBody}. */
export function faultLanguage(parts: FaultOptions, request: FaultyRequest): string {
  return TAG_OF[callerLocale(parts, request)];
}

function callerLocale({ localeOrder }: FaultOptions, { headers }: FaultyRequest): Locale {
  return headerLocale(headers['accept-language'], localeOrder);
}

function refusalOf(status: number, error: unknown): AppError {
  if (status === 413) return new AppError('REQUEST_TOO_LARGE', { max: MAX_BODY_BYTES });
  return new AppError('REQUEST_INVALID', { detail: String(error) });
}

/**
 * Whether Apollo refused a request before there was an operation (a batch, CSRF, no query). Such a response never
 * reaches the plugins, so it has neither an error code of ours nor a message in the caller's language.
 */
export function isUnnamedRefusal(status: number, body: unknown): boolean {
  if (status < 400 || status >= 500 || typeof body !== 'string') return false;
  return body.startsWith('{"errors":') && !body.includes('"reason":');
}
