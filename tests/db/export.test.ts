import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { loadDemo, loadGenerated } from '../../src/cli/demo.js';
import type { Block } from '../../src/kernel/rich-text/index.js';
import { aRelease } from '../support/a-release.js';
import { readText } from '../support/imported-pages.js';
import { createImporting, type Importing, silentTerminal } from '../support/importing.js';

const GENERATED = { count: 25, seed: 7 };

let from: Importing;
let to: Importing;

beforeAll(async () => {
  from = await createImporting();
  to = await createImporting();
});
afterAll(async () => {
  await from.close();
  await to.close();
});

const paragraph = (text: string): Block => ({ kind: 'PARAGRAPH', text });

/** Plain texts that a reader must see as they stand, though CommonMark has a meaning for their signs. */
const AWKWARD = [
  '# no heading',
  '1. no list',
  '2012) no list either',
  '- no list – but a dash',
  '> no quotation',
  '=== ---',
  '*not* _emphasis_ `not code` ~~not struck~~',
  '[not](a link) ![not an image] <b>not bold</b> &amp; &copy;',
  '$1.2 million at 5 % \\ 3 | 4',
  '\u00a0between no-break spaces\u202f!',
  'e\u0301 composed, 🇭🇹 👩🏽‍🔬 𝒜, עברית, ﷺ',
  'a soft\u00adhyphen, zero\u200bwidth and a line\u2028separator',
  'www.oas.org, https://www.oas.org/en/(x)_y and someone@oas.org',
  'trailing backslash \\',
  '+ plus, * star, 7. and 8)',
  '“quoted” ‘quoted’ "quoted" \'quoted\' «\u00a0cité\u00a0»',
];

describe('what is published', () => {
  it('is exported, imported into an empty database and exported again as the same bytes', async () => {
    await loadDemo(from.database.dataSource);
    await loadGenerated(from.database, silentTerminal(), GENERATED);
    const first = await from.export();
    expect(first.split('\n')).toHaveLength(11 + GENERATED.count + 1);
    await to.files({ 'all.jsonl': first });
    const { ok, lines } = await to.import(['all.jsonl'], { publish: true });
    expect({ ok, last: lines.at(-1) }).toEqual({
      ok: true,
      last: 'Import finished: 36 releases imported and 36 published.',
    });
    expect(await to.export()).toBe(first);
    // And once more into the place that it came from: nothing there is another.
    await from.files({ 'all.jsonl': first });
    const again = await from.import(['all.jsonl'], { publish: true });
    expect(again.lines.at(-1)).toBe('Import finished: 36 unchanged.');
  });

  it('preserves awkward texts, of pages and of staff, to the character', async () => {
    const texts = AWKWARD.map((text) => text.normalize('NFC'));
    await from.files({
      'awkward.txt': [
        'Press Release',
        'Awkward *Signs* & <Angles> [in] a “Title” # 1',
        'May 5, 2015',
        'The first paragraph is a plain one of the OAS and the states.',
        ...AWKWARD.filter((text) => !/^[-+>]|^\u00a0/.test(text)),
        'Reference: E-990/15',
      ].join('\n\n'),
    });
    expect((await from.import(['awkward.txt'], { publish: true })).ok).toBe(true);
    await from.given(
      aRelease('991/15')
        .in('PT', {
          title: 'Título *enfático* com `código`',
          summary: 'Resumo com [ligação](https://www.oas.org/pt/a_(b) "dica").',
          body: [
            { kind: 'QUOTE', text: '“Uma citação.”' },
            { kind: 'QUOTE', text: '“Outra, logo depois.”' },
            { kind: 'LIST_ITEM', text: 'um' },
            { kind: 'LIST_ITEM', text: 'dois' },
            paragraph('Entre duas listas.'),
            { kind: 'LIST_ITEM', text: 'três' },
            { kind: 'HEADING', text: 'Um subtítulo' },
            paragraph('Primeira linha\\\nsegunda linha'),
            paragraph('**forte** e *ênfase*, ***ambos***'),
            ...texts.map((text) => paragraph(escaped(text))),
          ],
        })
        .withOwnBodyIn('FR', {
          title: 'Un autre découpage',
          summary: 'Un résumé.',
          body: ['Un seul alinéa.'],
        })
        .published(),
    );
    const first = await from.export();
    await to.files({ 'more.jsonl': first });
    expect((await to.import(['more.jsonl'], { publish: true })).ok).toBe(true);
    expect(await to.export()).toBe(first);
    for (const [number, tag] of [
      ['990/15', 'en'],
      ['991/15', 'pt'],
      ['991/15', 'fr'],
    ] as const) {
      const [there, here] = [await readText(to, number, tag), await readText(from, number, tag)];
      expect(there.body.html).toBe(here.body.html);
      expect(there.title.value).toBe(here.title.value);
    }
    const shown = (await readText(to, '990/15', 'en')).body.blocks.map((b) => b.plainText);
    for (const text of texts.filter((t) => !/^[-+>]|^\u00a0/.test(t)))
      expect(shown).toContain(text);
  });

  it('is all that is exported: no draft, nothing that was taken back, no older edition', async () => {
    const secret = 'Ocotea';
    await from.given(
      aRelease('995/15').in('EN', { title: `${secret} in a draft` }),
      aRelease('996/15')
        .in('EN', { title: `${secret} retracted` })
        .published()
        .retracted(),
      aRelease('997/15')
        .in('EN', { title: 'Corrected' })
        .in('FR', { title: `${secret} en français` })
        .published()
        .retracted('FR'),
      aRelease('998/15')
        .in('EN', { title: `${secret} at first` })
        .published()
        .revised('SUBSTANTIVE', { title: 'Corrected' })
        .published(),
    );
    const text = await from.export();
    expect(text).not.toContain(secret);
    expect(text).toContain('"997/15"');
    expect(text).toContain('"998/15"');
  });
});

/** Inline CommonMark that shows the text as it stands. */
function escaped(text: string): string {
  return text.replace(/[!-/:-@[-`{-~]/g, '\\$&');
}
