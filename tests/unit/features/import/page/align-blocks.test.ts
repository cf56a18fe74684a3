import { describe, expect, it } from '@jest/globals';
import { alignBlocks } from '../../../../../src/features/import/page/align-blocks.js';
import type { Block } from '../../../../../src/kernel/rich-text/index.js';

/** A sentence of so many characters. */
function words(length: number): string {
  return 'word '.repeat(Math.ceil(length / 5)).slice(0, length - 1) + '.';
}

function paragraphs(...texts: (string | number)[]): Block[] {
  return texts.map((text) => ({
    kind: 'PARAGRAPH',
    text: typeof text === 'number' ? words(text) : text,
  }));
}

const heading: Block = { kind: 'HEADING', text: 'Aims' };

describe('alignBlocks', () => {
  it.each<[string, boolean, Block[], Block[]]>([
    ['nothing and nothing', true, [], []],
    ['the same lengths', true, paragraphs(300, 500, 400), paragraphs(300, 500, 400)],
    [
      'a language that takes a quarter more',
      true,
      paragraphs(300, 500, 400),
      paragraphs(390, 610, 520),
    ],
    ['a short block twice as long', true, paragraphs(30, 500), paragraphs(62, 540)],
    ['one block fewer', false, paragraphs(300, 500, 400), paragraphs(300, 900)],
    ['other kinds', false, [heading, ...paragraphs(300)], [...paragraphs(300), heading]],
    ['two merged, one split', false, paragraphs(300, 300, 300), paragraphs(640, 160, 170)],
    ['one split, two merged', false, paragraphs(400, 200, 300), paragraphs(200, 210, 540)],
    ['a block that is nearly empty', false, paragraphs(400, 400), paragraphs(440, 20)],
    [
      'numbers in their places, in the forms of two countries',
      true,
      paragraphs(
        'In 2011 they gave 1.2 million, or 40 each.',
        'In 2013 nothing was given any more.',
      ),
      paragraphs(
        'En 2011 dieron 1,2 millones, o sea 40 cada uno.',
        'En 2013 ya no se dio nada más.',
      ),
    ],
    [
      'numbers that changed places',
      false,
      paragraphs('In 2011 they gave much to all of them.', 'In 2013 nothing was given any more.'),
      paragraphs('En 2013 ya no se dio nada más a nadie.', 'En 2011 dieron mucho a todos ellos.'),
    ],
    [
      'a number that became a word',
      true,
      paragraphs('They met for 2 days in the capital.', 'All of them went home.'),
      paragraphs('Se reunieron dos días en la capital.', 'Todos volvieron a casa.'),
    ],
    [
      'a number in two blocks says nothing',
      true,
      paragraphs('In 2012 they met in the capital.', 'They meet again after 2012.'),
      paragraphs('Se reunieron en la capital.', 'Se reúnen de nuevo después de 2012.'),
    ],
    [
      'grouped numbers',
      true,
      paragraphs('They counted 12,500 votes there.', 'No more is known of it.'),
      paragraphs('Ils ont compté 12\u202f500 voix là-bas.', 'On n’en sait pas plus.'),
    ],
    [
      'an address in another block',
      false,
      paragraphs('More is at www.oas.example, they say.', 'That was the last of it all.'),
      paragraphs('Eso fue lo último de todo, según ellos.', 'Hay más en www.oas.example.'),
    ],
    [
      'quotations in their places, in other marks',
      true,
      paragraphs('“We came,” she said. “We saw.”', 'He said nothing at all to that.'),
      paragraphs(
        '« Nous sommes venus », dit-elle. « Nous avons vu. »',
        'Il n’a rien répondu à cela.',
      ),
    ],
    [
      'a quotation that moved',
      false,
      paragraphs('She said: “We came and we saw.”', 'He said nothing at all to that.'),
      paragraphs('Ella no dijo nada más sobre eso.', 'Él dijo: “Vinimos y vimos todo”.'),
    ],
    [
      'a quotation made indirect',
      true,
      paragraphs('She said: “We came and we saw.”', 'He said: “So did I, and more.”'),
      paragraphs('Ella dijo que vinieron y que vieron.', 'Él dijo: “Yo también, y más”.'),
    ],
    [
      'a quotation within another',
      true,
      paragraphs('“He said ‘yes’ twice to us,” she said.', 'And so it was then.'),
      paragraphs('« Il nous a dit “oui” deux fois », dit-elle.', 'Et ce fut ainsi.'),
    ],
  ])('%s: %s', (_name, aligned, original, translation) => {
    expect(alignBlocks(original, translation)).toBe(aligned);
  });
});
