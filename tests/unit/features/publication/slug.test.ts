import { describe, expect, it } from '@jest/globals';
import { assert, property, string } from 'fast-check';

import type { Locale } from '../../../../src/kernel/locale.js';
import { slugOf } from '../../../../src/features/publication/slug.policy.js';

describe('the address of a text', () => {
  const rows: [number: string, title: string, slug: string, locale?: Locale][] = [
    ['305/12', 'A Roundtable on Cyber Security', '305-12-a-roundtable-on-cyber-security'],
    ['305/12', 'Une œuvre déjà commencée à l’été', '305-12-une-oeuvre-deja-commencee-a-l-ete'],
    ['305/12', '¿Qué hará el año próximo la OEA?', '305-12-que-hara-el-ano-proximo-la-oea'],
    ['305/12', 'A segurança cibernética: ações', '305-12-a-seguranca-cibernetica-acoes'],
    ['AVI-127/13', 'Advisory', 'avi-127-13-advisory'],
    ['FNE-4622', '“Quoted” – and dashed', 'fne-4622-quoted-and-dashed'],
    ['305/12', '美洲国家组织', '305-12'],
    ['305/12', '…', '305-12'],
    ['305/12', '../../etc/passwd?x=1&y=2', '305-12-etc-passwd-x-1-y-2'],
    ['305/12', 'x'.repeat(200), '305-12'],
    ['305/12', `Short ${'x'.repeat(200)} words`, '305-12-short'],
    ['606/26', 'Mercado\u200bsul e Orga\u00adnização', '606-26-mercadosul-e-organizacao', 'PT'],
    [
      '305/12',
      'Żółć, Đorđe, Søren, Straße, Þór, ŋ, ısı',
      '305-12-zolc-dorde-soren-strasse-thor-n-isi',
    ],
    ['305/12', 'OEA и Ελλάδα', '305-12-oea'],
    // Not cut behind a word that leads on.
    ...(
      [
        [
          'FR',
          'L’OEA et ses États membres saluent le courage du peuple à l’occasion du cinquantenaire de l’indépendance du Suriname',
          '305-12-l-oea-et-ses-etats-membres-saluent-le-courage-du-peuple-a-l-occasion',
        ],
        [
          'EN',
          'A Conference of Ministers on Security and Justice for All in the Americas Ends in the Bahamas',
          '305-12-a-conference-of-ministers-on-security-and-justice-for-all-in-the-americas-ends',
        ],
        [
          'ES',
          'Una reunión interamericana de alto nivel sobre los derechos de las mujeres en el mundo rural',
          '305-12-una-reunion-interamericana-de-alto-nivel-sobre-los-derechos-de-las-mujeres',
        ],
        [
          'EN',
          'The General Assembly of the Organization of American States Welcomes the Whole of Suriname’s People',
          '305-12-the-general-assembly-of-the-organization-of-american-states-welcomes-the-whole',
        ],
      ] as const
    ).map(([locale, title, slug]): [string, string, string, Locale] => [
      '305/12',
      title,
      slug,
      locale,
    ]),
  ];

  it.each(rows)('of %s, %j', (number, title, slug, locale = 'EN') => {
    expect(slugOf(number, title, locale)).toBe(slug);
  });

  it('begins with the number, fits into a line and needs no escaping', () => {
    assert(
      property(string({ maxLength: 300 }), (title) => {
        const slug = slugOf('9001/26', title, 'EN');
        expect(slug).toMatch(/^9001-26(-[a-z0-9]+)*$/);
        expect(slug.length).toBeLessThanOrEqual(90);
      }),
    );
  });
});
