import { randomUUID } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';

import { AppError } from '../../kernel/errors.js';
import type { HttpMeters } from '../observe/http-meters.js';
import { faultBody, faultLanguage, type FaultOptions } from './fault-response.js';

/** All headers of a request together, in bytes; leaves room for a long token and a query in the URL. */
export const MAX_HEADER_BYTES = 16 * 1024;
/** A client that takes longer to send the headers is cut off. */
export const MAX_HEADERS_MS = 10_000;
/** Likewise for the whole request. */
export const MAX_REQUEST_MS = 30_000;

const BY_CODE: Record<string, AppError> = {
  HPE_HEADER_OVERFLOW: new AppError('HEADERS_TOO_LARGE', { max: MAX_HEADER_BYTES }),
  ERR_HTTP_REQUEST_TIMEOUT: new AppError('REQUEST_TOO_SLOW'),
};

/** Responds on the socket and closes it: input that is not HTTP, or arrives too late, never becomes a request. */
export function sendClientError(
  parts: FaultOptions & { readonly meters: HttpMeters },
  error: Error,
  socket: Socket,
): void {
  const { code = '' } = error as NodeJS.ErrnoException;
  if (code === 'ECONNRESET' || !socket.writable) return void socket.destroy();
  const fault = BY_CODE[code] ?? new AppError('REQUEST_INVALID');
  const id = randomUUID();
  const request = { id, headers: {} };
  const body = faultBody(parts, request, fault);
  const { status } = fault.row;
  parts.meters.other.responded(status);
  parts.onRefusal?.(fault.reason);
  const lines = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    'content-type: application/json; charset=utf-8',
    `content-language: ${faultLanguage(parts, request)}`,
    `content-length: ${Buffer.byteLength(body)}`,
    `x-request-id: ${id}`,
    'connection: close',
  ];
  socket.end(`${lines.join('\r\n')}\r\n\r\n${body}`);
}
