import { createHmac } from 'node:crypto';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { PRESENTATION } from '../../src/kernel/presentation.js';
import { notePresentation } from '../../src/features/syndication/presentation.repository.js';
import { findOrCreateSecret } from '../../src/platform/db/secret.js';
import { aRelease } from '../support/a-release.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { Copy, type CopyContext } from '../support/copy.js';
import { asOwner } from '../support/database.js';
import { LiveClient } from '../support/live.js';

let gateway: TestApp;
let key: string;

beforeAll(async () => {
  gateway = await createTestApp();
  await gateway.given(
    aRelease('101/23').dated('2023-05-01').mentioning('KN', 'US').in('FR').in('EN').published(),
    aRelease('102/23').dated('2023-06-01').mentioning('SV').in('EN').published(),
    aRelease('103/23').dated('2023-07-01').in('ES').in('FR').in('PT').published(),
  );
  const none = (): never => {
    throw new Error('the program has made its key');
  };
  const secret = await gateway.database.asOwner((owner) =>
    findOrCreateSecret<{ key: string }>(owner, 'cursor_key', none),
  );
  key = secret.key;
}, 240_000);
afterAll(() => gateway.close());

const query: TestApp['query'] = (document, request) => gateway.query(document, request);

const SEAL_BYTES = 16;

/** The cursor as a node would have made it that has another presentation; null: one from before there were any. */
function resealed(cursor: string, presentation: number | null): string {
  const bytes = Buffer.from(cursor, 'base64url');
  const { presentation: own, ...rest } = JSON.parse(
    bytes.subarray(SEAL_BYTES).toString(),
  ) as Record<string, unknown>;
  expect(own).toBe(PRESENTATION);
  const body = Buffer.from(
    JSON.stringify(presentation === null ? rest : { ...rest, presentation }),
  );
  const seal = createHmac('sha256', key).update(body).digest().subarray(0, SEAL_BYTES);
  return Buffer.concat([seal, body]).toString('base64url');
}

interface Held {
  id: string;
  dateText: string;
  release: { date: string; mentions: { code: string; name: { value: string; lang: string } }[] };
}

/** As the version before showed a release: names and dates of CLDR alone. */
function asBefore(text: string, tag: string): Held {
  const held = JSON.parse(text) as Held;
  const dates = new Intl.DateTimeFormat(tag, { dateStyle: 'long', timeZone: 'UTC' });
  const names = new Intl.DisplayNames([tag], { type: 'region' });
  held.dateText = dates.format(new Date(held.release.date));
  for (const { code, name } of held.release.mentions) name.value = names.of(code) ?? code;
  return held;
}

/** A copy of the version before. */
async function copyFromBefore(context: CopyContext, tag: string, matched: Row[2] = null) {
  const copy = new Copy(query, context);
  await copy.sync();
  const shown = new Copy(query, { ...context, ...(matched && { languages: matched }) });
  await shown.sync();
  const ids = new Map(copy.changes.map(({ number, localizedId }) => [number, localizedId]));
  copy.held.clear();
  for (const { number, localizedId } of shown.changes) {
    const before = asBefore(shown.held.get(localizedId) ?? '', tag);
    const id = ids.get(number) ?? '';
    copy.held.set(id, JSON.stringify({ ...before, id }));
  }
  copy.cursor = resealed(copy.cursor ?? '', null);
  return copy;
}

async function fresh(context: CopyContext): Promise<object> {
  const copy = new Copy(query, context);
  await copy.sync();
  return copy.content;
}

/** `matched`: the languages that the version before took for those requested, where it took others. */
type Row = [context: CopyContext, tag: string, matched: readonly string[] | null];
const CONTEXTS: Row[] = [
  [{ languages: ['fr-HT'] }, 'fr-HT', null],
  [{ languages: ['en', 'fr'], audience: 'CA', coherence: 'FIELD' }, 'en-CA', null],
  [{ languages: ['fr'], audience: 'CA', coherence: 'FIELD' }, 'fr-CA', null],
  [{ languages: ['ht', 'en'] }, 'fr', ['ht', 'fr']],
  [{ languages: ['gl', 'pt'] }, 'es', ['es']],
  [{ languages: ['en'] }, 'en', null],
  [{ audience: 'BR' }, 'pt-BR', null],
  [{ languages: ['pt'], coherence: 'STRICT' }, 'pt', null],
];

describe('a copy made before an upgrade and synced after it', () => {
  it.each(CONTEXTS)('equals a fresh one, for %j', async (context, tag, matched) => {
    const copy = await copyFromBefore(context, tag, matched);
    // Else this shows nothing: the version before did show something else.
    expect(copy.content).not.toEqual(await fresh(context));
    await copy.sync(1);
    expect(copy.content).toEqual(await fresh(context));
    expect(copy.resets).toBe(1);
    expect(await copy.sync()).toEqual([]);
    expect(copy.resets).toBe(1);
  });

  it('goes on with what changes from then on', async () => {
    const context = { languages: ['fr'], audience: 'HT' };
    const copy = await copyFromBefore(context, 'fr-HT');
    await copy.sync(2);
    await gateway.given(aRelease('104/23').dated('2023-08-01').in('FR').published());
    expect((await copy.sync()).map(({ number }) => number)).toEqual(['104/23']);
    expect([copy.resets, copy.content]).toEqual([1, await fresh(context)]);
  });

  it('begins anew in the middle of its first pages, too', async () => {
    const copy = new Copy(query, { languages: ['fr'] });
    expect((await copy.pull(1)).hasMore).toBe(true);
    copy.cursor = resealed(copy.cursor ?? '', null);
    await copy.sync(1);
    expect([copy.resets, copy.content]).toEqual([1, await fresh({ languages: ['fr'] })]);
  });

  it.each([PRESENTATION - 1, PRESENTATION + 1])('and so from presentation %i', async (other) => {
    const copy = new Copy(query, { languages: ['fr'] });
    await copy.sync();
    copy.cursor = resealed(copy.cursor ?? '', other);
    await copy.sync();
    await copy.sync();
    expect(copy.resets).toBe(1);
  });

  it('also where a subscriber resumes', async () => {
    const context = { languages: ['fr'] };
    const copy = new Copy(query, context);
    await copy.sync();
    const since = resealed(copy.cursor ?? '', null);
    const client = new LiveClient(gateway.url, context, since).overEvents();
    await client.until(({ numbers }) => numbers.length >= copy.held.size);
    await gateway.given(aRelease('105/23').in('FR').published());
    await client.until(({ numbers }) => numbers.includes('105/23'));
    client.stop();
    expect(client.pages.filter(({ reset }) => reset)).toHaveLength(1);
    expect(new Set(client.numbers).size).toBe(client.numbers.length);
  });
});

describe('a feed after an upgrade', () => {
  const feed = async (path: string, since?: string) => {
    const headers: Record<string, string> = since ? { 'if-modified-since': since } : {};
    const reply = await fetch(new URL(path, gateway.url), { headers });
    return { status: reply.status, modified: reply.headers.get('last-modified') ?? '' };
  };
  const note = (presentation: number) =>
    gateway.database.asOwner((owner) => notePresentation(owner, presentation));

  it('is not taken for what it was; a sitemap, which shows no names and dates, is', async () => {
    await asOwner(gateway.database, `UPDATE published.change_log SET at = '2020-05-04T10:20:30Z'`);
    const then = 'Mon, 04 May 2020 10:20:30 GMT';
    expect(await feed('/feeds/fr.atom', then)).toEqual({ status: 304, modified: then });
    // The node that starts after the upgrade.
    await note(PRESENTATION + 1);
    const backdate = `UPDATE published.change_log_head SET presentation_at = '2021-01-02T03:04:05Z'`;
    await asOwner(gateway.database, backdate);
    await gateway.given(aRelease('106/23').in('PT').published());
    await asOwner(gateway.database, `UPDATE published.change_log SET at = '2020-05-04T10:20:30Z'`);
    const now = 'Sat, 02 Jan 2021 03:04:05 GMT';
    expect(await feed('/feeds/fr.atom', then)).toEqual({ status: 200, modified: now });
    expect(await feed('/feeds/fr.atom', now)).toEqual({ status: 304, modified: now });
    expect(await feed('/sitemap.xml', then)).toEqual({ status: 304, modified: then });
    // A node that starts later with the same version changes nothing.
    await note(PRESENTATION + 1);
    expect((await feed('/feeds/fr.atom')).modified).toBe(now);
  });
});
