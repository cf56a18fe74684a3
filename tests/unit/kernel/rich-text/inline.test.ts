import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { escapeInline, renderInline } from '../../../../src/kernel/rich-text/index.js';
import { renderParsed } from '../../../../src/kernel/rich-text/inline.js';

/** Texts in which every character may mean something. */
const markup = fc.string({
  unit: fc.constantFrom(
    ...'a b é . * _ ` [ ] ( ) < > & # ; ! \\ - + 1 : / @ " \' | ~ = { } \u00a0 “ 日 𝒳'.split(' '),
    ' ',
    '\t',
    '\n',
    '\r',
    '&amp;',
    '](',
    '**',
    'http://a.b',
  ),
  maxLength: 40,
});
const anything = fc.oneof(markup, fc.string({ unit: 'binary', maxLength: 40 }), fc.string());

describe('renderInline', () => {
  it.each([
    ['nothing', '', '', ''],
    ['plain text', 'Peru > all, 10%', 'Peru > all, 10%', 'Peru > all, 10%'],
    ['emphasis', 'a *b* c', 'a <em>b</em> c', 'a b c'],
    ['strong', 'a **b** c', 'a <strong>b</strong> c', 'a b c'],
    ['both', '***b***', '<em><strong>b</strong></em>', 'b'],
    ['link', '[OAS](https://www.oas.org/en)', '<a href="https://www.oas.org/en">OAS</a>', 'OAS'],
    [
      'mail',
      '[write](mailto:press@oas.example)',
      '<a href="mailto:press@oas.example">write</a>',
      'write',
    ],
    [
      'link with spaces and accents',
      '[a](<https://a.b/ñ c>)',
      '<a href="https://a.b/%C3%B1%20c">a</a>',
      'a',
    ],
    ['encoded link', '[a](https://a.b/%C3%B1)', '<a href="https://a.b/%C3%B1">a</a>', 'a'],
    ['title of a link', '[a](https://a.b "t")', '<a href="https://a.b">a</a>', 'a'],
    [
      'autolink',
      '<https://a.b/?x=1&y=2>',
      '<a href="https://a.b/?x=1&#x26;y=2">https://a.b/?x=1&#x26;y=2</a>',
      'https://a.b/?x=1&y=2',
    ],
    ['script address', '[a](javascript:alert(1))', 'a', 'a'],
    ['data address', '[*a*](data:text/html,x)', '<em>a</em>', 'a'],
    ['disguised script address', '[a](JaVa&#9;Script:alert(1))', 'a', 'a'],
    ['relative address', '[a](/en/x)', 'a', 'a'],
    ['protocol-relative address', '[a](//evil.example)', 'a', 'a'],
    [
      'raw HTML',
      'a <b onclick="x()">c</b>',
      'a &#x3C;b onclick="x()">c&#x3C;/b>',
      'a <b onclick="x()">c</b>',
    ],
    [
      'script',
      '<script>alert(1)</script>',
      '&#x3C;script>alert(1)&#x3C;/script>',
      '<script>alert(1)</script>',
    ],
    ['code span', 'a `*b*` c', 'a *b* c', 'a *b* c'],
    ['image', '![*alt* text](https://a.b/c.png)', 'alt text', 'alt text'],
    ['hard break', 'a\\\nb', 'a<br>b', 'a\nb'],
    ['hard break of two spaces', 'a  \n  b', 'a<br>b', 'a\nb'],
    ['soft break', 'a\n  b', 'a b', 'a b'],
    ['escaped backslash before a line end', 'a\\\\\nb', 'a\\ b', 'a\\ b'],
    ['references', 'caf&eacute; &amp; t&#233;', 'café &#x26; té', 'café & té'],
    ['block syntax', '# a', '# a', '# a'],
    ['list syntax', '- a\n- b', '- a - b', '- a - b'],
    ['quote syntax', '> a', '> a', '> a'],
    ['rule syntax', '* * *', '* * *', '* * *'],
    ['definition syntax', '[a]: https://a.b', '[a]: https://a.b', '[a]: https://a.b'],
    ['fence syntax', '~~~\na', '~~~ a', '~~~ a'],
    ['no-break spaces at the edges', '\u00a0a\u00a0', '\u00a0a\u00a0', '\u00a0a\u00a0'],
  ])('%s', (_name, text, html, plainText) => {
    expect(renderInline(text)).toEqual({ html, plainText });
  });

  it('gives the same result on the fast path as on the slow one', () => {
    fc.assert(
      fc.property(anything, (text) => {
        expect(renderInline(text)).toEqual(renderParsed(text));
      }),
      { numRuns: 300 },
    );
  });

  it('lets through no element and no attribute but its own', () => {
    const allowed = /<(?:\/?(?:em|strong)|br|\/a|a href="(?:https?:\/\/|mailto:)[^"<>]*")>/gi;
    fc.assert(
      fc.property(anything, (text) => {
        expect(renderInline(text).html.replace(allowed, '')).not.toContain('<');
      }),
      { numRuns: 300 },
    );
  });

  it.each([
    ['nested emphasis', '*a **b '.repeat(9_000)],
    ['open brackets', '['.repeat(100_000)],
    ['links that never end', '[a](x "'.repeat(10_000)],
    ['back-ticks of many lengths', Array.from({ length: 400 }, (_, n) => '`'.repeat(n)).join(' ')],
    ['nested emphasis below the limit', `${'*a '.repeat(128)}${'b* '.repeat(128)}`],
    ['angles', '<a:'.repeat(6_000)],
    ['stars that pair with none', '*'.repeat(19_000)],
  ])('shows %s quickly', (_name, text) => {
    const start = performance.now();
    expect(renderInline(text).html.length).toBeGreaterThan(0);
    expect(performance.now() - start).toBeLessThan(10_000);
  });
});

describe('escapeInline', () => {
  it.each([
    ['Canada´s and “quoted” – 10% (a) [b]', 'Canada´s and “quoted” – 10% (a) [b]'],
    ['R&D, AT&T and 3 < 4 * 5', 'R&D, AT&T and 3 < 4 * 5'],
    ['file_name and 5* hotels', 'file_name and 5* hotels'],
    ['C:\\path', 'C:\\path'],
    ['*a*', '\\*a\\*'],
    ['_a_', '\\_a\\_'],
    ['[a](b)', '\\[a](b)'],
    ['<b>', '\\<b>'],
    ['&amp;', '\\&amp;'],
    ['l`homme d`État', 'l\\`homme d\\`État'],
    ['a\nb', 'a\\\nb'],
    [' a ', '&#32;a&#32;'],
    ['\\*', '\\\\*'],
  ])('%j becomes %j', (plain, escaped) => {
    expect(escapeInline(plain)).toBe(escaped);
    expect(renderInline(escaped).plainText).toBe(plain);
  });

  it('shows every text as it was', () => {
    const noNull = anything.filter((text) => !text.includes('\0'));
    fc.assert(
      fc.property(noNull, (plain) => {
        expect(renderInline(escapeInline(plain)).plainText).toBe(plain);
      }),
      { numRuns: 300 },
    );
  });

  it('escapes all of a text that would otherwise be too costly to parse', () => {
    const plain = 'a_ '.repeat(400);
    expect(renderInline(escapeInline(plain)).plainText).toBe(plain);
  });
});
