import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { XMLParser, XMLValidator } from 'fast-xml-parser';

import { element, xmlDocument } from '../../../../src/features/syndication/xml.js';

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '',
  trimValues: false,
  parseTagValue: false,
  parseAttributeValue: false,
  htmlEntities: true,
});

/** What a parser finds in a document that has `text` as the content and as an attribute of an element. */
function roundTrip(text: string): { content: string; attribute: string; markup: string } {
  const markup = xmlDocument(element('r', {}, element('e', { a: text }, text)));
  expect(XMLValidator.validate(markup)).toBe(true);
  const { r } = parser.parse(markup) as { r: { e: { a: string; '#text'?: string } } };
  return { content: r.e['#text'] ?? '', attribute: r.e.a, markup };
}

describe('a text in an XML document', () => {
  it.each([
    ['markup', '<script>alert("1")</script> & co.'],
    ['the end of a CDATA section', 'a ]]> b'],
    ['quotation marks of both kinds', `"a" 'b'`],
    ['what looks like a reference', '&amp; &#0; &nbsp;'],
    ['an emoji and letters beyond the first plane', '🌎 𝔊 é œ ’'],
    ['a no-break space', 'Haïti\u00A0: a'],
  ])('comes back as it was: %s', (_, text) => {
    const { content, attribute } = roundTrip(text);
    expect([content, attribute]).toEqual([text, text]);
  });

  it.each([
    ['NUL', 'a\u0000b'],
    ['other control characters', 'a\u0001\u0008\u000B\u000C\u001F\u{FFFE}\u{FFFF}b'],
    ['half of a surrogate pair', 'a\uD83Cb'],
  ])('is without what XML 1.0 cannot have: %s', (_, text) => {
    expect(roundTrip(text).content).toBe('ab');
  });

  it('preserves its line ends', () => {
    expect(roundTrip('a\r\nb\tc').markup).toContain('a="a&#13;&#10;b&#9;c">a&#13;\nb\tc<');
  });

  it('never breaks a document, whatever is in it', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => void roundTrip(text)));
  });
});

it('leaves out attributes and children that are null', () => {
  const root = element('a', { b: null, c: '1' }, null, element('d'));
  expect(xmlDocument(root)).toBe('<?xml version="1.0" encoding="UTF-8"?>\n<a c="1"><d/></a>\n');
});
