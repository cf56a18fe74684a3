import { createReadStream } from 'node:fs';

import type { DataSource } from 'typeorm';

import type { ReferenceCache } from '../features/audience/index.js';
import {
  MAX_LINE_LENGTH,
  MAX_PAGE_BYTES,
  parsePage,
  type ReleasePage,
  releaseLineParser,
  type Delivered,
  type Delivery,
  deliver,
  type DeliveryOptions,
  deliveryOfLine,
  deliveryOfPages,
  pagesByNumber,
} from '../features/import/index.js';
import { AppError } from '../kernel/errors.js';
import type { Locale } from '../kernel/locale.js';
import type { ImportReport } from './import-report.js';
import { inOrderOfArrival, Turns } from './in-order.js';
import { pathOf } from './named-file.js';
import { readLines } from './read-lines.js';

export interface ImportTools {
  readonly dataSource: DataSource;
  readonly cache: ReferenceCache;
  readonly countries: ReadonlySet<string>;
  readonly report: ImportReport;
  readonly options: DeliveryOptions;
  readonly original: Locale | null;
  /** Once aborted, no new release is started. */
  readonly interrupted: AbortSignal;
}

export async function importPages(tools: ImportTools, files: readonly string[]): Promise<void> {
  const pages: ReleasePage[] = [];
  for (const file of files) {
    const page = await readPage(tools, file);
    if (page) pages.push(page);
  }
  for (const group of pagesByNumber(pages)) {
    if (tools.interrupted.aborted) return;
    await importGroup(tools, group);
  }
}

async function readPage({ report }: ImportTools, file: string): Promise<ReleasePage | null> {
  try {
    const result = parsePage(await readFile(file), file);
    if (result.ok) return result.page;
    report.refused({ source: file }, new AppError(result.reason, result.vars));
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    report.refused({ source: file }, error);
  }
  return null;
}

/** @throws AppError FILE_UNREADABLE, FILE_TOO_LARGE */
async function readFile(file: string): Promise<Uint8Array> {
  try {
    const stream = createReadStream(pathOf(file), { end: MAX_PAGE_BYTES });
    const parts: Buffer[] = [];
    for await (const part of stream) parts.push(part as Buffer);
    // A device or a pipe has no size, so one byte more than the limit is read to detect a larger file.
    const bytes = Buffer.concat(parts);
    if (bytes.length > MAX_PAGE_BYTES) {
      throw new AppError('FILE_TOO_LARGE', { megabytes: MAX_PAGE_BYTES / 1024 / 1024 });
    }
    return bytes;
  } catch (error) {
    throw unreadable(error);
  }
}

function unreadable(error: unknown): unknown {
  if (error instanceof AppError) return error;
  const detail = (error as NodeJS.ErrnoException).code;
  return detail === undefined
    ? error
    : new AppError('FILE_UNREADABLE', { detail }, { cause: error });
}

async function importGroup(tools: ImportTools, group: readonly ReleasePage[]): Promise<void> {
  const { report, original } = tools;
  const source = group.map((page) => page.source).join(', ');
  try {
    const delivery = deliveryOfPages(group, original);
    const notes = group.map((page) => ({ source: page.source, notes: page.notes }));
    report.delivered({ source }, delivery, await bringIn(tools, delivery), notes);
  } catch (error) {
    if (!(error instanceof AppError) || error.row.status >= 500) throw error;
    report.refused({ source }, error);
  }
}

function bringIn(
  { dataSource, cache, options }: ImportTools,
  delivery: Delivery,
): Promise<Delivered> {
  return deliver(dataSource, cache, delivery, options);
}

/** Imports a JSON Lines file of any length, in bounded memory. */
export async function importLines(tools: ImportTools, file: string): Promise<void> {
  const { report, countries } = tools;
  const parse = releaseLineParser(countries);
  const lines = readLines(createReadStream(pathOf(file)));
  const inTurn = new Turns();
  const results = inOrderOfArrival(lines, async ({ text, number: line, fault }) => {
    if (fault) return { line, refusal: new AppError(fault, { count: MAX_LINE_LENGTH }) };
    const parsed = parse(text, line);
    if (!parsed.ok) return { line, refusal: new AppError(parsed.reason, parsed.vars) };
    const delivery = deliveryOfLine(parsed.release, parsed.embargo);
    // Of two lines with the same number, the later one is newer.
    const { number } = parsed.release;
    const delivered = await inTurn.take(number, () => bringIn(tools, delivery));
    return { line, notes: parsed.notes, delivery, delivered };
  });
  try {
    for await (const result of results) {
      const place = { source: file, line: result.line };
      if ('refusal' in result && result.refusal) report.refused(place, result.refusal);
      if (result.delivery) {
        const notes = [{ source: `${file}:${result.line}`, notes: result.notes }];
        report.delivered(place, result.delivery, result.delivered, notes);
      }
      report.progress();
      if (tools.interrupted.aborted) return;
    }
  } catch (error) {
    const named = unreadable(error);
    if (!(named instanceof AppError) || named.reason !== 'FILE_UNREADABLE') throw named;
    report.refused({ source: file }, named);
  }
}
