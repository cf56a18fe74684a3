import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { aRelease } from '../support/a-release.js';
import { asOwner } from '../support/database.js';
import { createImporting, type Importing } from '../support/importing.js';

let from: Importing;
let to: Importing;

beforeEach(async () => {
  from = await createImporting();
  to = await createImporting();
});
afterEach(async () => {
  await from.close();
  await to.close();
});

async function numberAt(gateway: Importing, slug: string): Promise<string | null> {
  const { data } = await gateway.query<{ release: { number: string } | null }>(
    'query ($slug: String) { release(slug: $slug) { number } }',
    { variables: { slug } },
  );
  return data.release?.number ?? null;
}

async function topicNames(gateway: Importing): Promise<unknown> {
  const { data } = await gateway.query<{ topics: unknown }>(
    `{ topics { slug en: name(languages: ["en"]) { value } fr: name(languages: ["fr"]) { value } } }`,
  );
  return data.topics;
}

const textOf = (line: string, locale: string) =>
  (JSON.parse(line) as { texts: Record<string, { slug: string; oldSlugs?: string[] }> }).texts[
    locale
  ];

/** With a topic that has names, and a title that was another one when it first came out. */
async function fill(gateway: Importing): Promise<void> {
  await gateway.given(
    aRelease('985/15')
      .about('resilience')
      .in('EN', { title: 'A First Title' })
      .in('FR', { title: 'Un titre' })
      .published()
      .revised('MINOR', { title: 'A Second Title' })
      .published(),
  );
  await asOwner(
    gateway.database,
    `INSERT INTO reference.topic_name (topic_id, locale, name)
     SELECT id, locale, name
       FROM reference.topic, (VALUES ('EN', 'Resilience'), ('FR', 'Résilience')) AS n (locale, name)
      WHERE slug = 'resilience'`,
  );
}

describe('an archive of what is published', () => {
  it('restores names of topics, dates and old addresses in an empty database', async () => {
    await fill(from);
    const first = await from.export();
    expect(textOf(first, 'EN')).toMatchObject({
      slug: '985-15-a-second-title',
      oldSlugs: ['985-15-a-first-title'],
    });
    await to.files({ 'all.jsonl': first });
    expect((await to.import(['all.jsonl'], { publish: true })).ok).toBe(true);
    expect(await to.export()).toBe(first);
    expect(await numberAt(to, '985-15-a-first-title')).toBe('985/15');
    expect(await numberAt(to, '985-15-a-second-title')).toBe('985/15');
    expect(await topicNames(to)).toEqual(await topicNames(from));
    expect(JSON.stringify(await topicNames(to))).toContain('Résilience');
    const again = await to.import(['all.jsonl'], { publish: true });
    expect(again.lines.at(-1)).toBe('Import finished: 1 unchanged.');
  });

  it('preserves an address that the title would not make', async () => {
    await fill(from);
    const renamed = (await from.export()).replace('985-15-un-titre', '985-15-une-autre-adresse');
    await to.files({ 'all.jsonl': renamed });
    await to.import(['all.jsonl'], { publish: true });
    expect(await to.export()).toBe(renamed);
    expect(await numberAt(to, '985-15-une-autre-adresse')).toBe('985/15');
  });

  it('takes no address, and no name of a topic, of what is there', async () => {
    await fill(from);
    await to.given(
      aRelease('986/15').about('resilience').in('EN', { title: 'Of Another Release' }).published(),
    );
    const taken = '986-15-of-another-release';
    const stolen = (await from.export())
      .replace('"985-15-a-first-title"', `"985-15-a-first-title","${taken}"`)
      .replace('985-15-un-titre', taken);
    await to.files({ 'all.jsonl': stolen });
    expect((await to.import(['all.jsonl'], { publish: true })).ok).toBe(true);
    expect(await numberAt(to, taken)).toBe('986/15');
    expect(await numberAt(to, '985-15-a-first-title')).toBe('985/15');
    expect(JSON.stringify(await topicNames(to))).not.toContain('Résilience');
  });

  it('adds old addresses to a release that was imported without them', async () => {
    await fill(from);
    const whole = await from.export();
    const old = whole.replaceAll(/,"(?:oldSlugs|topicNames)":(?:\[[^\]]*\]|\{[^}]*\}\})/g, '');
    expect(old).not.toContain('first-title');
    await to.files({ 'old.jsonl': old, 'whole.jsonl': whole });
    await to.import(['old.jsonl'], { publish: true });
    expect(await numberAt(to, '985-15-a-first-title')).toBeNull();
    await to.import(['whole.jsonl'], { publish: true });
    expect(await numberAt(to, '985-15-a-first-title')).toBe('985/15');
  });

  it('has no address of a text that was taken back', async () => {
    await from.given(
      aRelease('987/15')
        .in('EN', { title: 'Public' })
        .in('FR', { title: 'Ocotea' })
        .published()
        .retracted('FR'),
    );
    expect((await from.export()).toLowerCase()).not.toContain('ocotea');
  });
});
