import { readdirSync, readFileSync } from 'node:fs';
import { brotliCompressSync } from 'node:zlib';

import { expect, it } from '@jest/globals';

import { ensureBuilt } from '../support/built.js';

const FOLDER = new URL('../../dist/site/', import.meta.url);
const MAX_BYTES = 110_000;

it('the scripts of a reader are small', () => {
  ensureBuilt();
  const names = readdirSync(new URL('assets/', FOLDER)).filter((name) => name.endsWith('.js'));
  const files = ['worker.js', ...names.map((name) => `assets/${name}`)];
  const sizes = files.map((name) => {
    return [name, brotliCompressSync(readFileSync(new URL(name, FOLDER))).length] as const;
  });
  const total = sizes.reduce((sum, [, bytes]) => sum + bytes, 0);
  process.stdout.write(`${sizes.map((size) => size.join(' ')).join(', ')}; together ${total}\n`);
  expect(files.length).toBeGreaterThan(3);
  expect(total).toBeLessThanOrEqual(MAX_BYTES);
  // Every page has this one; the others are for readers who store a copy.
  const [, page = 0] = sizes.find(([name]) => name.startsWith('assets/page-')) ?? [];
  expect(page).toBeLessThan(5_000);
});
