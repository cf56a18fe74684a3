import { createHash } from 'node:crypto';

import { expect, it } from '@jest/globals';

import { dateText, regionalTag, regionName } from '../../../src/kernel/display-name.js';
import { type Locale, LOCALES } from '../../../src/kernel/locale.js';
import { COHERENCES, NO_TERMS, resolveLocale } from '../../../src/kernel/localization.js';
import { PRESENTATION } from '../../../src/kernel/presentation.js';
import { STATE_NAMES } from '../../../src/kernel/state-names.js';
import { published } from '../../support/published-locales.js';

/**
 * What each presentation shows. Never change an entry: where the digest is another one, readers are shown something
 * else, so raise PRESENTATION (src/kernel/presentation.ts) and add an entry for it.
 */
const DIGESTS: Record<number, string> = {
  2: 'Dv5FnvdgKoCWqoPoi60fHZ',
};

/** In the four languages only: the names that CLDR has in others come with each Node, and no copy lives by them. */
const TAGS =
  `en en-US en-CA en-JM en-029 en-001 es es-419 es-MX es-PE es-US fr fr-CA fr-HT pt pt-BR pt-PT`.split(
    ' ',
  );
const LISTS = [
  '',
  ...TAGS,
  ...['ht', 'qu', 'gl', 'nl', 'und', 'x-foo', 'ht en', 'gl pt', 'fr-CA en', 'nl fr en', 'ht nl en'],
];
const REFUSED: Locale[][] = [[], ['FR'], ['EN', 'ES', 'PT'], [...LOCALES]];
const RELEASES = ['EN', 'FR EN', 'ES FR!stale', 'PT EN!part FR', 'EN ES FR PT', 'ES PT!part!stale'];
const HAITI = {
  ...NO_TERMS,
  chain: ['FR', 'ORIGINAL', 'EN', 'ES'] as const,
  languages: 4,
  required: 4,
};

function decisions(): unknown[] {
  return LISTS.flatMap((list) => {
    const requested = list.split(' ').filter(Boolean);
    return COHERENCES.flatMap((coherence) =>
      REFUSED.flatMap((refused) =>
        [NO_TERMS, HAITI].flatMap((terms) => {
          const audience = terms === HAITI ? 'HT' : null;
          const reader = { requested, audience, coherence, refused };
          return RELEASES.map((release) => {
            const facts = published(release);
            const { locale, isFallback, trail } = resolveLocale(facts, reader, terms, LOCALES);
            return [locale, isFallback, trail.map((step) => step.locale).join()];
          });
        }),
      ),
    );
  });
}

function dates(): unknown[] {
  const days = Array.from({ length: 12 }, (_, month) => String(month + 1).padStart(2, '0'));
  const texts = TAGS.flatMap((tag) =>
    days.flatMap((month) => [dateText(`2023-${month}-01`, tag), dateText(`2023-${month}-22`, tag)]),
  );
  const regions = LOCALES.flatMap((locale) =>
    [[], ['fr'], ['en-JM'], ['ht', 'es-PE']].flatMap((requested) =>
      [[], ['fr-HT'], ['nl-SR'], ['en-CA', 'fr-CA']].map((own) =>
        regionalTag(locale, requested, own),
      ),
    ),
  );
  return [...texts, ...regions];
}

function names(): unknown[] {
  return Object.keys(STATE_NAMES).flatMap((code) =>
    [...TAGS, 'ht', 'ht en'].map((list) => regionName(code, list.split(' '), 'ES')),
  );
}

it('what readers are shown changes only together with its version', () => {
  const text = JSON.stringify([names(), dates(), decisions()]);
  const digest = createHash('sha256').update(text).digest('base64url').slice(0, 22);
  expect({ [PRESENTATION]: digest }).toEqual({ [PRESENTATION]: DIGESTS[PRESENTATION] });
});

it('versions are counted, and each shows something else', () => {
  const versions = Object.keys(DIGESTS).map(Number);
  expect(versions.at(-1)).toBe(PRESENTATION);
  expect(new Set(Object.values(DIGESTS)).size).toBe(versions.length);
});
