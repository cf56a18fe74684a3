import { describe, expect, it } from '@jest/globals';
import { parsePage, type ReleasePage } from '../../../../../src/features/import/page/parse-page.js';
import { renderInline } from '../../../../../src/kernel/rich-text/index.js';

function parse(html: string) {
  return parsePage(new TextEncoder().encode(html), 'page.html');
}

function page(body: string): ReleasePage {
  const result = parse(
    `<html><body><h1>A Title of Our Own</h1><p>May 2, 2019</p>${body}<p>Reference: E-900/19</p></body></html>`,
  );
  if (!result.ok) throw new Error(result.reason);
  return result.page;
}

function blocks(body: string): string[] {
  return page(body).blocks.map(({ kind, text }) => `${kind} ${text}`);
}

describe('HTML in a body', () => {
  it.each<[string, string, string[]]>([
    ['paragraphs', '<p>One.</p><p>Two.</p>', ['PARAGRAPH One.', 'PARAGRAPH Two.']],
    ['white space', '<p>\n  One\n\t two.  </p>', ['PARAGRAPH One two.']],
    ['kept spaces', '<p>One&nbsp;&nbsp;two.</p>', ['PARAGRAPH One\u00a0\u00a0two.']],
    ['a break', '<p>One <br> two.</p>', ['PARAGRAPH One\\\ntwo.']],
    [
      'two breaks',
      '<div>One.<br><br>Two.<br>\n<br />Three.</div>',
      ['PARAGRAPH One.', 'PARAGRAPH Two.', 'PARAGRAPH Three.'],
    ],
    [
      'breaks in a font',
      '<font size="2">One.<br><br><b>Two.</b></font>',
      ['PARAGRAPH One.', 'PARAGRAPH **Two.**'],
    ],
    [
      'emphasis',
      '<p>A <b>b</b>, <i>c</i> and <strong><em>d</em></strong>.</p>',
      ['PARAGRAPH A **b**, *c* and **_d_**.'],
    ],
    ['spaces in emphasis', '<p>A <b>b </b>c<i> d</i>.</p>', ['PARAGRAPH A **b** c *d*.']],
    ['empty emphasis', '<p>A<b></b> b<i> </i>c.</p>', ['PARAGRAPH A b c.']],
    ['emphasis within words', '<p>1<sup>er</sup> mot<b>s</b></p>', ['PARAGRAPH 1er mot**s**']],
    [
      'a link',
      '<p>See <a href="https://www.oas.org/x?a=1&amp;b=2" onclick="x()">it</a>.</p>',
      ['PARAGRAPH See [it](https://www.oas.org/x?a=1\\&b=2).'],
    ],
    [
      'superscripts',
      '<p>2012<sup>1</sup>, 10<sup>6</sup>, 10<sup>-3</sup>, km<sup>2</sup>, CO<sub>2</sub></p>',
      ['PARAGRAPH 2012¹, 10⁶, 10⁻³, km², CO₂'],
    ],
    [
      'ordinals',
      '<p>2<sup>nd</sup> 3<sup>a</sup> n<sup>o</sup> M<sup>me</sup> XX<sup>e</sup> 1.<sup>er</sup></p>',
      ['PARAGRAPH 2nd 3ª nº Mme XXe 1.er'],
    ],
    ['a superscript that Unicode lacks', '<p>10<sup>x+y</sup></p>', ['PARAGRAPH 10^(x+y)']],
    ['a note by its link', '<p>2012<sup><a href="#n">3</a></sup></p>', ['PARAGRAPH 2012³']],
    [
      'hidden text',
      '<p>One<span style="DISPLAY : none">x</span><b hidden>y</b><i style="mso-hide:all">z</i>.</p>',
      ['PARAGRAPH One.'],
    ],
    [
      'what is visible within what is not',
      '<p style="visibility:hidden">x<b style="visibility:visible">One.</b></p>',
      ['PARAGRAPH **One.**'],
    ],
    [
      'text without size',
      '<p>One<span style="font-size:0">x</span><span style="opacity:0">y</span>.</p>',
      ['PARAGRAPH One.'],
    ],
    [
      'text that only screen readers pass over',
      '<p>One<span aria-hidden="true"> two</span>.</p>',
      ['PARAGRAPH One two.'],
    ],
    [
      'struck text',
      '<p>One <del>two</del><s>2</s> <ins>three</ins>.</p>',
      ['PARAGRAPH One three.'],
    ],
    [
      'an ordered list',
      '<p>One.</p><ol start="3"><li>a</li><li value="7">b<p>c</p></li><li>d</li></ol>',
      ['PARAGRAPH One.', 'LIST_ITEM 3. a', 'LIST_ITEM 7. b\\\nc', 'LIST_ITEM 8. d'],
    ],
    [
      'letters and roman numbers',
      '<p>One.</p><ol type="a"><li>x</li></ol><ol style="list-style-type: upper-roman" start="4"><li>y</li></ol>',
      ['PARAGRAPH One.', 'LIST_ITEM a. x', 'LIST_ITEM IV. y'],
    ],
    [
      'a list that counts down',
      '<p>One.</p><ol reversed><li>x</li><li>y</li></ol>',
      ['PARAGRAPH One.', 'LIST_ITEM 2. x', 'LIST_ITEM 1. y'],
    ],
    [
      'bullets of Word',
      "<p>One.</p><p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>o<span>&nbsp; </span></span>a</p><p class=MsoListParagraph style='mso-list:l1 level1 lfo2'><span style='mso-list:Ignore'>2.<span>&nbsp; </span></span>b</p><p>&#61623;&nbsp; c</p>",
      ['PARAGRAPH One.', 'LIST_ITEM a', 'LIST_ITEM 2. b', 'LIST_ITEM c'],
    ],
    [
      'a quotation',
      '<p lang="fr">Il dit <q>oui</q>.</p><p lang="es">Dijo <q>sí</q>.</p>',
      ['PARAGRAPH Il dit «\u00a0oui\u00a0».', 'PARAGRAPH Dijo «sí».'],
    ],
    ['preformatted lines', '<pre>One\n  two</pre>', ['PARAGRAPH One\\\n\u00a0\u00a0two']],
    [
      'a table of data',
      '<p>One.</p><table><tr><th>State</th><th>Votes</th></tr><tr><td>Peru</td><td>12</td></tr></table>',
      ['PARAGRAPH One.', 'PARAGRAPH State | Votes', 'PARAGRAPH Peru | 12'],
    ],
    ['ruby', '<p><ruby>漢<rp>(</rp><rt>kan</rt><rp>)</rp></ruby></p>', ['PARAGRAPH 漢(kan)']],
    ['rules', '<p>One.</p><hr><p>* * *</p><p>Two.</p>', ['PARAGRAPH One.', 'PARAGRAPH Two.']],
    ['a script link', '<p>See <a href="javascript:x()">it</a>.</p>', ['PARAGRAPH See it.']],
    [
      'entities',
      '<p>R&amp;D &lt;b&gt; caf&eacute; &#8220;a&#x201D;</p>',
      ['PARAGRAPH R&D \\<b> café “a”'],
    ],
    [
      'a list',
      '<p>One.</p><ul><li>Two</li><li><p>Three</p></li></ul>',
      ['PARAGRAPH One.', 'LIST_ITEM Two', 'LIST_ITEM Three'],
    ],
    [
      'a list of sub-headlines',
      '<ul><li>Two</li></ul><p>One.</p>',
      ['HEADING Two', 'PARAGRAPH One.'],
    ],
    [
      'hyphens',
      '<p>- Two<br>- Three</p><p>One.</p>',
      ['HEADING Two', 'HEADING Three', 'PARAGRAPH One.'],
    ],
    [
      'a quote',
      '<p>One.</p><blockquote><p>Two.</p></blockquote>',
      ['PARAGRAPH One.', 'QUOTE Two.'],
    ],
    ['a heading', '<p>One.</p><h3>Two</h3>', ['PARAGRAPH One.', 'HEADING Two']],
    [
      'tables in tables',
      '<table><tr><td>One.<table><tr><td>Two.</td><td>Three.</td></tr></table></td></tr></table>',
      ['PARAGRAPH One.', 'PARAGRAPH Two.', 'PARAGRAPH Three.'],
    ],
    [
      'text without a paragraph',
      'One.<p>Two.</p>Three.',
      ['PARAGRAPH One.', 'PARAGRAPH Two.', 'PARAGRAPH Three.'],
    ],
    ['unclosed paragraphs', '<p>One.<p>Two.', ['PARAGRAPH One.', 'PARAGRAPH Two.']],
    ['comments', '<p>One<!-- <p>no</p> -->.</p>', ['PARAGRAPH One.']],
    [
      'what runs',
      '<p onmouseover="x()" style="x">One.</p><script>x()</script><style>x</style><iframe>x</iframe><svg onload="x()"><text>x</text></svg><object data="x">x</object><noscript>x</noscript><template>x</template>',
      ['PARAGRAPH One.'],
    ],
    ['markup as text', '<p>*a* [b](c) # d</p>', ['PARAGRAPH \\*a\\* \\[b](c) # d']],
  ])('%s', (_name, body, expected) => {
    expect(blocks(body)).toEqual(expected);
  });

  it('reports what it leaves out', () => {
    const { notes } = page('<p>One <img src="a.png" alt="A river"><a href="/en/x">two</a>.</p>');
    expect(notes).toEqual([
      { code: 'FORMAT_DROPPED', original: 'A river', repaired: null, block: 0 },
      { code: 'FORMAT_DROPPED', original: '/en/x', repaired: null, block: 0 },
    ]);
  });

  it('takes the longest line above the date for the title where none is marked', () => {
    const result = parse(
      '<a href="/">Home</a><div>Menu of things</div><div>A Title That Nobody Marked</div><div>May 2, 2019</div><p>One.</p><div>Reference: E-900/19</div>',
    );
    expect(result).toMatchObject({ ok: true, page: { title: 'A Title That Nobody Marked' } });
  });

  it('is not misled by the date of today above the title', () => {
    const result = parse(
      '<div>Monday, November 23, 2026</div><h1>A Title</h1><div>May 2, 2019</div><p>One.</p><div>Reference: E-900/19</div>',
    );
    expect(result).toMatchObject({ ok: true, page: { title: 'A Title', date: '2019-05-02' } });
    expect(result.ok && result.page.notes.map(({ original }) => original)).toEqual([
      'Monday, November 23, 2026',
    ]);
  });

  it('never makes a paragraph disappear above a heading in the body', () => {
    const long = 'A long paragraph of many words. '.repeat(10).trim();
    const result = parse(
      `<p>A Title</p><p>May 2, 2019</p><p>${long}</p><h2>Part</h2><p>One.</p><p>Reference: E-900/19</p>`,
    );
    expect(result.ok && result.page.title).toBe('A Title');
    expect(result.ok && renderInline(result.page.blocks[0]?.text ?? '').plainText).toBe(long);
  });
});

describe('hostile HTML', () => {
  const end = '<h1>T</h1><p>May 2, 2019</p><p>One.</p><p>Reference: E-900/19</p>';
  it.each([
    ['nested 100,000 deep', '<div>'.repeat(100_000)],
    ['nested 9,000 deep', '<div>'.repeat(9_000)],
    ['nested in spans', '<span>'.repeat(9_000)],
    ['nested lists', '<ul><li>'.repeat(4_900)],
    ['nested tables', '<table><tr><td>'.repeat(3_000)],
    ['many attributes', `<p ${'a=1 '.repeat(300_000)}>`],
    [
      'attributes that differ',
      `<p ${Array.from({ length: 100_000 }, (_, n) => `a${n}`).join(' ')}>`,
    ],
    [
      'formatting opened again and again',
      Array.from({ length: 4_000 }, (_, n) => `<p><b id=${n}>`).join(''),
    ],
    ['depth behind a quotation mark', `<a ">${'<div>'.repeat(9_000)}`],
    ['depth behind attributes that end it', '<div a="</div>">'.repeat(9_000)],
    ['depth behind a comment that is none', `<!-->${'<div>'.repeat(9_000)}`],
    ['depth behind comments that end it', '<div><!-- </div> -->'.repeat(4_000)],
    ['depth behind a script', `<script><!--<script></script>${'<div></script>'.repeat(4_000)}`],
    ['ends without a beginning', '</p>'.repeat(500_000)],
    ['frames and math', '<math><mi>'.repeat(4_000)],
  ])('%s is refused quickly', (_name, hostile) => {
    const start = performance.now();
    const result = parse(hostile + end);
    expect(result).toMatchObject({ ok: false, reason: 'HTML_HOSTILE' });
    expect(performance.now() - start).toBeLessThan(10_000);
  });

  it.each([
    ['open angles', '<'.repeat(500_000)],
    ['a tag that never ends', `<p ${'x'.repeat(500_000)}`],
    ['an attribute that never ends', `<p a="${'x'.repeat(500_000)}`],
    ['comments that never end', '<!--'.repeat(200_000)],
    ['a long text', 'word '.repeat(200_000)],
    ['entities', '&amp;'.repeat(200_000)],
    ['declarations', '<!x>'.repeat(200_000)],
  ])('%s: a result, quickly', (_name, odd) => {
    const start = performance.now();
    expect(typeof parse(`${end}${odd}`).ok).toBe('boolean');
    expect(performance.now() - start).toBeLessThan(10_000);
  });

  it('50 MB is refused', () => {
    expect(parsePage(new Uint8Array(50 * 1024 * 1024), 'a.html')).toMatchObject({
      reason: 'FILE_TOO_LARGE',
    });
  });
});
