import { WESTERN_80 } from './mojibake.js';
import { Refused } from './refused.js';

/** Fifty times the size of a typical release page. */
export const MAX_PAGE_BYTES = 2 * 1024 * 1024;

const CONTROLS = /[\0-\x08\x0e-\x1f]/;
const DECLARED = /<meta\b[^>]*?\bcharset\s*=\s*["']?\s*([\w:.-]+)/i;
/** On the web, all of these labels mean windows-1252 (Encoding Standard §4.2). */
const WESTERN = /^(?:windows-1252|cp1252|iso-?8859-1|latin-?1|us-ascii|ascii)$/i;

/**
 * Decodes a file: UTF-8 (with or without a byte order mark), UTF-16 with its mark, and windows-1252 if the page
 * declares it and the bytes are not valid UTF-8.
 */
export function decodePage(bytes: Uint8Array): string {
  if (bytes.byteLength > MAX_PAGE_BYTES) {
    throw new Refused('FILE_TOO_LARGE', { megabytes: MAX_PAGE_BYTES / 1024 / 1024 });
  }
  const text = decode(bytes).replace(/^\uFEFF/, '');
  if (CONTROLS.test(text)) throw new Refused('FILE_BINARY');
  // A form feed ends a printed page, and therefore a line.
  return text.replace(/\r\n?|[\f\v]/g, '\n');
}

function decode(bytes: Uint8Array): string {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return strictly('utf-16le', bytes);
  if (first === 0xfe && second === 0xff) return strictly('utf-16be', bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    const start = decodeWestern(bytes.subarray(0, 4096));
    const declared = DECLARED.exec(start)?.[1];
    if (declared === undefined || /^utf-?8$/i.test(declared)) throw new Refused('FILE_BINARY');
    if (!WESTERN.test(declared))
      throw new Refused('FILE_ENCODING_UNKNOWN', { encoding: declared.slice(0, 40) });
    return decodeWestern(bytes);
  }
}

function strictly(encoding: 'utf-16le' | 'utf-16be', bytes: Uint8Array): string {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    throw new Refused('FILE_BINARY');
  }
}

/** Implemented here because Node 20 decodes windows-1252 as ISO 8859-1: quotation marks would become controls. */
function decodeWestern(bytes: Uint8Array): string {
  const text = new TextDecoder('latin1').decode(bytes);
  return text.replace(/[\x80-\x9f]/g, (char) => {
    const meant = WESTERN_80.charAt(char.charCodeAt(0) - 0x80);
    if (meant === ' ') throw new Refused('FILE_BINARY');
    return meant;
  });
}
