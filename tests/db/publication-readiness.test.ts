import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import type { Readiness } from '../../src/features/publication/index.js';
import type { Locale } from '../../src/kernel/locale.js';
import { aRelease } from '../support/a-release.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { Staff } from '../support/staff.js';

let gateway: TestApp;
let staff: Staff;

beforeAll(async () => {
  gateway = await createTestApp();
  staff = new Staff(gateway.database);
});
afterAll(() => gateway.close());

type Waivers = Parameters<Staff['publish']>[2];

/** Each rule that stands in the way; none where the edition came out. */
async function blocking(number: string, locales: Locale[] | null, waivers?: Waivers) {
  try {
    await staff.publish(number, locales, waivers);
    return [];
  } catch (error) {
    const { readiness, reason } = error as { readiness?: Readiness; reason: string };
    expect(reason).toBe('PUBLICATION_NOT_READY');
    return (readiness?.unmet ?? [])
      .filter((rule) => rule.blocking)
      .map((rule) => [rule.audience, rule.locale, rule.reason, rule.segmentKey].join(' ').trim());
  }
}

async function isPublic(number: string): Promise<boolean> {
  const { data } = await gateway.query<{ release: object | null }>(
    'query ($number: String) { release(number: $number) { id } }',
    { variables: { number } },
  );
  return data.release !== null;
}

const body = ['One.', 'Two.'];
const waive = (locale: Locale, audience: string | null = null) => [
  { locale, audience, reason: 'urgent' },
];

describe('an edition is refused', () => {
  it('where a locale is not begun, or not approved', async () => {
    await gateway.given(aRelease('551/12').in('EN').in('ES'));
    await staff.translate('551/12', 'PT', { title: 'Rascunho' }, 'IN_REVIEW');
    expect(await blocking('551/12', ['EN', 'FR'])).toEqual(['FR NOT_STARTED']);
    expect(await blocking('551/12', ['EN', 'PT'])).toEqual(['PT NOT_APPROVED']);
    expect(await isPublic('551/12')).toBe(false);
    // What is not named, or not approved, stands in nobody's way.
    expect(await blocking('551/12', null)).toEqual([]);
    expect(await isPublic('551/12')).toBe(true);
  });

  it('where a text has been left unfinished', async () => {
    await gateway.given(
      aRelease('552/12').in('EN', { title: 'Title', body }).in('ES', { title: 'Título', body }),
    );
    await staff.revise(
      '552/12',
      'SUBSTANTIVE',
      { title: 'Title', body: [...body, 'Three.'] },
      'APPROVED',
    );
    const unmet = await blocking('552/12', ['EN', 'ES']);
    expect(unmet).toEqual(['ES INCOMPLETE b3', 'ES STALE']);
    expect(await blocking('552/12', ['EN', 'ES'], waive('ES'))).toEqual([]);
  });

  it('without its title, whatever is waived', async () => {
    await gateway.given(aRelease('553/12').in('EN').in('ES').published());
    await gateway.database.dataSource.query(
      `DELETE FROM authoring.segment_text WHERE locale = 'ES' AND key = 'title' AND release_id = $1`,
      [await staff.idOf('553/12')],
    );
    expect(await blocking('553/12', ['ES'], waive('ES'))).toEqual(['ES TITLE_MISSING title']);
  });

  it('where the original itself is not approved', async () => {
    await gateway.given(aRelease('554/12').in('EN').in('ES'));
    await staff.revise('554/12', 'MINOR', { title: 'Better', body }, 'DRAFT');
    // The original is in every edition, named or not.
    expect(await blocking('554/12', ['ES'])).toContain('EN NOT_APPROVED');
  });
});

describe('a release that comes out in all languages at once', () => {
  it('waits for what its audiences require, unless that is waived for each', async () => {
    await gateway.given(aRelease('561/12').addressedTo('BR', 'CA', 'HT').in('EN'));
    await gateway.database.dataSource.query(
      `UPDATE authoring.release SET publish_policy = 'SIMULTANEOUS' WHERE number = '561/12'`,
    );
    const lacking = ['BR PT NOT_STARTED', 'CA FR NOT_STARTED', 'HT FR NOT_STARTED'];
    expect(await blocking('561/12', ['EN'])).toEqual(lacking);
    const some = [...waive('PT', 'BR'), ...waive('FR', 'CA')];
    expect(await blocking('561/12', ['EN'], some)).toEqual(['HT FR NOT_STARTED']);
    expect(await blocking('561/12', ['EN'], [...waive('PT'), ...waive('FR')])).toEqual([]);
    expect(await isPublic('561/12')).toBe(true);
  });

  it('reports what is missing also where each language may be published when it is ready', async () => {
    await gateway.given(aRelease('562/12').addressedTo('BR').in('EN').published());
    const { data } = await gateway.query(
      '{ release(number: "562/12") { availability(audience: "BR") { status missingRequired } } }',
    );
    const availability = { status: 'FALLBACK', missingRequired: ['PT'] };
    expect(data).toEqual({ release: { availability } });
  });
});
