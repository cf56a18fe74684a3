import { Refused } from './refused.js';

/** Far above any page of a release, far below what would take the parser seconds or overflow its stack. */
const MAX_TAGS = 10_000;
const MAX_ATTRIBUTES = 100;
const MAX_DEPTH = 400;
/**
 * Unclosed formatting elements are reopened in every following block (HTML Standard §13.2.4.3), so the two multiply.
 */
const MAX_FORMATTING = 64;

const VOID = words(
  'area base basefont bgsound br col embed frame hr img input link meta param source track wbr',
);
/** These are closed implicitly when the next one begins, so their end tags are often omitted. */
const SELF_CLOSING = words(
  'html head body p li dt dd option optgroup rb rp rt rtc tbody td tfoot th thead tr colgroup caption a',
);
const FORMATTING = words('b big code em font i nobr s small strike strong tt u');
const RAW_TEXT = words('script style textarea title xmp iframe noembed noframes');

function words(list: string): ReadonlySet<string> {
  return new Set(list.split(' '));
}

/**
 * Scans a page like the HTML tokenizer (HTML Standard §13.2.5), without building a tree, and refuses a page that the
 * tree builder could not process in reasonable time, memory and depth.
 *
 * @throws Refused HTML_HOSTILE
 */
export function refuseHostileHtml(html: string): void {
  let tags = 0;
  let depth = 0;
  let formatting = 0;
  for (let at = html.indexOf('<'); at >= 0; at = html.indexOf('<', at)) {
    const tag = readTag(html, at);
    at = tag.end;
    if (tag.name === '') continue;
    const step = tag.isEnd ? -1 : 1;
    if (FORMATTING.has(tag.name)) formatting = Math.max(0, formatting + step);
    else if (!VOID.has(tag.name) && !SELF_CLOSING.has(tag.name)) depth = Math.max(0, depth + step);
    tags += 1;
    const isTooMuch = tags > MAX_TAGS || tag.attributes > MAX_ATTRIBUTES;
    if (isTooMuch || depth > MAX_DEPTH || formatting > MAX_FORMATTING)
      throw new Refused('HTML_HOSTILE');
    if (!tag.isEnd && RAW_TEXT.has(tag.name)) at = endOfRawText(html, tag.name, at);
  }
}

interface Tag {
  /** Empty for comments, declarations and a lone `<`. */
  readonly name: string;
  readonly isEnd: boolean;
  readonly attributes: number;
  readonly end: number;
}

const TAG_NAME = /<(\/?)([a-z][^\s/>]*)/iy;
const ATTRIBUTE = /[\s/]*([^\s/>][^\s/>=]*)(?:\s*=\s*(?:"[^"]*"|'[^']*'|(?!["'])[^\s>]+)?)?/y;

function readTag(html: string, at: number): Tag {
  const nothing = { name: '', isEnd: false, attributes: 0 };
  TAG_NAME.lastIndex = at;
  const [begin, slash, name = ''] = TAG_NAME.exec(html) ?? [];
  if (begin === undefined) return { ...nothing, end: endOfOther(html, at) };
  let attributes = 0;
  let end = at + begin.length;
  for (; attributes <= MAX_ATTRIBUTES; attributes += 1) {
    ATTRIBUTE.lastIndex = end;
    const [attribute] = ATTRIBUTE.exec(html) ?? [];
    if (attribute === undefined) break;
    end += attribute.length;
  }
  const close = html.indexOf('>', end);
  return {
    name: name.toLowerCase(),
    isEnd: slash === '/',
    attributes,
    end: close < 0 ? html.length : close + 1,
  };
}

function endOfOther(html: string, at: number): number {
  const isComment = html.startsWith('<!--', at);
  if (!isComment && !/^<[!?/]/.test(html.slice(at, at + 2))) return at + 1;
  const close = isComment ? /--!?>|(?<=<!--)-?>/g : />/g;
  close.lastIndex = isComment ? at + 4 : at + 2;
  return close.exec(html) ? close.lastIndex : html.length;
}

/** A script within a comment within a script would end elsewhere; no legitimate page has one. */
function endOfRawText(html: string, name: string, at: number): number {
  const close = new RegExp(`</${name}(?=[\\s/>])`, 'gi');
  close.lastIndex = at;
  const end = close.exec(html)?.index ?? html.length;
  if (name === 'script' && /<!--[^]*<script/i.test(html.slice(at, end)))
    throw new Refused('HTML_HOSTILE');
  return end;
}
