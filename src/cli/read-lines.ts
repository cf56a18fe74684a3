export interface Line {
  /** From 1. */
  readonly number: number;
  readonly text: string;
  /** The text was too long to keep, and was not kept. */
  readonly isTooLong: boolean;
}

/** In bytes; what is longer is passed over without being held in memory. */
const LONGEST_LINE = 4 * 1024 * 1024;
const NEWLINE = 0x0a;

/** The lines of a stream that are not blank, one at a time, however long the stream or a line of it is. */
export async function* readLines(stream: AsyncIterable<Buffer>): AsyncGenerator<Line> {
  let parts: Buffer[] = [];
  let length = 0;
  let number = 1;
  const line = (): Line => {
    const isTooLong = length > LONGEST_LINE;
    const text = isTooLong ? '' : Buffer.concat(parts).toString('utf8').replace(/\r$/, '');
    return { number, text: number === 1 ? text.replace(/^\uFEFF/, '') : text, isTooLong };
  };
  const add = (part: Buffer): void => {
    length += part.length;
    if (length > LONGEST_LINE) parts = [];
    else parts.push(part);
  };
  for await (const chunk of stream) {
    let start = 0;
    for (let end = chunk.indexOf(NEWLINE); end >= 0; end = chunk.indexOf(NEWLINE, start)) {
      add(chunk.subarray(start, end));
      const found = line();
      if (found.isTooLong || found.text.trim() !== '') yield found;
      parts = [];
      length = 0;
      number += 1;
      start = end + 1;
    }
    add(chunk.subarray(start));
  }
  const last = line();
  if (last.isTooLong || last.text.trim() !== '') yield last;
}
