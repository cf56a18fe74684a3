import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { pushCatalogs } from '../../src/features/catalog/push.js';
import { bringShipped } from '../../src/features/catalog/shipped-catalogs.js';
import { LOCALES } from '../../src/kernel/locale.js';
import { singleClient, withTransaction } from '../../src/platform/db/index.js';
import { readCatalogFolder, SHIPPED_CATALOGS } from '../../src/platform/i18n/catalog-folder.js';
import { type Carrying, createCarrying } from '../support/carrying.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';

let gateway: TestDatabase;
let carrying: Carrying;

beforeEach(async () => {
  gateway = await createTestDatabase();
  carrying = await createCarrying(gateway.ownerUrl, false);
});
afterEach(async () => {
  await carrying.close();
  await gateway.drop();
});

/** What an editor does to a text, as the database sees it. */
async function edit(namespace: string, key: string, locale: string, value: string): Promise<void> {
  await gateway.database.dataSource.query(
    `WITH e AS (UPDATE authoring.locale_text SET value = $4, revision = revision + 1, updated_by = 'editor'
                 WHERE (namespace, key, locale) = ($1, $2, $3) RETURNING *)
     INSERT INTO authoring.locale_text_revision (namespace, key, locale, revision, value, by)
     SELECT namespace, key, locale, revision, value, 'editor' FROM e`,
    [namespace, key, locale, value],
  );
}

async function texts(): Promise<Record<string, string>> {
  const rows: { name: string; value: string }[] = await gateway.database.dataSource.query(
    `SELECT concat_ws(' ', locale, namespace, key, revision) AS name, value FROM authoring.locale_text
      ORDER BY namespace, key, locale`,
  );
  return Object.fromEntries(rows.map(({ name, value }) => [name, value]));
}

const NOTHING = { added: 0, changed: 0, unchanged: 0, kept: 0, gone: 0, removed: 0 };
const summary = (counts: object) => ({ ...NOTHING, conflicts: 0, refused: 0, ...counts });

describe('the catalogs of the project', () => {
  it('come back from the database to the byte', async () => {
    const whole = await createCarrying(gateway.ownerUrl, true);
    const { ok, documents } = await whole.push();
    expect(ok).toBe(true);
    expect(documents[0]?.summary.added).toBeGreaterThan(1_500);
    expect(documents[0]).toMatchObject({ conflicts: [], refused: [] });
    const again = await whole.push();
    const count = documents[0]?.summary.added as number;
    expect(again.documents[0]?.summary).toEqual(summary({ unchanged: count }));

    // Into the same folder, and into one where there is nothing yet.
    for (const target of [whole, carrying]) {
      const pulled = await target.pull();
      expect(pulled.ok).toBe(true);
    }
    for (const tag of ['en', 'es', 'fr', 'pt']) {
      for (const file of readdirSync(join(SHIPPED_CATALOGS, tag))) {
        const name = `${tag}/${file.replace('.json', '')}`;
        const before = readFileSync(join(SHIPPED_CATALOGS, tag, file), 'utf8');
        expect(await whole.read(name)).toBe(before);
        expect(sorted(JSON.parse(await carrying.read(name)))).toEqual(sorted(JSON.parse(before)));
      }
    }
    await whole.close();
  });
});

function sorted(tree: object): unknown {
  const entries = Object.entries(tree).sort(([a], [b]) => (a < b ? -1 : 1));
  return entries.map(([key, value]) => [key, typeof value === 'string' ? value : sorted(value)]);
}

describe('push', () => {
  it('brings new and changed texts, and leaves those that were edited since', async () => {
    await carrying.write('en/web', { title: 'Title', list: { a: 'A', b: 'B' } });
    await carrying.write('fr/web', { title: 'Titre', list: { a: 'a', b: 'b' } });
    await carrying.push();
    await edit('web', 'title', 'FR', 'Titre revu');
    await edit('web', 'list.b', 'FR', 'b revu');
    await carrying.write('en/web', { title: 'New title', list: { a: 'A', b: 'B' }, more: 'More' });
    await carrying.write('fr/web', { title: 'Titre', list: { a: 'a neuf', b: 'b neuf' } });

    const dry = await carrying.push({ dryRun: true });
    const before = await texts();
    const { ok, documents } = await carrying.push();
    expect(ok).toBe(false);
    expect(dry.documents).toEqual([{ ...documents[0], dryRun: true }]);
    expect(documents[0]).toEqual({
      summary: summary({ added: 1, changed: 2, unchanged: 2, kept: 1, conflicts: 1 }),
      conflicts: [
        { locale: 'FR', namespace: 'web', key: 'list.b', file: 'b neuf', database: 'b revu' },
      ],
      refused: [],
      files: [],
      dryRun: false,
    });
    expect(before).toMatchObject({ 'EN web title 1': 'Title', 'FR web title 2': 'Titre revu' });
    expect(await texts()).toEqual({
      'EN web list.a 1': 'A',
      'FR web list.a 2': 'a neuf',
      'EN web list.b 1': 'B',
      'FR web list.b 2': 'b revu',
      'EN web more 1': 'More',
      'EN web title 2': 'New title',
      'FR web title 2': 'Titre revu',
    });
    const forced = await carrying.push({ force: true });
    expect(forced.ok).toBe(true);
    expect(await texts()).toMatchObject({
      'FR web list.b 3': 'b neuf',
      'FR web title 2': 'Titre revu',
    });
  });

  it('takes the first locale that has an entry for its original, or the one that is named', async () => {
    await carrying.write('fr/web', { files_one: '{{count}} fichier', files_other: 'x', only: 'x' });
    await carrying.write('en/web', { files_one: '{{count}} file', files_other: 'x' });
    await carrying.write('pt/docs', { title: 'Título' });
    await carrying.push();
    await carrying.write('fr/news', { title: 'Titre' });
    await carrying.write('en/news', { title: 'Title' });
    await carrying.push({ original: 'FR' });
    const rows: unknown[] = await gateway.database.dataSource.query(
      `SELECT concat_ws(' ', namespace, key, original_locale) AS entry FROM authoring.locale_entry ORDER BY 1`,
    );
    expect(rows).toEqual(
      [
        'docs title PT',
        'news title FR',
        'web files_many EN',
        'web files_one EN',
        'web files_other EN',
        'web only FR',
      ].map((entry) => ({ entry })),
    );
  });

  it('reports what is gone from the files, and removes it only on request', async () => {
    await carrying.write('en/web', { a: 'A', b: 'B', c: 'C' });
    await carrying.push();
    await edit('web', 'c', 'EN', 'C revised');
    await carrying.write('en/web', { a: 'A' });
    const unpruned = await carrying.push();
    expect(unpruned.ok).toBe(true);
    expect(unpruned.documents[0]?.summary).toEqual(summary({ unchanged: 1, gone: 2 }));
    const pruned = await carrying.push({ prune: true });
    expect(pruned.ok).toBe(false);
    expect(pruned.documents[0]?.summary).toEqual(
      summary({ unchanged: 1, removed: 1, conflicts: 1 }),
    );
    expect(pruned.documents[0]?.conflicts).toEqual([
      { locale: 'EN', namespace: 'web', key: 'c', file: null, database: 'C revised' },
    ]);
    expect(Object.keys(await texts())).toEqual(['EN web a 1', 'EN web c 2']);
    await carrying.push({ prune: true, force: true });
    // What comes back goes on where it was.
    await carrying.write('en/web', { a: 'A', c: 'C again' });
    await carrying.push();
    expect(await texts()).toEqual({ 'EN web a 1': 'A', 'EN web c 3': 'C again' });
  });

  it('names what it refuses, and brings in the rest', async () => {
    await carrying.write('en/web', {
      ok: 'Fine',
      empty: '',
      long: 'x'.repeat(10_001),
      nested: '$t(ok)',
      ['a:b']: 'colon',
    });
    await carrying.write('es/web', '{"__proto__": {"polluted": "x"}, "ok": {"below": "x"}}');
    await carrying.write('fr/web', '{"ok": ["list"]}');
    await carrying.write('fr/My_Names', { ok: 'x' });
    const { ok, documents } = await carrying.push();
    expect(ok).toBe(false);
    const refused = documents[0]?.refused as { locale: string; key: string; reason: string }[];
    expect(refused.map(({ locale, key, reason }) => `${locale} ${key} ${reason}`).sort()).toEqual([
      'EN a:b ENTRY_KEY_INVALID',
      'EN long ENTRY_VALUE_LENGTH',
      'EN nested ENTRY_VALUE_NESTED',
      'ES __proto__.polluted ENTRY_KEY_INVALID',
      'ES ok.below ENTRY_KEY_TAKEN',
      'FR null CATALOG_FILE_INVALID',
      'FR null NAMESPACE_NAME_INVALID',
    ]);
    expect(await texts()).toEqual({ 'EN web ok 1': 'Fine' });
    await expect(carrying.push({}, 'FR')).resolves.toMatchObject({ ok: false });
  });

  it('notifies nodes of a change, and only of a change', async () => {
    const listener = singleClient(gateway.database.url);
    await listener.connect();
    let notifications = 0;
    listener.on('notification', () => (notifications += 1));
    await listener.query('LISTEN gateway_catalog');
    await carrying.write('en/web', { a: 'A' });
    await carrying.push();
    await carrying.push();
    await carrying.push({ dryRun: true });
    await listener.query('SELECT 1');
    expect(notifications).toBe(1);
    await listener.end();
  });
});

describe('pull', () => {
  it('writes what was edited, one line each, and leaves what the file has newer', async () => {
    const before =
      '{\n    "title": "Title",\n    "list": {\n        "b": "B",\n        "a": "A"\n    }\n}';
    await carrying.write('en/web', before);
    await carrying.push();
    await edit('web', 'list.b', 'EN', 'B “revised”');
    await carrying.write('en/web', before.replace('"Title"', '"Newer"'));
    const dry = await carrying.pull({ dryRun: true });
    expect(dry.documents[0]).toMatchObject({ files: ['en/web.json'], dryRun: true });
    expect(await carrying.read('en/web')).toBe(before.replace('"Title"', '"Newer"'));
    const { ok, documents } = await carrying.pull();
    expect(ok).toBe(true);
    expect(documents[0]?.summary).toEqual(summary({ changed: 1, kept: 1, unchanged: 1 }));
    expect(await carrying.read('en/web')).toBe(
      before.replace('"Title"', '"Newer"').replace('"B"', '"B “revised”"'),
    );
    expect((await carrying.pull()).documents[0]?.files).toEqual([]);
  });

  it('makes files for what only the database has', async () => {
    await carrying.write('en/web', {
      files_one: 'one',
      files_other: 'other',
      a: { z: 'Z', b: 'B' },
    });
    await carrying.push();
    await carrying.remove('en/web');
    await carrying.pull();
    expect(await carrying.read('en/web')).toBe(
      '{\n  "a": {\n    "b": "B",\n    "z": "Z"\n  },\n  "files_one": "one",\n  "files_other": "other"\n}\n',
    );
  });

  it('reports where both sides changed, and takes the database with --force', async () => {
    await carrying.write('en/web', { a: 'A' });
    await carrying.push();
    await edit('web', 'a', 'EN', 'A edited');
    await carrying.write('en/web', { a: 'A in the file' });
    const { ok, lines } = await carrying.pull({ json: false }, 'FR');
    expect(ok).toBe(false);
    expect(lines).toEqual([
      'en/web: a\u00a0: a changé des deux côtés. Fichier\u00a0: "A in the file". Base de données\u00a0: "A edited".',
      'Réception terminée\u00a0: 1\u00a0conflit.',
      'Là où les deux côtés ont changé, rien n’a été transféré. Tranchez à la main ou utilisez --force.',
    ]);
    expect(JSON.parse(await carrying.read('en/web'))).toEqual({ a: 'A in the file' });
    expect((await carrying.pull({ force: true })).ok).toBe(true);
    expect(JSON.parse(await carrying.read('en/web'))).toEqual({ a: 'A edited' });
  });

  it('agrees: what is changed in a file that was pulled is newer, and an old file undoes no edit', async () => {
    await carrying.write('en/web', { a: 'A', b: 'B' });
    await carrying.push();
    const old = await carrying.read('en/web');
    await edit('web', 'a', 'EN', 'A edited');
    await edit('web', 'b', 'EN', 'B edited');
    await carrying.pull();
    const pulled = await carrying.read('en/web');
    await carrying.write('en/web', old);
    const behind = await carrying.push();
    expect(behind.documents[0]?.summary).toEqual(summary({ kept: 2 }));
    await carrying.write('en/web', pulled.replace('A edited', 'A better'));
    const changed = await carrying.push();
    expect(changed.documents[0]?.summary).toEqual(summary({ changed: 1, unchanged: 1 }));
    expect(await texts()).toEqual({ 'EN web a 3': 'A better', 'EN web b 2': 'B edited' });
    // And what came from a file may be changed back there.
    await carrying.write('en/web', pulled);
    expect((await carrying.push()).documents[0]?.summary).toMatchObject({ changed: 1 });
  });
});

describe('the start of a server', () => {
  const start = () => bringShipped(gateway.database.dataSource, LOCALES);
  const forget = () => {
    return gateway.database.dataSource.query(
      'UPDATE authoring.catalog_revision SET shipped_digest = NULL',
    );
  };

  it('brings the texts of its version once, and never in the place of an edit', async () => {
    expect(await start()).toMatchObject({ conflicts: [], refused: [] });
    expect(await start()).toBeNull();
    await edit('app', 'page.skip', 'PT', 'Pular');
    await edit('app', 'page.retry', 'PT', 'De novo');
    await gateway.database.dataSource.query(
      `UPDATE authoring.locale_text SET file_value = value WHERE value IN ('Pular', 'De novo')`,
    );
    await forget();
    expect(await start()).toMatchObject({ added: 0, changed: 0, skipped: 2, conflicts: [] });
    expect(await texts()).toMatchObject({ 'PT app page.skip 2': 'Pular' });
  });

  it('does not replace an edit with a new text of a file either: nobody reviews it', async () => {
    await carrying.write('en/web', { a: 'A', b: 'B' });
    await carrying.push();
    await edit('web', 'a', 'EN', 'A edited');
    await carrying.pull();
    await carrying.write('en/web', { a: 'A newer', b: 'B newer' });
    const files = await readCatalogFolder(carrying.folder);
    const defaults = { dryRun: false, force: false, prune: false, original: null, order: LOCALES };
    const report = await withTransaction(gateway.database.dataSource, (manager) =>
      pushCatalogs(manager, files, { ...defaults, keepEdits: true }),
    );
    expect(report).toMatchObject({ changed: 1, conflicts: [{ key: 'a', file: 'A newer' }] });
    expect(await texts()).toEqual({ 'EN web a 2': 'A edited', 'EN web b 2': 'B newer' });
  });

  it('does it once on any number of nodes that start together', async () => {
    const reports = await Promise.all([start(), start(), start()]);
    expect(reports.filter((report) => report !== null)).toHaveLength(1);
    expect(Object.keys(await texts()).every((name) => name.endsWith(' 1'))).toBe(true);
  });
});

it('a folder without catalogs is a mistake', async () => {
  await expect(carrying.push()).rejects.toMatchObject({ reason: 'CATALOG_FOLDER_EMPTY' });
});
