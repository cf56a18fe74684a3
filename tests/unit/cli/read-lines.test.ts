import { describe, expect, it } from '@jest/globals';

import { inOrderOfArrival, Turns } from '../../../src/cli/in-order.js';
import { type Line, readLines } from '../../../src/cli/read-lines.js';

/** A stream that comes in pieces of so many bytes. */
async function* pieces(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) {
    yield await Promise.resolve(bytes.subarray(at, at + size));
  }
}

async function collected<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}

async function linesOf(content: string | Buffer, size = 64 * 1024): Promise<Line[]> {
  return collected(readLines(pieces(Buffer.from(content), size)));
}

const numbered = (lines: readonly Line[]) => lines.map(({ number, text }) => [number, text]);

describe('lines of a stream', () => {
  it.each<[string, string, [number, string][]]>([
    ['none at all', '', []],
    ['one without an end', 'a', [[1, 'a']]],
    ['one with an end', 'a\n', [[1, 'a']]],
    [
      'blank ones, which count',
      '\n \na\n\n\t\nb',
      [
        [3, 'a'],
        [6, 'b'],
      ],
    ],
    [
      'those of Windows',
      'a\r\n\r\nb\r\n',
      [
        [1, 'a'],
        [3, 'b'],
      ],
    ],
    [
      'with a byte order mark',
      '\uFEFFa\n\uFEFFb',
      [
        [1, 'a'],
        [2, '\uFEFFb'],
      ],
    ],
    ['with separators that end no line', 'a\u2028b\u0085c\vd\n', [[1, 'a\u2028b\u0085c\vd']]],
    [
      'in letters of several bytes',
      'é漢🇭🇹\nש\n',
      [
        [1, 'é漢🇭🇹'],
        [2, 'ש'],
      ],
    ],
  ])('%s', async (_, content, lines) => {
    for (const size of [1, 2, 3, 64 * 1024]) {
      expect(numbered(await linesOf(content, size))).toEqual(lines);
    }
  });

  it('that are no UTF-8 are named, and the next one is read', async () => {
    const bytes = Buffer.concat([
      Buffer.from('a\n'),
      Buffer.from('é\n', 'latin1'),
      Buffer.from('b'),
    ]);
    expect(await linesOf(bytes)).toEqual([
      { number: 1, text: 'a', fault: null },
      { number: 2, text: '', fault: 'FILE_BINARY' },
      { number: 3, text: 'b', fault: null },
    ]);
  });

  it('that are endless are named without being held', async () => {
    const endless = (async function* () {
      const block = Buffer.alloc(1024 * 1024, 'x');
      for (let count = 0; count < 300; count += 1) yield await Promise.resolve(block);
      yield Buffer.from('\nb');
    })();
    const before = process.memoryUsage().arrayBuffers;
    let max = 0;
    const lines: Line[] = [];
    for await (const line of readLines(endless)) {
      max = Math.max(max, process.memoryUsage().arrayBuffers - before);
      lines.push(line);
    }
    expect(lines).toEqual([
      { number: 1, text: '', fault: 'LINE_TOO_LONG' },
      { number: 2, text: 'b', fault: null },
    ]);
    expect(max).toBeLessThan(50 * 1024 * 1024);
  });
});

describe('several at a time', () => {
  it('give their results in the order of the items, and no more than four are held', async () => {
    let running = 0;
    let max = 0;
    const results = inOrderOfArrival([5, 1, 4, 2, 3, 9, 7], async (item) => {
      max = Math.max(max, (running += 1));
      // Later items are done first.
      for (let turn = 0; turn < item; turn += 1) await Promise.resolve();
      running -= 1;
      return item;
    });
    expect(await collected(results)).toEqual([5, 1, 4, 2, 3, 9, 7]);
    expect(max).toBeGreaterThan(1);
    expect(max).toBeLessThanOrEqual(4);
  });

  it('are all done once somebody stops early, or one of them fails', async () => {
    for (const stop of ['break', 'throw']) {
      let begun = 0;
      let done = 0;
      const results = inOrderOfArrival([1, 2, 3, 4, 5, 6], async (item) => {
        begun += 1;
        await new Promise((resolve) => setImmediate(resolve));
        done += 1;
        if (stop === 'throw' && item === 2) throw new Error('two');
        return item;
      });
      const read = async () => {
        for await (const item of results) if (stop === 'break' && item === 2) break;
      };
      if (stop === 'throw') await expect(read()).rejects.toThrow('two');
      else await read();
      expect([stop, done]).toEqual([stop, begun]);
      expect(begun).toBeLessThan(6);
    }
  });

  it('of one name follow each other', async () => {
    const turns = new Turns();
    const log: string[] = [];
    const work = (name: string, steps: number) =>
      turns.take(name.charAt(0), async () => {
        log.push(`${name} begins`);
        for (let step = 0; step < steps; step += 1) await Promise.resolve();
        log.push(`${name} ends`);
      });
    await Promise.all([work('a1', 9), work('b1', 1), work('a2', 1)]);
    expect(log.filter((entry) => entry.startsWith('a'))).toEqual([
      'a1 begins',
      'a1 ends',
      'a2 begins',
      'a2 ends',
    ]);
    expect(log.indexOf('b1 ends')).toBeLessThan(log.indexOf('a1 ends'));
  });
});
