import type { IncomingMessage } from 'node:http';
import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate } from 'node:zlib';

import { AppError } from '../../kernel/errors.js';
import { duplicateMember } from '../../kernel/json-members.js';
import { refuseUnwieldy } from '../graphql/limits/json-shape.js';

/**
 * Reads the bytes of a request body as they arrive, and calls `done` in the turn of the event loop in which it ends.
 *
 * @param maxBytes in bytes; a longer body is not read
 * @param done is called once with the bytes, unless `failed` is called
 * @param failed is called with AppError REQUEST_TOO_LARGE, or REQUEST_INVALID if the client disconnects before the end
 */
export function readBody(
  request: IncomingMessage,
  maxBytes: number,
  done: (bytes: Buffer) => void,
  failed: (error: AppError) => void,
): void {
  let isOver = false;
  const fail = (error: AppError): void => {
    if (isOver) return;
    isOver = true;
    failed(error);
  };
  const tooLarge = (): void => fail(new AppError('REQUEST_TOO_LARGE', { max: maxBytes }));
  if (Number(request.headers['content-length'] ?? 0) > maxBytes) return tooLarge();
  const chunks: Buffer[] = [];
  let length = 0;
  request.on('data', (chunk: Buffer) => {
    length += chunk.length;
    if (length <= maxBytes) chunks.push(chunk);
    else tooLarge();
  });
  request.on('end', () => {
    if (isOver) return;
    isOver = true;
    const [only = EMPTY] = chunks;
    done(chunks.length > 1 ? Buffer.concat(chunks, length) : only);
  });
  const cut = (): void => fail(new AppError('REQUEST_INVALID', { detail: 'cut off' }));
  // Also if the client disconnects before the end.
  request.on('error', cut);
}

const EMPTY = Buffer.alloc(0);

/**
 * Reads the rest of a request and discards it: if a connection is closed while the client is still sending, the
 * response is lost (RFC 9112 §9.6). A client that sends for longer than {@link LINGER_MS} is cut off.
 */
export function passOver(raw: IncomingMessage): void {
  const cut = setTimeout(() => raw.destroy(), LINGER_MS).unref();
  raw.once('close', () => clearTimeout(cut));
  raw.resume();
}

const LINGER_MS = 2_000;

/** By the names of RFC 9110 §8.4.1. Each one stops at `maxOutputLength`, however much input remains. */
const UNPACK = new Map([
  ['gzip', promisify(gunzip)],
  ['x-gzip', promisify(gunzip)],
  ['deflate', promisify(inflate)],
  ['br', promisify(brotliDecompress)],
]);

/**
 * Decompresses a request body.
 *
 * @param encoding the header Content-Encoding; only one, because nobody compresses twice except for a decompression
 *   bomb
 * @param maxBytes in bytes; decompression stops there
 * @throws AppError REQUEST_ENCODING_UNKNOWN, REQUEST_TOO_LARGE; REQUEST_INVALID if the body is not in that encoding
 */
export async function unpackBody(
  body: Buffer,
  encoding: string | undefined,
  maxBytes: number,
): Promise<Buffer> {
  if (!isPacked(encoding)) return body;
  const unpack = UNPACK.get(encoding.trim().toLowerCase());
  if (!unpack) throw new AppError('REQUEST_ENCODING_UNKNOWN');
  try {
    return await unpack(body, { maxOutputLength: maxBytes });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ERR_BUFFER_TOO_LARGE') throw new AppError('REQUEST_TOO_LARGE', { max: maxBytes });
    throw new AppError('REQUEST_INVALID', { detail: String(code) });
  }
}

export function isPacked(encoding: string | undefined): encoding is string {
  return encoding !== undefined && encoding !== '' && !/^\s*identity\s*$/i.test(encoding);
}

const JSON_TYPE = /^application\/([\w.-]+\+)?json *(;|$)/i;
/** Types that the Fetch standard lets another site send without a preflight; Apollo's CSRF prevention reports them. */
const NO_TYPE = /^(text\/plain *(;|$)|$)/i;

/**
 * @param contentType the header Content-Type
 * @returns undefined if the body has no type that identifies its format
 * @throws AppError REQUEST_INVALID, REQUEST_NESTED, REQUEST_TOO_MANY_VALUES, REQUEST_TEXT_TOO_LONG,
 *   REQUEST_MEMBER_TWICE; with the status 415 for a type that is not JSON
 */
export function parseBody(body: Buffer, contentType = ''): unknown {
  if (!JSON_TYPE.test(contentType)) {
    if (NO_TYPE.test(contentType)) return undefined;
    throw Object.assign(new Error(`the type ${contentType}`), { statusCode: 415 });
  }
  refuseUnwieldy(body);
  const { text, value } = parsedJson(body);
  // A proxy or a log may read the first of two members with one name, but JSON.parse uses the last. Costs 2 µs per kB.
  const member = duplicateMember(text);
  if (member !== null) throw new AppError('REQUEST_MEMBER_TWICE', { member });
  return value;
}

/** @throws AppError REQUEST_INVALID */
function parsedJson(body: Buffer): { text: string; value: unknown } {
  try {
    const text = UTF8.decode(body);
    return { text, value: JSON.parse(text) as unknown };
  } catch (error) {
    throw new AppError('REQUEST_INVALID', { detail: String(error) });
  }
}

const UTF8 = new TextDecoder('utf-8', { fatal: true });
