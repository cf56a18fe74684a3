import { setTimeout as pause } from 'node:timers/promises';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { type App, createApp } from '../../src/app/app.js';
import { LOCALES } from '../../src/kernel/locale.js';
import { Authenticator } from '../../src/platform/auth/authenticator.js';
import { type Database, openDatabase } from '../../src/platform/db/index.js';
import { loadMessages } from '../../src/platform/i18n/messages.js';
import { createLog } from '../../src/platform/log.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { type Carrying, createCarrying } from '../support/carrying.js';
import { testSettings } from '../support/database.js';

/** One node, through which staff write; and another one on the same database. */
let gateway: TestApp;
let other: { readonly app: App; readonly database: Database; readonly url: string };
let carrying: Carrying;

beforeAll(async () => {
  gateway = await createTestApp();
  const database = await openDatabase(testSettings(gateway.ownerUrl));
  const app = await createApp({
    database,
    authenticator: new Authenticator([]),
    messages: loadMessages(),
    localeOrder: LOCALES,
    log: createLog('silent'),
  });
  const url = `${await app.http.listen({ host: '127.0.0.1', port: 0 })}/graphql`;
  other = { app, database, url };
  carrying = await createCarrying(gateway.ownerUrl, true);
});
afterAll(async () => {
  await other.app.close();
  await other.database.close();
  await carrying.close();
  await gateway.close();
});

interface Bundle {
  readonly version: string;
  readonly resources: Record<string, unknown>;
}

interface BundleResponse {
  readonly data?: { readonly localeBundle: Bundle } | null;
  readonly errors?: readonly { readonly message: string }[];
}

/** A node's response to a French caller who requests a bundle. */
async function requestBundle(url: string, namespace: string): Promise<BundleResponse> {
  const query = `{ localeBundle(namespace: "${namespace}") { version resources } }`;
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'accept-language': 'fr' },
    body: JSON.stringify({ query }),
  });
  return (await response.json()) as BundleResponse;
}

const refusal = async (url: string) => (await requestBundle(url, 'nowhere')).errors?.[0]?.message;

/** Other nodes are notified of a change at once, and poll every few seconds. */
async function until(isSo: () => Promise<boolean>): Promise<number> {
  const begun = performance.now();
  while (!(await isSo())) {
    if (performance.now() - begun > 20_000) throw new Error('The node never served it');
    await pause(20);
  }
  return performance.now() - begun;
}

const revisions = new Map<string, number>();

async function save(namespace: string, key: string, locale: string, value: string): Promise<void> {
  const name = `${namespace}:${key}:${locale}`;
  const expectedRevision = revisions.get(name) ?? 0;
  revisions.set(name, expectedRevision + 1);
  const { data, errors } = await gateway.as('ADMIN').mutate<{ saveLocaleEntry: object }>(
    `mutation ($input: SaveLocaleEntryInput!) { saveLocaleEntry(input: $input) {
       __typename ... on Problem { message } } }`,
    { variables: { input: { namespace, key, locale, value, expectedRevision } } },
  );
  expect(errors).toEqual([]);
  expect(data.saveLocaleEntry).toEqual({ __typename: 'LocaleEntryPayload' });
}

describe('push, a change by mutation, pull', () => {
  it('changes exactly that line of the file, and the running server serves it', async () => {
    const names = LOCALES.flatMap((locale) =>
      ['app', 'cli', 'errors', 'status'].map((name) => `${locale.toLowerCase()}/${name}`),
    );
    const read = async () => Promise.all(names.map((name) => carrying.read(name)));
    const before = await read();
    expect((await carrying.push()).ok).toBe(true);
    revisions.set('app:page.skip:PT', 1);
    await save('app', 'page.skip', 'PT', 'Pular para o conteúdo principal');
    const pulled = await carrying.pull();
    expect(pulled.documents[0]).toMatchObject({ files: ['pt/app.json'], conflicts: [] });
    const after = await read();
    const changed = names.flatMap((name, i) => {
      const old = before[i]?.split('\n') ?? [];
      const lines = after[i]?.split('\n') ?? [];
      expect(lines).toHaveLength(old.length);
      return lines.flatMap((line, at) => (line === old[at] ? [] : [`${name}: ${line.trim()}`]));
    });
    expect(changed).toEqual(['pt/app: "skip": "Pular para o conteúdo principal",']);
    const bundleText = async () => JSON.stringify(await bundleOf(other.url, 'pt'));
    await until(async () => (await bundleText()).includes('Pular para o conteúdo principal'));
  });
});

describe('a text that is saved', () => {
  it('is served at once by the node that saved it, and shortly after by the others', async () => {
    revisions.set('errors:NAMESPACE_UNKNOWN:FR', 1);
    await save('errors', 'NAMESPACE_UNKNOWN', 'FR', 'Introuvable : {{value}} ({{known}})');
    expect(await refusal(gateway.url)).toBe('Introuvable : nowhere (app, site, status)');
    await until(
      async () => (await refusal(other.url)) === 'Introuvable : nowhere (app, site, status)',
    );
  });

  it('is in the bundles of client apps, whose version is another one then', async () => {
    await save('press-room', 'menu.home', 'FR', 'Accueil');
    await until(async () => (await requestBundle(other.url, 'press-room')).data != null);
    const { data: before } = await requestBundle(other.url, 'press-room');
    expect(before?.localeBundle.resources).toEqual({ menu: { home: 'Accueil' } });
    expect((await requestBundle(gateway.url, 'press-room')).data).toEqual(before);
    await save('press-room', 'menu.home', 'FR', 'Page d’accueil');
    await until(
      async () =>
        (await requestBundle(other.url, 'press-room')).data?.localeBundle.version !==
        before?.localeBundle.version,
    );
    const { data: after } = await requestBundle(other.url, 'press-room');
    expect(after?.localeBundle.resources).toEqual({ menu: { home: 'Page d’accueil' } });
    for (const own of ['errors', 'cli']) {
      expect((await requestBundle(gateway.url, own)).errors).toHaveLength(1);
    }
  });

  it('is only late where a node could not hear of it', async () => {
    const deaf = await gateway.database.asOwner(async (owner) => {
      const { rows } = await owner.query<{ ended: boolean }>(
        `SELECT pg_terminate_backend(pid) AS ended FROM pg_stat_activity
          WHERE datname = current_database() AND query LIKE 'LISTEN gateway_catalog%'`,
      );
      return rows.length;
    });
    expect(deaf).toBe(2);
    await save('press-room', 'menu.news', 'FR', 'Actualités');
    const news = async () =>
      (await requestBundle(other.url, 'press-room')).data?.localeBundle.resources;
    await until(async () => JSON.stringify(await news()).includes('Actualités'));
  });
});

describe('a text in the database that cannot be rendered', () => {
  it('leaves the program’s own in its place', async () => {
    const before = loadMessages().text('FR', 'errors:NOT_FOUND');
    await gateway.database.dataSource.query(
      `WITH broken (key, value) AS (VALUES ('NOT_FOUND', 'Qui est {{who}}, {{where'), ('INTERNAL', '$t(errors:INTERNAL)')),
       texts AS (UPDATE authoring.locale_text t SET value = b.value FROM broken b
                  WHERE t.namespace = 'errors' AND t.key = b.key)
       UPDATE authoring.catalog_revision SET number = number + 1`,
    );
    await save('press-room', 'after', 'FR', 'Après');
    const lost = await fetch(gateway.url.replace('graphql', 'lost'), {
      headers: { 'accept-language': 'fr' },
    });
    expect(((await lost.json()) as BundleResponse).errors?.[0]?.message).toBe(before);
  });
});

async function bundleOf(url: string, tag: string): Promise<unknown> {
  const query = `{ localeBundle(namespace: "app", languages: ["${tag}"]) { resources } }`;
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
  });
  return response.json();
}
