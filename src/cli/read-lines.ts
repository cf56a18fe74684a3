export interface Line {
  /** The line number from 1. */
  readonly number: number;
  readonly text: string;
  /** Why the line could not be read; its text is empty then. */
  readonly fault: 'LINE_TOO_LONG' | 'FILE_BINARY' | null;
}

/** In bytes: {@link MAX_LINE_LENGTH} UTF-16 units take three bytes each at most. */
const MAX_LINE_LENGTH = 3 * 2_000_000;
const NEWLINE = 0x0a;

/** An invalid UTF-8 byte must not become a replacement character. */
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Yields the lines of a stream that are not blank, one at a time, however long the stream or a line is. */
export async function* readLines(stream: AsyncIterable<Buffer>): AsyncGenerator<Line> {
  let parts: Buffer[] = [];
  let length = 0;
  let number = 1;
  const add = (part: Buffer): void => {
    length += part.length;
    // A longer line is skipped without being held in memory.
    if (length > MAX_LINE_LENGTH) parts = [];
    else parts.push(part);
  };
  for await (const chunk of stream) {
    let start = 0;
    for (let end = chunk.indexOf(NEWLINE); end >= 0; end = chunk.indexOf(NEWLINE, start)) {
      add(chunk.subarray(start, end));
      const line = lineOf(parts, length, number);
      if (!isBlank(line)) yield line;
      parts = [];
      length = 0;
      number += 1;
      start = end + 1;
    }
    add(chunk.subarray(start));
  }
  const last = lineOf(parts, length, number);
  if (!isBlank(last)) yield last;
}

function lineOf(parts: readonly Buffer[], length: number, number: number): Line {
  if (length > MAX_LINE_LENGTH) return { number, text: '', fault: 'LINE_TOO_LONG' };
  try {
    const text = decoder.decode(Buffer.concat(parts)).replace(/\r$/, '');
    return { number, text: number === 1 ? text.replace(/^\uFEFF/, '') : text, fault: null };
  } catch {
    return { number, text: '', fault: 'FILE_BINARY' };
  }
}

function isBlank({ text, fault }: Line): boolean {
  return fault === null && text.trim() === '';
}
