import { describe, expect, it } from '@jest/globals';

import type { AppReleaseFragment } from '../../../../../src/web/generated/site.js';
import { differencesOf, newsOf } from '../../../../../src/web/app/copy/news.js';
import type { Change } from '../../../../../src/web/app/copy/stored-release.js';

interface Sample {
  readonly locale?: string;
  readonly body?: string;
  readonly corrections?: readonly { edition: number; note: object }[];
}

function release({ locale = 'FR', body = 'Le texte.', corrections = [] }: Sample = {}) {
  return {
    slug: 'un-titre',
    title: { value: 'Un titre', lang: 'fr', dir: 'LTR' },
    summary: null,
    body: { plainText: body },
    resolution: { locale },
    corrections,
  } as unknown as AppReleaseFragment;
}

function change(reason: string, localized: AppReleaseFragment | null): Change {
  const kind = localized ? 'UPSERT' : 'REMOVE';
  return { kind, reason, releaseId: 'r', localizedId: 'l', at: 'now', localized } as Change;
}

const NOTE = { edition: 2, note: { value: 'La date était fausse.', lang: 'fr', dir: 'LTR' } };

describe('a change is news', () => {
  it.each([
    ['NEW', change('PUBLISHED', release()), null],
    ['TRANSLATED', change('FALLBACK_REPLACED', release()), release({ locale: 'ES' })],
    ['CORRECTED', change('UPDATED', release({ body: 'Le texte corrigé.' })), release()],
    ['CORRECTED', change('UPDATED', release({ corrections: [NOTE] })), release()],
    ['WITHDRAWN', change('RETRACTED', null), release()],
  ])('%s', (kind, received, before) => {
    expect(newsOf(received, before, 'FR')?.kind).toBe(kind);
  });

  it.each([
    ['the same text again', change('UPDATED', release()), release()],
    ['another fallback', change('UPDATED', release({ locale: 'ES' })), release({ locale: 'EN' })],
    ['no longer addressed', change('NO_LONGER_ADDRESSED', null), release()],
    ['withdrawn, never here', change('RETRACTED', null), null],
  ])('unless it is %s', (_name, received, before) => {
    expect(newsOf(received, before, 'FR')).toBeNull();
  });

  it('with the new note of a correction, and without one that was known', () => {
    const corrected = change('UPDATED', release({ body: 'Autre.', corrections: [NOTE] }));
    expect(newsOf(corrected, release(), 'FR')?.note?.value).toBe('La date était fausse.');
    expect(newsOf(corrected, release({ corrections: [NOTE] }), 'FR')?.note).toBeNull();
  });
});

describe('the differences of a correction', () => {
  it('are the changed words', () => {
    expect(differencesOf('Il y a 12 pays.', 'Il y a 14 pays.')).toEqual([
      { kind: 'SAME', text: 'Il y a ' },
      { kind: 'REMOVED', text: '12' },
      { kind: 'ADDED', text: '14' },
      { kind: 'SAME', text: ' pays.' },
    ]);
  });

  it('come with some text around them only', () => {
    const long = 'mot '.repeat(200);
    const [before, ...others] = differencesOf(`${long}un ${long}`, `${long}deux ${long}`);
    expect(before?.text.startsWith('…')).toBe(true);
    for (const { text } of others) expect(text.length).toBeLessThan(130);
  });

  it('are left out for a text that was rewritten as a whole', () => {
    const words = (start: number) =>
      Array.from({ length: 900 }, (_, index) => `mot${start + index}`).join(' ');
    expect(differencesOf(words(0), words(5_000))).toEqual([]);
  });
});
