import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { slugOf } from '../../src/features/publication/slug.policy.js';
import { aRelease } from '../support/a-release.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { asOwner } from '../support/database.js';
import { asLines, eventually, PressOffice } from '../support/publishing.js';
import { Staff } from '../support/staff.js';

let gateway: TestApp;
let office: PressOffice;
let staff: Staff;

beforeAll(async () => {
  gateway = await createTestApp();
  office = new PressOffice(gateway);
  staff = new Staff(gateway.database);
});
afterAll(() => gateway.close());

const sql = <T = object>(text: string, values: unknown[] = []) =>
  gateway.database.dataSource.query<T[]>(text, values);

const HOUR = 3_600_000;
const body = ['One.', 'Two.'];

/** As if the time had come. */
const fallDue = (number: string) =>
  sql(
    `UPDATE authoring.schedule SET at = now() - interval '1 minute'
      WHERE release_id = (SELECT id FROM authoring.release WHERE number = $1)`,
    [number],
  );

interface Seen {
  readonly edition: number;
  readonly publishedAt: string;
  readonly titles: readonly string[];
}

async function read(number: string): Promise<Seen | null> {
  interface Text {
    readonly title: { readonly value: string };
  }
  interface Found extends Record<'en' | 'es' | 'fr', Text | null> {
    readonly edition: number;
    readonly publishedAt: string;
  }
  const text = (tag: string) =>
    `${tag}: localized(languages: ["${tag}"], coherence: STRICT) { title { value } }`;
  const { data } = await gateway.query<{ release: Found | null }>(
    `query ($number: String) { release(number: $number) {
       edition publishedAt ${['en', 'es', 'fr'].map(text).join(' ')} } }`,
    { variables: { number } },
  );
  const { release } = data;
  if (!release) return null;
  const { edition, publishedAt, en, es, fr } = release;
  return { edition, publishedAt, titles: [en, es, fr].map((t) => t?.title.value ?? '-') };
}

/** All that a reader can request which might reveal a release. */
async function traces(number: string, word: string): Promise<unknown> {
  const id = await office.idOf(number);
  const { data, errors } = await gateway.query(
    `query ($number: String, $id: ID!, $slug: String, $word: String, $reference: String) {
       byNumber: release(number: $number) { id }
       bySlug: release(slug: $slug) { id }
       byReference: release(reference: $reference) { id }
       node(id: $id) { id }
       releases(first: 5, search: $word) { totalCount nodes { number } }
     }`,
    { variables: { number, reference: `C-${number}`, id, slug: slugOf(number, word, 'ES'), word } },
  );
  return { data, errors };
}

describe('a scheduled edition', () => {
  it('comes out at its instant as it was pinned, and leaves no trace before', async () => {
    await gateway.given(
      aRelease('401/12')
        .in('ES', { title: 'Xilografía', body })
        .in('FR', { title: 'Xylographie', body }),
    );
    const at = await office.inMs(1_500);
    const made = await office.publish('401/12', { at });
    expect(made).toMatchObject({
      edition: null,
      publishedAt: null,
      scheduledFor: at,
      locales: ['ES', 'FR'],
      release: {
        published: null,
        schedule: {
          at,
          state: 'WAITING',
          heldBackReason: null,
          locales: ['ES', 'FR'],
          by: { name: 'Inés Paredes' },
        },
      },
    });
    const nothing = await traces('401/12', 'Xilografía');
    expect(nothing).toEqual(await traces('401/12', 'Nothing of this name'));
    expect(nothing).toMatchObject({ data: { byNumber: null, releases: { totalCount: 0 } } });
    // Saved after the text was pinned: not approved, and no part of what comes out.
    await staff.translate('401/12', 'FR', { title: 'Gravure', body });

    const seen = await eventually(() => read('401/12'));
    expect(seen).toMatchObject({ edition: 1, titles: ['-', 'Xilografía', 'Xylographie'] });
    const late = Date.parse(seen.publishedAt) - Date.parse(at);
    expect(late).toBeGreaterThanOrEqual(0);
    // Within a second by itself; a machine that runs other tests beside this one may be slower.
    expect(late).toBeLessThan(5_000);
    expect(await office.schedule('401/12')).toBeNull();
    const rows = await sql<{ by: string; subject: object; published: number; revision: number }>(
      `SELECT a.by, a.subject, t.published_revision AS published, t.revision FROM authoring.audit a
         JOIN authoring.release r ON r.id = (a.subject ->> 'releaseId')::uuid
         JOIN authoring.translation t ON t.release_id = r.id AND t.locale = 'FR'
        WHERE r.number = '401/12' ORDER BY a.id`,
    );
    const { accountId: by } = office.editor;
    expect(rows).toMatchObject([
      { by, subject: { at } },
      { by, subject: { scheduled: true }, published: 1, revision: 2 },
    ]);
    const history = await sql(
      `SELECT h.revision, h.action FROM authoring.translation_revision h
         JOIN authoring.release r ON r.id = h.release_id
        WHERE r.number = '401/12' AND h.locale = 'FR' ORDER BY h.id`,
    );
    expect(history.at(-1)).toEqual({ revision: 1, action: 'PUBLISHED' });
  });

  it('is judged when it is made', async () => {
    await gateway.given(aRelease('402/12').in('ES'));
    const at = await office.inMs(HOUR);
    const refused = await office.publish('402/12', { at, locales: ['ES', 'FR'] });
    expect(asLines(refused.readiness.unmet).at(0)).toBe('! FR NOT_STARTED');
    expect(await office.schedule('402/12')).toBeNull();
  });

  it('comes out at once where the instant is past', async () => {
    await gateway.given(aRelease('403/12').in('ES'));
    const at = await office.inMs(-1_000);
    expect(await office.publish('403/12', { at })).toMatchObject({ edition: 1 });
  });

  it('is held back where an approval was withdrawn, and reports it', async () => {
    await gateway.given(aRelease('404/12').in('ES').in('FR'));
    await office.publish('404/12', { at: await office.inMs(HOUR) });
    await sql(
      `WITH sent AS (
         UPDATE authoring.translation SET state = 'CHANGES_REQUESTED' WHERE locale = 'FR'
            AND release_id = (SELECT id FROM authoring.release WHERE number = '404/12') RETURNING *)
       INSERT INTO authoring.translation_revision (release_id, locale, revision, by, action)
       SELECT release_id, locale, revision, 'reviser', 'CHANGES_REQUESTED' FROM sent`,
    );
    await staff.translate('404/12', 'FR', { title: 'Corrigé', body }, 'APPROVED');
    await fallDue('404/12');
    const held = await eventually(async () => {
      const schedule = await office.schedule('404/12');
      return schedule?.state === 'HELD_BACK' ? schedule : null;
    });
    const blocking = asLines(held.unmet).filter((line) => line.startsWith('!'));
    expect(blocking).toEqual(['! FR NOT_APPROVED']);
    expect(held.heldBackReason).toBe('RULES_UNMET');
    expect(held.unmet[0]?.message).toBe('The text in French has not been approved.');
    expect(await read('404/12')).toBeNull();
    // What was held back and comes out by hand is done with.
    expect(await office.publish('404/12', { locales: ['ES'] })).toMatchObject({ edition: 1 });
    expect((await office.schedule('404/12'))?.state).toBe('HELD_BACK');
    const done = await office.publish('404/12', { locales: ['ES', 'FR'] });
    expect(done).toMatchObject({ edition: 2, locales: ['FR'], release: { schedule: null } });
  });

  it('is held back where a rule has come to require more', async () => {
    await gateway.given(aRelease('405/12').addressedTo('HT').in('FR'));
    await sql(
      `UPDATE authoring.release SET publish_policy = 'SIMULTANEOUS' WHERE number = '405/12'`,
    );
    await office.publish('405/12', { at: await office.inMs(HOUR) });
    await sql(
      `UPDATE authoring.release_state SET state_code = 'CA' WHERE release_id =
         (SELECT id FROM authoring.release WHERE number = '405/12')`,
    );
    await fallDue('405/12');
    const held = await eventually(async () => {
      const schedule = await office.schedule('405/12');
      return schedule?.state === 'HELD_BACK' ? schedule : null;
    });
    expect(asLines(held.unmet)).toEqual(['! CA EN NOT_STARTED']);
    expect(await office.cancel('405/12')).toMatchObject({ release: { schedule: null } });
  });

  it('is held back where the database was restored meanwhile, and comes out by hand', async () => {
    await gateway.given(aRelease('436/12').in('ES'));
    await office.publish('436/12', { at: await office.inMs(HOUR) });
    await asOwner(
      gateway.database,
      `WITH due AS (UPDATE authoring.schedule SET at = now() - interval '1 minute' WHERE release_id =
                     (SELECT id FROM authoring.release WHERE number = '436/12'))
       INSERT INTO published.server_history (number, identity, seq, kind)
       SELECT (SELECT max(number) + 1 FROM published.server_history), 'another/1/00000001', seq, 'FIRST' FROM published.change_log_head`,
    );
    const held = await eventually(async () => {
      const schedule = await office.schedule('436/12');
      return schedule?.state === 'HELD_BACK' ? schedule : null;
    });
    expect(held).toMatchObject({ heldBackReason: 'RESTORED', unmet: [] });
    expect(await read('436/12')).toBeNull();
    const done = await office.publish('436/12', { locales: ['ES'] });
    expect(done).toMatchObject({ edition: 1, release: { schedule: null } });
  });

  it('comes out with what was waived', async () => {
    await gateway.given(aRelease('406/12').in('ES'));
    await staff.translate('406/12', 'FR', { title: 'Non relu', body }, 'IN_REVIEW');
    const waivers = [{ locale: 'FR' as const, reason: 'An emergency' }];
    const at = await office.inMs(HOUR);
    await office.publish('406/12', { at, locales: ['FR'], waivers });
    await staff.translate('406/12', 'FR', { title: 'Autre', body });
    await fallDue('406/12');
    const seen = await eventually(() => read('406/12'));
    expect(seen.titles[2]).toBe('Non relu');
  });

  it('never comes out again once it was cancelled', async () => {
    await gateway.given(aRelease('407/12').in('ES'));
    await office.publish('407/12', { at: await office.inMs(700) });
    expect(await office.cancel('407/12')).toMatchObject({
      edition: null,
      locales: [],
      scheduledFor: null,
      release: { schedule: null },
    });
    const again = await office.cancel('407/12');
    expect(again).toMatchObject({ __typename: 'ValidationProblem', code: 'NOTHING_SCHEDULED' });
    await passed('409/12');
    expect(await read('407/12')).toBeNull();
  });

  it('makes room for a newer one', async () => {
    await gateway.given(aRelease('408/12').in('ES').in('EN'));
    await office.publish('408/12', { at: await office.inMs(HOUR) });
    await office.publish('408/12', { at: await office.inMs(2 * HOUR), locales: ['ES'] });
    expect((await office.schedule('408/12'))?.locales).toEqual(['ES']);
    await fallDue('408/12');
    expect((await eventually(() => read('408/12'))).titles[0]).toBe('-');
  });

  it('does not bring out again what was taken back', async () => {
    await gateway.given(aRelease('410/12').in('ES').in('FR').published());
    await gateway.given(aRelease('411/12').in('ES').in('FR').published());
    const at = await office.inMs(HOUR);
    for (const number of ['410/12', '411/12']) {
      await staff.revise(number, 'MINOR', { title: 'Otro título', body }, 'APPROVED');
    }
    await office.publish('410/12', { at, locales: ['ES', 'FR'] });
    await office.publish('411/12', { at, locales: ['ES'] });
    expect((await office.retract('410/12', ['FR'])).release.schedule).toBeNull();
    expect((await office.retract('411/12', ['FR'])).release.schedule).toMatchObject({ at });
    expect((await office.retract('411/12')).release.schedule).toBeNull();
  });

  it('leaves alone what has come out meanwhile in a newer text', async () => {
    await gateway.given(aRelease('412/12').in('ES').in('EN').in('FR'));
    await office.publish('412/12', { at: await office.inMs(HOUR) });
    await staff.translate('412/12', 'FR', { title: 'Plus récent', body }, 'APPROVED');
    await office.publish('412/12', { locales: ['FR'] });
    await fallDue('412/12');
    const seen = await eventually(async () => {
      const found = await read('412/12');
      return found?.edition === 2 ? found : null;
    });
    expect(seen.titles).toEqual(['Title of 412/12 in EN', 'Title of 412/12 in ES', 'Plus récent']);
  });

  it('waits for transactions on the release, and for no others', async () => {
    await gateway.given(aRelease('413/12').in('ES'), aRelease('414/12').in('ES'));
    for (const number of ['413/12', '414/12']) {
      await office.publish(number, { at: await office.inMs(HOUR) });
    }
    const runner = gateway.database.dataSource.createQueryRunner();
    await runner.startTransaction();
    await runner.query(`SELECT FROM authoring.release WHERE number = '413/12' FOR UPDATE`);
    await fallDue('413/12');
    await fallDue('414/12');
    await eventually(() => read('414/12'));
    expect(await read('413/12')).toBeNull();
    await runner.commitTransaction();
    await runner.release();
    await eventually(() => read('413/12'));
  });

  it('that cannot be written stops no other, and is tried again', async () => {
    await gateway.given(aRelease('415/12').in('ES'), aRelease('416/12').in('ES'));
    for (const number of ['415/12', '416/12']) {
      await office.publish(number, { at: await office.inMs(HOUR) });
    }
    // Nothing of ours would write this: the fault is a surprise.
    await sql(
      `UPDATE authoring.schedule SET waivers = '{}' WHERE release_id =
         (SELECT id FROM authoring.release WHERE number = '415/12')`,
    );
    await fallDue('415/12');
    await fallDue('416/12');
    await eventually(() => read('416/12'));
    expect(await read('415/12')).toBeNull();
    expect((await office.schedule('415/12'))?.state).toBe('WAITING');
    await sql(`UPDATE authoring.schedule SET waivers = '[]'`);
    await eventually(() => read('415/12'));
  });
});

/** Waits until a schedule made now, for shortly after, has been published: nothing else may before. */
async function passed(number: string): Promise<void> {
  await gateway.given(aRelease(number).in('ES'));
  await office.publish(number, { at: await office.inMs(1_200) });
  await eventually(() => read(number));
}
