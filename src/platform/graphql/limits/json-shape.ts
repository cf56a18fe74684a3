import { AppError } from '../../../kernel/errors.js';

/** Levels of lists and objects in the JSON of a request; variables of this schema need four. */
const MAX_DEPTH = 32;
/** In the whole request. A body of maximum size holds half a million; parsing them blocks all requests for 20 ms. */
const MAX_VALUES = 5_000;
/** Of one string, in bytes: no paragraph, and no document within the token limit, is that long. */
const MAX_TEXT_LENGTH = 256 * 1024;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPEN_LIST = 0x5b;
const CLOSE_LIST = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;
const COMMA = 0x2c;

/**
 * Reads only brackets, commas and quotation marks: parsing blocks all other requests, and recursive functions, some of
 * them not ours, walk the parsed value.
 *
 * @param json its bytes, valid JSON or not
 * @throws AppError REQUEST_NESTED, REQUEST_TOO_MANY_VALUES, REQUEST_TEXT_TOO_LONG
 */
export function refuseUnwieldy(json: Buffer): void {
  if (json.length <= MAX_DEPTH) return;
  let depth = 0;
  let values = 1;
  let isText = false;
  let textBegan = 0;
  for (let at = 0; at < json.length; at += 1) {
    const byte = json[at];
    if (isText) {
      if (byte === BACKSLASH) at += 1;
      else if (byte === QUOTE) isText = false;
      else if (at - textBegan > MAX_TEXT_LENGTH) {
        throw new AppError('REQUEST_TEXT_TOO_LONG', { max: MAX_TEXT_LENGTH });
      }
    } else if (byte === QUOTE) {
      isText = true;
      textBegan = at;
    } else if (byte === OPEN_LIST || byte === OPEN_OBJECT) {
      depth += 1;
      if (depth > MAX_DEPTH) throw new AppError('REQUEST_NESTED', { max: MAX_DEPTH });
    } else if (byte === CLOSE_LIST || byte === CLOSE_OBJECT) depth -= 1;
    else if (byte === COMMA) {
      values += 1;
      if (values > MAX_VALUES) throw new AppError('REQUEST_TOO_MANY_VALUES', { max: MAX_VALUES });
    }
  }
}

/**
 * Likewise for the JSON in a URL.
 *
 * @throws AppError REQUEST_NESTED, REQUEST_TOO_MANY_VALUES, REQUEST_TEXT_TOO_LONG
 */
export function refuseUnwieldyAddress(url: string): void {
  if (!/(\[|%5b|\{|%7b){3}/i.test(url)) return;
  const mark = url.indexOf('?');
  const parameters = new URLSearchParams(mark < 0 ? '' : url.slice(mark));
  for (const name of ['variables', 'extensions']) {
    for (const value of parameters.getAll(name)) refuseUnwieldy(Buffer.from(value));
  }
}

/**
 * Likewise for a value that is already parsed.
 *
 * @throws AppError REQUEST_NESTED
 */
export function refuseNestedValue(value: unknown, level = 1): void {
  if (typeof value !== 'object' || value === null) return;
  if (level > MAX_DEPTH) throw new AppError('REQUEST_NESTED', { max: MAX_DEPTH });
  for (const part of Object.values(value)) refuseNestedValue(part, level + 1);
}
