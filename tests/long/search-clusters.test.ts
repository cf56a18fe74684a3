import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { ENTITIES } from '../../src/cli/database.js';
import { type Locale, LOCALES, TAG_OF } from '../../src/kernel/locale.js';
import { openDatabase } from '../../src/platform/db/index.js';
import { aRelease } from '../support/a-release.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { createEmptyDatabase, type TestDatabase } from '../support/database.js';
import { OTHER_WORD, SAME_WORD, withoutAccents, type WordPair } from '../support/word-pairs.js';

/**
 * Search on databases as clusters make them with `initdb --locale=C`, `--locale=C.UTF-8` and `--locale-provider=icu`: the
 * locale is that of the database. Another version of PostgreSQL is tried with TEST_DATABASE_URL, all pairs with
 * SEARCH_ALL_PAIRS=1.
 */
const CLUSTERS = [
  ['C', `LOCALE 'C'`],
  ['C.UTF-8', `LOCALE 'C.UTF-8'`],
  ['ICU', `LOCALE_PROVIDER icu ICU_LOCALE 'und' LOCALE 'C.UTF-8'`],
] as const;

const PAIRS = process.env.SEARCH_ALL_PAIRS === '1' ? Infinity : 40;

/** Texts and searches of which each finds the other's release: "text" in, "search" typed. */
const WRITTEN: readonly (readonly [Locale, text: string, search: string])[] = [
  ['EN', '“Zebracurl” begins', 'zebracurl'],
  ['EN', 'He said “giraffecurl is here” — narwhaldash—ocelotdash – quokkaend…', 'giraffecurl'],
  ['EN', 'Words—narwhaldash—ocelotdash – end', 'narwhaldash'],
  ['EN', 'Ended – quokkaend…', 'quokkaend'],
  ['EN', 'In 2041–2045 it is', '2041'],
  ['EN', 'In all 30 000 votes', '30,000'],
  ['EN', 'In all 30,000 votes', '30000'],
  ['EN', 'In all 30.000 votes', '30 000'],
  ['EN', 'A hurricane🌀.', 'hurricane'],
  ['EN', 'The U.S. delegation', 'US'],
  ['EN', 'The US delegation', 'U.S.'],
  ['EN', 'The WHO reports', 'WHO'],
  ['EN', 'Growth of 1.2 million', '1,2'],
  ['EN', 'Emissions of CO₂', 'CO2'],
  ['EN', 'A cyber-security plan', 'cybersecurity'],
  ['EN', 'A cyber-security plan', 'cyber security'],
  ['EN', 'A cybersecurity plan', 'cyber-security'],
  ['EN', 'A cybersecurity plan', 'cyber security'],
  ['EN', 'A cyber security plan', 'cybersecurity'],
  ['EN', 'A cyber security plan', 'cyber-security'],
  ['EN', 'The COVID-19 crisis', 'covid19'],
  ['EN', 'Write to press@oas.org', 'press@oas.org'],
  ['EN', 'A na\u00efve co\u2011operation', 'cooperation'],
  ['FR', '«\u00a0Libertéguill\u00a0» et espaceguill', 'libertéguill'],
  ['FR', 'La cyber-sécurité', 'cybersécurité'],
  ['FR', 'La cybersécurité', 'cyber-sécurité'],
  ['FR', 'L’Union et l’ﬁnance aujourd’hui', 'finance'],
  ['FR', 'Qu’il vienne jusqu’ici', 'ici'],
  ['ES', '¿Quéinterroga? ¡Vivaexclama!', 'quéinterroga'],
  ['ES', '«Citaespañola» y “citaingles”.', 'citaingles'],
  ['ES', 'Acuerdo Brasil/Argentina', 'Argentina'],
  ['ES', 'Acuerdo Colombia/Ecuador', 'Colombia'],
  ['ES', 'La O.E.A. reunida', 'OEA'],
  ['ES', 'La OEA reunida', 'O.E.A.'],
  ['ES', 'La C.I.D.H. reunida', 'CIDH'],
  ['ES', 'También EE.UU.', 'EEUU'],
  ['ES', 'También EE. UU. fue', 'EE.UU.'],
  ['ES', 'También EEUU fue', 'EE. UU.'],
  ['PT', 'Mercado\u200bsul e Orga\u00adnização', 'Mercadosul'],
  ['PT', 'Mercado\u200bsul e Orga\u00adnização', 'organização'],
  ['PT', 'A inte\u200dgração com \u2060cooperação\u2060.', 'integração'],
  ['PT', 'A inte\u200dgração com \u2060cooperação\u2060.', 'cooperação'],
];

const NOT_WRITTEN: readonly (readonly [Locale, text: string, search: string])[] = [
  ['EN', 'In 2012¹ it was', '20121'],
  ['EN', 'Join us now', 'US'],
  ['EN', 'Those who report', 'WHO'],
  ['EN', 'See AG/RES. 305/12', '12'],
];

interface Try {
  readonly locale: Locale;
  readonly text: string;
  readonly search: string;
}

function tries(lists: Record<Locale, readonly WordPair[]>): Try[] {
  return LOCALES.flatMap((locale) =>
    lists[locale].slice(0, PAIRS).flatMap(([one, other]) => {
      const forms = (word: string) => [...new Set([word, withoutAccents(word)])];
      return [
        ...forms(other).map((search) => ({ locale, text: one, search })),
        ...forms(one).map((search) => ({ locale, text: other, search })),
        ...forms(one).map((text) => ({ locale, text, search: other })),
      ];
    }),
  );
}

const written = (rows: typeof WRITTEN): Try[] =>
  rows.map(([locale, text, search]) => ({ locale, text, search }));

async function createDatabase(clause: string): Promise<TestDatabase> {
  const empty = await createEmptyDatabase(`TEMPLATE template0 ENCODING 'UTF8' ${clause}`);
  const database = await openDatabase(empty.settings, { entities: ENTITIES });
  const drop = async () => {
    await database.close();
    await empty.drop();
  };
  return { database, ownerUrl: empty.url, drop };
}

describe.each(CLUSTERS)('search on a cluster with the locale %s', (_, clause) => {
  let gateway: TestApp;
  const found = [...tries(SAME_WORD), ...written(WRITTEN)];
  const apart = [...tries(OTHER_WORD), ...written(NOT_WRITTEN)];
  /** The number of the release that has a text. */
  const numbers = new Map<string, string>();

  beforeAll(async () => {
    gateway = await createTestApp({ database: await createDatabase(clause) });
    const byLocale = LOCALES.map((locale) => {
      const texts = [...found, ...apart].filter((one) => one.locale === locale);
      return [...new Set(texts.map(({ text }) => text))].map((text) => ({ locale, text }));
    });
    const count = Math.max(...byLocale.map(({ length }) => length));
    for (let index = 0; index < count; index += 1) {
      const number = `${1000 + index}/26`;
      let release = aRelease(number);
      for (const texts of byLocale) {
        const { locale, text } = texts[index] ?? { locale: texts[0]?.locale ?? 'EN', text: 'zzz' };
        numbers.set(`${locale} ${text}`, number);
        release = release.in(locale, { title: 'Zzzz', summary: null, body: [text] });
      }
      await gateway.given(release.published());
    }
  }, 600_000);
  afterAll(() => gateway.close());

  /** @returns for each of them whether its text is found */
  async function searched(all: readonly Try[]): Promise<boolean[]> {
    const results: boolean[] = [];
    for (let at = 0; at < all.length; at += 10) {
      const some = all.slice(at, at + 10);
      const fields = some.map(({ locale, search }, index) => {
        const args = `search: ${JSON.stringify(search)}, languages: ["${TAG_OF[locale]}"], first: 100`;
        return `s${index}: releases(${args}) { nodes { number } }`;
      });
      const { data, errors } = await gateway.query<Record<string, { nodes: { number: string }[] }>>(
        `{ ${fields.join(' ')} }`,
      );
      expect(errors).toEqual([]);
      results.push(
        ...some.map(({ locale, text }, index) => {
          const number = numbers.get(`${locale} ${text}`);
          return (data[`s${index}`]?.nodes ?? []).some((node) => node.number === number);
        }),
      );
    }
    return results;
  }

  it('finds each form of a word by the others, with and without accents', async () => {
    const results = await searched(found);
    expect(found.filter((_, index) => !results[index])).toEqual([]);
    process.stdout.write(`${results.filter(Boolean).length} found of ${found.length}\n`);
  }, 600_000);

  it('takes no word for another one', async () => {
    const results = await searched(apart);
    expect(apart.filter((_, index) => results[index])).toEqual([]);
    process.stdout.write(`${results.filter((one) => !one).length} apart of ${apart.length}\n`);
  }, 600_000);
});
