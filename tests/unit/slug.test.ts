import { describe, expect, it } from '@jest/globals';
import { assert, property, string } from 'fast-check';

import { slugOf } from '../../src/features/publication/slug.js';

describe('the address of a text', () => {
  const rows: [number: string, title: string, slug: string][] = [
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
  ];

  it.each(rows)('of %s, %j', (number, title, slug) => {
    expect(slugOf(number, title)).toBe(slug);
  });

  it('begins with the number, fits into a line and needs no escaping', () => {
    assert(
      property(string({ maxLength: 300 }), (title) => {
        const slug = slugOf('9001/26', title);
        expect(slug).toMatch(/^9001-26(-[a-z0-9]+)*$/);
        expect(slug.length).toBeLessThanOrEqual(90);
      }),
    );
  });
});
