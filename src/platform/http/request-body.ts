import type { IncomingMessage } from 'node:http';

import { AppError } from '../../kernel/errors.js';

/**
 * The bytes of a request's body.
 *
 * @param most in bytes; what is longer is not read
 * @throws AppError REQUEST_TOO_LARGE; REQUEST_INVALID where the caller has gone before the end
 */
export function readBody(request: IncomingMessage, most: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const tooLarge = (): void => reject(new AppError('REQUEST_TOO_LARGE', { max: most }));
    if (Number(request.headers['content-length'] ?? 0) > most) return tooLarge();
    const chunks: Buffer[] = [];
    let length = 0;
    request.on('data', (chunk: Buffer) => {
      length += chunk.length;
      if (length <= most) chunks.push(chunk);
      else tooLarge();
    });
    request.on('end', () => {
      const [only = EMPTY] = chunks;
      resolve(chunks.length > 1 ? Buffer.concat(chunks, length) : only);
    });
    const cut = (): void => reject(new AppError('REQUEST_INVALID', { detail: 'cut off' }));
    request.on('error', cut);
    request.on('aborted', cut);
  });
}

const EMPTY = Buffer.alloc(0);

const JSON_TYPE = /^application\/([\w.-]+\+)?json *(;|$)/i;
/** What the Fetch standard lets another site send without asking first is for Apollo's CSRF prevention to name. */
const NO_TYPE = /^(text\/plain *(;|$)|$)/i;

/**
 * @param contentType of the header
 * @returns undefined where the body has no type to go by
 * @throws AppError REQUEST_INVALID; with the status 415 for a type that is not JSON
 */
export function parseBody(body: Buffer, contentType = ''): unknown {
  if (!JSON_TYPE.test(contentType)) {
    if (NO_TYPE.test(contentType)) return undefined;
    throw Object.assign(new Error(`the type ${contentType}`), { statusCode: 415 });
  }
  try {
    return JSON.parse(UTF8.decode(body)) as unknown;
  } catch (error) {
    throw new AppError('REQUEST_INVALID', { detail: String(error) });
  }
}

const UTF8 = new TextDecoder('utf-8', { fatal: true });
