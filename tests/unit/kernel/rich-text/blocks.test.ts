import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  canonicalInline,
  exceedsInlineLimits,
  parseBlocks,
  renderBlock,
  renderBlocks,
  renderInline,
  type Block,
} from '../../../../src/kernel/rich-text/index.js';
import { BLOCK_KINDS } from '../../../../src/kernel/release.js';

/** Lines that begin like blocks, and everything that could end one. */
const line = fc
  .tuple(
    fc.constantFrom(
      ...[
        '',
        '# ',
        '## ',
        '#',
        '> ',
        '>',
        '- ',
        '-',
        '* ',
        '+ ',
        '1. ',
        '12) ',
        '1.',
        '---',
        '===',
        '***',
        '* * *',
      ],
      ...[
        '```',
        '~~~',
        '<div>',
        '<!--',
        '<http://a.b>',
        '[a]: b',
        '[a\n',
        ']: c',
        '    ',
        '\t',
        '| a | b |',
        '|---|---|',
      ],
      ...['\\', '\\# ', '\\- ', '1\\. ', '\\[a]: b', '\u00a0', '___', '<a@b.c>', ':--|--:'],
    ),
    fc.string({ unit: fc.constantFrom(...'ab#-`*_[]()<>\\&. \u00a0|:=~1'), maxLength: 8 }),
    fc.constantFrom('', '', ' #', ' ##', '\\', '  ', '#'),
  )
  .map((parts) => parts.join(''));
const text = fc.array(line, { minLength: 1, maxLength: 4 }).map((lines) => lines.join('\n'));
const wild = fc.array(
  fc.record({ kind: fc.constantFrom(...BLOCK_KINDS), text: fc.oneof(text, fc.string()) }),
  { maxLength: 6 },
);
const stored = wild.map((blocks) =>
  blocks
    .map(({ kind, text: raw }): Block => ({
      kind,
      text: canonicalInline(raw.replace(/!\[|\0/g, ''), kind),
    }))
    .filter((block) => block.text !== '' && !exceedsInlineLimits(block.text)),
);

describe('renderBlocks', () => {
  it('renders each kind', () => {
    const blocks: Block[] = [
      { kind: 'HEADING', text: 'Aims' },
      { kind: 'PARAGRAPH', text: 'One *two*.' },
      { kind: 'LIST_ITEM', text: 'a' },
      { kind: 'LIST_ITEM', text: 'b\\\nc' },
      { kind: 'QUOTE', text: '“Well.”' },
      { kind: 'QUOTE', text: '“Done.”' },
      { kind: 'LIST_ITEM', text: 'd' },
    ];
    expect(renderBlocks(blocks)).toEqual({
      html: [
        '<h2>Aims</h2>',
        '<p>One <em>two</em>.</p>',
        '<ul><li>a</li><li>b<br>c</li></ul>',
        '<blockquote><p>“Well.”</p></blockquote>',
        '<blockquote><p>“Done.”</p></blockquote>',
        '<ul><li>d</li></ul>',
      ].join('\n'),
      markdown: '## Aims\n\nOne *two*.\n\n- a\n- b\\\n  c\n\n> “Well.”\n\n> “Done.”\n\n- d',
      plainText: 'Aims\n\nOne two.\n\na\n\nb\nc\n\n“Well.”\n\n“Done.”\n\nd',
    });
  });

  it.each([
    ['# no heading', '\\# no heading'],
    ['#no heading', '#no heading'],
    ['- no item', '\\- no item'],
    ['-5 degrees', '-5 degrees'],
    ['2012. A year', '2012\\. A year'],
    ['> no quote', '\\> no quote'],
    ['a\n---', 'a\n\\---'],
    ['<div>', '\\<div>'],
    ['<https://a.b>', '<https://a.b>'],
    ['[a]: b', '\\[a]: b'],
    ['**bold** start', '**bold** start'],
  ])('writes the paragraph %j as %j', (stored, markdown) => {
    expect(renderBlocks([{ kind: 'PARAGRAPH', text: stored }]).markdown).toBe(markdown);
  });

  it.each<[string, string[], string, string]>([
    ['in order', ['1. a', '2. b'], '1. a\n2. b', '<ol><li>a</li><li>b</li></ol>'],
    [
      'from another number',
      ['3. a', '4. b'],
      '3. a\n4. b',
      '<ol start="3"><li>a</li><li>b</li></ol>',
    ],
    [
      'with a gap',
      ['1. a', '5. b', '6. c'],
      '1. a\n\n- 5\\. b\n\n6. c',
      '<ol><li>a</li><li value="5">b</li><li>c</li></ol>',
    ],
    [
      'downwards',
      ['2. a', '1. b'],
      '2. a\n\n- 1\\. b',
      '<ol start="2"><li>a</li><li value="1">b</li></ol>',
    ],
    ['with parentheses', ['1) a', '2) b'], '1) a\n2) b', '<ol><li>a</li><li>b</li></ol>'],
    [
      'beside bullets',
      ['a', '2. b', 'c'],
      '- a\n\n2. b\n\n- c',
      '<ul><li>a</li></ul>\n<ol start="2"><li>b</li></ol>\n<ul><li>c</li></ul>',
    ],
    ['with emphasis', ['1. *a*'], '1. *a*', '<ol><li><em>a</em></li></ol>'],
    ['with two lines', ['10. a\\\nb'], '10. a\\\n    b', '<ol start="10"><li>a<br>b</li></ol>'],
  ])('renders an ordered list %s', (_name, texts, markdown, html) => {
    const blocks = texts.map((value): Block => ({ kind: 'LIST_ITEM', text: value }));
    const rendered = renderBlocks(blocks);
    expect(rendered.markdown).toBe(markdown);
    expect(rendered.html).toBe(html);
    expect(rendered.plainText).toBe(texts.join('\n\n').replace(/[*\\]/g, ''));
    expect(parseBlocks(markdown)).toMatchObject({ ok: true, blocks });
  });

  it('renders an ordered item by itself with its number', () => {
    expect(renderBlock({ kind: 'LIST_ITEM', text: '3. To pay' })).toEqual({
      html: '<li value="3">To pay</li>',
      plainText: '3. To pay',
    });
  });

  it('makes a document from which the same blocks are read', () => {
    fc.assert(
      fc.property(stored, (blocks) => {
        expect(parseBlocks(renderBlocks(blocks).markdown)).toEqual({
          ok: true,
          blocks,
          reduced: [],
        });
      }),
      { numRuns: 300 },
    );
  });

  it('shows the reader the same before and after a text is brought into its stored form', () => {
    const harmless = text.filter((raw) => !raw.includes('`') && !/\n[ \t]*\n/.test(raw));
    fc.assert(
      fc.property(harmless, (raw) => {
        const trimmed = renderInline(raw.replace(/^[ \t\n]+|[ \t\n]+$/g, '')).plainText;
        expect(renderInline(canonicalInline(raw, 'PARAGRAPH')).plainText).toBe(trimmed);
      }),
      { numRuns: 300 },
    );
  });

  it('brings a stored form no further', () => {
    fc.assert(
      fc.property(stored, (blocks) => {
        for (const { kind, text: inline } of blocks)
          expect(canonicalInline(inline, kind)).toBe(inline);
      }),
    );
  });
});

describe('parseBlocks', () => {
  it('reads what other systems write', () => {
    const markdown =
      '\uFEFFTitle of a part\r\n===\r\n\r\nOne  \r\ntwo *three*\n\n\n### Four ###\n1. five\n2. six\n\n   \n* seven\n  eight\n\n> nine\nten\n>\n> eleven\n';
    expect(parseBlocks(markdown)).toEqual({
      ok: true,
      reduced: [],
      blocks: [
        { kind: 'HEADING', text: 'Title of a part' },
        { kind: 'PARAGRAPH', text: 'One  \ntwo *three*' },
        { kind: 'HEADING', text: 'Four' },
        { kind: 'LIST_ITEM', text: '1. five' },
        { kind: 'LIST_ITEM', text: '2. six' },
        { kind: 'LIST_ITEM', text: 'seven\neight' },
        { kind: 'QUOTE', text: 'nine\nten' },
        { kind: 'QUOTE', text: 'eleven' },
      ],
    });
  });

  it.each([
    ['BODY_CODE', 3, 'a\n\n```\nb\n```'],
    ['BODY_CODE', 3, 'a\n\n    b'],
    ['BODY_TABLE', 3, 'a\n\n| b | c |\n|---|---|\n| d | e |'],
    ['BODY_HTML', 1, '<div>a</div>'],
    ['BODY_HTML', 3, '> a\n>\n> <script>'],
    ['BODY_IMAGE', 2, 'a\n*b ![c](https://d.e/f.png)*'],
    ['BODY_DEFINITION', 3, '[a][b]\n\n[b]: https://c.d'],
    ['BODY_NESTED', 1, '>'.repeat(100_000)],
    ['BODY_NESTED', 1, '- '.repeat(50_000)],
    ['BODY_TOO_LONG', 1, 'a'.repeat(500_000)],
    ['BODY_TOO_LONG', 3, `a\n\n${'*b '.repeat(300)}`],
    ['BODY_TOO_LONG', 1, '[\n'.repeat(20_000)],
    ['BODY_TOO_LONG', 1, '2. *a\n'.repeat(20_000).replace('2. ', '')],
    ['BODY_TOO_LONG', 1, '#*a\n'.repeat(20_000)],
    ['BODY_TOO_LONG', 1, `x${'\n+ \n*a'.repeat(20_000)}`],
  ])('refuses %s in line %i', (reason, faultLine, markdown) => {
    const start = performance.now();
    expect(parseBlocks(markdown)).toEqual({ ok: false, reason, line: faultLine });
    expect(performance.now() - start).toBeLessThan(10_000);
  });

  const item = (text: string): Block => ({ kind: 'LIST_ITEM', text });

  it.each<[string, string, Block[], string[]]>([
    ['a nested list', '- a\n  - b\n- c', [item('a'), item('b'), item('c')], ['NESTED 2']],
    [
      'a list of numbers in another',
      '1. a\n   - b\n2. c',
      [item('1. a'), item('b'), item('2. c')],
      ['NESTED 2'],
    ],
    ['an item of two paragraphs', '3. a\n\n   b', [item('3. a\\\nb')], []],
    ['a heading in a quote', '> # a', [{ kind: 'HEADING', text: 'a' }], ['NESTED 1']],
    ['a list in a quote', '> - a\n>   b', [item('a\nb')], ['NESTED 1']],
    [
      'a quote in a list',
      '- a\n\n  > b\n  > c',
      [item('a'), { kind: 'QUOTE', text: 'b\nc' }],
      ['NESTED 3'],
    ],
    [
      'a rule',
      'a\n\n* * *\n\nb',
      [
        { kind: 'PARAGRAPH', text: 'a' },
        { kind: 'PARAGRAPH', text: 'b' },
      ],
      ['RULE 3'],
    ],
  ])('reads %s', (_name, markdown, blocks, reduced) => {
    const parsed = parseBlocks(markdown);
    expect(parsed.ok && parsed.blocks).toEqual(blocks);
    expect(parsed.ok && parsed.reduced.map(({ what, line: at }) => `${what} ${at}`)).toEqual(
      reduced,
    );
  });

  it('refuses a list that is nested too deeply to be followed', () => {
    const deep = Array.from({ length: 40 }, (_, level) => `${'  '.repeat(level)}- a`).join('\n');
    expect(parseBlocks(deep)).toMatchObject({ ok: false, reason: 'BODY_NESTED' });
  });

  it('reads long lists in which every item has a link', () => {
    const items = (marker: string) => `${marker} see [it](https://a.example)\n`.repeat(500);
    for (const list of [items('-'), items('7.')]) {
      const parsed = parseBlocks(list);
      expect(parsed.ok && parsed.blocks).toHaveLength(500);
    }
  });

  it('reads or refuses whatever it is given', () => {
    fc.assert(
      fc.property(fc.oneof(text, fc.string()), (markdown) => {
        const parsed = parseBlocks(markdown);
        if (!parsed.ok) return;
        const again = renderBlocks(parsed.blocks).markdown;
        expect(parseBlocks(again)).toEqual({ ...parsed, reduced: [] });
      }),
      { numRuns: 300 },
    );
  });
});
