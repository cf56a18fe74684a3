import { describe, expect, it } from '@jest/globals';

import { draftEdition } from '../../../../src/features/publication/edition-draft.policy.js';
import type { EditionSegment } from '../../../../src/features/publication/edition.policy.js';
import type { EditionFacts } from '../../../../src/features/publication/edition-row.js';
import type {
  Material,
  WrittenText,
} from '../../../../src/features/publication/material.repository.js';
import { sourceDigests, type SourceVersion } from '../../../../src/features/release/index.js';
import type { LocaleSegment } from '../../../../src/features/translation/index.js';
import type { Locale } from '../../../../src/kernel/locale.js';

const facts: EditionFacts = {
  number: '1/12',
  type: 'PRESS_RELEASE',
  date: '2012-01-01',
  originalLocale: 'ES',
  audiences: [],
  mentions: [],
  topicIds: [],
};

const kindOf = (key: string) => (key === 'title' ? ('TITLE' as const) : ('PARAGRAPH' as const));

/** `title b1 b2`, each with a text of its own; `b3*` is another text than `b3`. */
const original = (described: string): LocaleSegment[] =>
  described.split(' ').map((name) => {
    const key = name.replace('*', '');
    const rest = { own: false, afterKey: null, omitted: false, sourceDigest: null };
    return { key, kind: kindOf(key), text: `Fuente ${name}`, origin: 'ORIGINAL', ...rest };
  });

const digestOf = (name: string) =>
  sourceDigests([{ key: 'x', kind: 'PARAGRAPH', text: `Fuente ${name}` }]).get('x') ?? '';

/** `title b1 b2*`: what each was made from. `own>b1`: of this locale alone, behind b1. `-b2`: left out on purpose. */
const translation = (described: string): LocaleSegment[] =>
  described.split(' ').map((name): LocaleSegment => {
    const [key = '', afterKey = null] = name.replace(/[*-]/g, '').split('>');
    const omitted = name.startsWith('-');
    return {
      key,
      kind: kindOf(key),
      own: afterKey !== null,
      afterKey,
      text: omitted ? null : `Text ${key}`,
      omitted,
      sourceDigest: afterKey === null ? digestOf(name.replace('-', '')) : null,
      origin: 'HUMAN',
    };
  });

const written = (segments: LocaleSegment[], state: WrittenText['state'] = 'APPROVED') => {
  return { revision: 7, state, segments };
};

/** Every text that the tests' sources have had: `b2*` is a substantive change of `b2`. */
const versions = new Map(
  ['title', 'b1', 'b2', 'b3'].map((key) => {
    const of = (name: string, version: number): SourceVersion => {
      return { key, version, digest: digestOf(name), change: 'SUBSTANTIVE' };
    };
    return [key, [of(key, 1), of(`${key}*`, 2)]];
  }),
);

function material(
  texts: Partial<Record<Locale, WrittenText>>,
  carried: Partial<Record<Locale, LocaleSegment[]>> = {},
  retracted: Locale[] = [],
): Material {
  const old = Object.entries(carried).map(([locale, segments]) => {
    const current = segments.map((segment): EditionSegment => {
      return { ...segment, origin: segment.origin ?? 'HUMAN', freshness: 'CURRENT' };
    });
    return {
      locale: locale as Locale,
      revision: 3,
      slug: '',
      freshness: 'CURRENT' as const,
      segments: current,
    };
  });
  const edition = {
    releaseId: 'r',
    number: 1,
    kind: 'PUBLISHED' as const,
    publishedAt: new Date(0),
    publishedBy: 'x',
    changedLocales: [],
    reason: null,
    facts,
  };
  return {
    releaseId: 'r',
    now: new Date(0),
    policy: 'AS_READY',
    facts,
    texts: new Map(Object.entries(texts) as [Locale, WrittenText][]),
    versions,
    last: old.length > 0 ? { edition, texts: old, corrections: [] } : null,
    retracted,
  };
}

/** `ES7 CURRENT title b1 b2`. */
function drafted(given: Material, locales: Locale[] | null) {
  const { texts, candidates, others, staleCarried } = draftEdition(given, locales);
  return {
    texts: texts.map(({ locale, revision, freshness, segments }) => {
      return [`${locale}${revision}`, freshness, ...segments.map(({ key }) => key)].join(' ');
    }),
    named: candidates.map(({ locale }) => locale).join(' '),
    others: others.map(({ locale, state }) => `${locale} ${state ?? '-'}`),
    missing: candidates.flatMap(({ locale, missing }) => missing.map((key) => `${locale} ${key}`)),
    staleCarried: staleCarried.join(' '),
  };
}

const es = original('title b1 b2');

describe('the next edition', () => {
  it('has every approved text where none is named', () => {
    const given = material({
      ES: written(es),
      EN: written(translation('title b1 b2')),
      FR: written(translation('title b1 b2'), 'IN_REVIEW'),
    });
    expect(drafted(given, null)).toEqual({
      texts: ['EN7 CURRENT title b1 b2', 'ES7 CURRENT title b1 b2'],
      named: 'EN ES',
      others: ['FR IN_REVIEW', 'PT -'],
      missing: [],
      staleCarried: '',
    });
  });

  it('has the original in any case, and not what was taken back unless it is named', () => {
    const texts = { ES: written(es), FR: written(translation('title b1 b2')) };
    expect(drafted(material(texts), ['FR']).named).toBe('ES FR');
    const public_ = material(texts, { ES: es }, ['FR']);
    expect(drafted(public_, null).named).toBe('ES');
    expect(drafted(public_, ['FR']).named).toBe('FR');
  });

  it('preserves what is not named, and judges it by the current original', () => {
    const given = material(
      { ES: written(original('title b1 b2*')), FR: written(translation('title b1 b2*')) },
      { ES: es, EN: translation('title b1 b2'), FR: translation('title b1 b2') },
    );
    expect(drafted(given, ['ES'])).toMatchObject({
      texts: ['EN3 STALE title b1 b2', 'ES7 CURRENT title b1 b2', 'FR3 STALE title b1 b2'],
      staleCarried: 'EN FR',
    });
    expect(drafted(given, ['ES', 'FR']).staleCarried).toBe('EN');
    // Made from an original that readers do not have.
    expect(drafted(given, ['FR']).texts[2]).toBe('FR7 STALE title b1 b2');
  });

  it('misses what its own original has, and nothing that only a newer one has', () => {
    const newer = written(original('title b1 b2 b3'));
    const given = material(
      {
        ES: newer,
        FR: written(translation('title b1 b2')),
        EN: written(translation('title -b1 b2')),
      },
      { ES: es },
    );
    expect(drafted(given, ['FR'])).toMatchObject({
      missing: [],
      texts: expect.arrayContaining(['FR7 CURRENT title b1 b2']),
    });
    expect(drafted(given, ['ES', 'FR', 'EN']).missing).toEqual(['EN b3', 'FR b3']);
  });

  it('puts a text into the order of its own original', () => {
    const moved = material({
      ES: written(original('title b2 b1')),
      FR: written(translation('title b1 b2 own>b1')),
    });
    expect(drafted(moved, null).texts[1]).toBe('FR7 CURRENT title b2 b1 own');
    // What the original has no more stays behind what it stood behind.
    const shorter = material({
      ES: written(original('title b2 b1')),
      FR: written(translation('title b1 b3 b2')),
    });
    expect(drafted(shorter, null).texts[1]).toBe('FR7 STALE title b2 b1 b3');
  });
});
