import type { IncomingMessage } from 'node:http';
import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate } from 'node:zlib';

import { AppError } from '../../kernel/errors.js';
import { duplicateMember } from '../../kernel/json-members.js';
import { refuseUnwieldy } from '../graphql/limits/json-shape.js';

/**
 * Reads the bytes of a request's body, as they come, and then goes on in the same turn of the event loop.
 *
 * @param maxBytes in bytes; what is longer is not read
 * @param done is called once with the bytes, unless `failed` is
 * @param failed AppError REQUEST_TOO_LARGE; REQUEST_INVALID where the caller has gone before the end
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
  // Also where the caller goes away under way.
  request.on('error', cut);
}

const EMPTY = Buffer.alloc(0);

/**
 * Reads on and keeps nothing: where a connection is closed while the caller still sends, the answer is lost with it
 * (RFC 9112 §9.6). Who sends for longer is cut off.
 */
export function passOver(raw: IncomingMessage): void {
  const cut = setTimeout(() => raw.destroy(), LINGER_MS).unref();
  raw.once('close', () => clearTimeout(cut));
  raw.resume();
}

const LINGER_MS = 2_000;

/** By the names of RFC 9110 §8.4.1; each gives up at `maxOutputLength`, whatever is still to come. */
const UNPACK = new Map([
  ['gzip', promisify(gunzip)],
  ['x-gzip', promisify(gunzip)],
  ['deflate', promisify(inflate)],
  ['br', promisify(brotliDecompress)],
]);

/**
 * The body as it was before the caller packed it.
 *
 * @param encoding of the header Content-Encoding; one, for nobody packs twice but to make something burst
 * @param maxBytes in bytes; nothing is unpacked beyond
 * @throws AppError REQUEST_ENCODING_UNKNOWN, REQUEST_TOO_LARGE; REQUEST_INVALID where it was not packed so
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
/** What the Fetch standard lets another site send without asking first is for Apollo's CSRF prevention to name. */
const NO_TYPE = /^(text\/plain *(;|$)|$)/i;

/**
 * @param contentType of the header
 * @returns undefined where the body has no type to go by
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
  // A proxy or a log may read the first of two members where JSON.parse takes the last. Costs 2 µs a kilobyte.
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
