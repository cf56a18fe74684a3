import { createHash } from 'node:crypto';

import { type Locale, TAG_OF } from '../../../kernel/locale.js';
import { FRONT_WORDS, type FrontWords } from './words.js';

const STYLE = `
:root { color-scheme: light dark; --text: #1b1f24; --quiet: #57606a; --link: #0b5394; --line: #d0d7de; --ground: #fff; }
@media (prefers-color-scheme: dark) {
  :root { --text: #e6edf3; --quiet: #a5b0bc; --link: #8fc1ff; --line: #3d444d; --ground: #0f141a; }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--text); font: 1.0625rem/1.55 system-ui, sans-serif; }
main { max-width: 40rem; margin: 0 auto; padding: clamp(2rem, 10vh, 6rem) 1.25rem 3rem; }
h1 { margin: 0 0 .75rem; font-size: clamp(1.6rem, 5vw, 2.2rem); line-height: 1.2; text-wrap: balance; }
p { margin: 0 0 1.5rem; }
img { display: block; width: 3rem; height: 3rem; margin-bottom: 1.5rem; }
ul { margin: 2rem 0; padding: 0; list-style: none; border-top: 1px solid var(--line); }
li { border-bottom: 1px solid var(--line); }
li a { display: block; padding: .85rem .25rem; text-decoration: none; }
a { color: var(--link); }
a strong { text-decoration: underline; text-underline-offset: .15em; }
a:hover strong { text-decoration-thickness: 2px; }
a:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
small { display: block; color: var(--quiet); font-size: .9375rem; }
`;

/** Allows only the page's own style, and images from this host. */
export const FRONT_HEADERS = {
  'content-security-policy': [
    "default-src 'none'",
    `style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`,
    "img-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; '),
  'referrer-policy': 'no-referrer',
} as const;

/**
 * @param base the path of the gateway on its host, without a slash at the end
 * @param hasFiles whether the files for client apps are served
 */
export function frontPage(locale: Locale, base: string, hasFiles: boolean): string {
  const words = FRONT_WORDS[locale];
  const tag = TAG_OF[locale];
  const links: readonly Link[] = [
    [`${base}/graphql`, words.explorer, words.explorerNote],
    ...(hasFiles ? fileLinks(words, base) : []),
    [`${base}/feeds/${tag}.atom`, words.feed, words.feedNote],
    [`${base}/sitemap.xml`, words.sitemap, words.sitemapNote],
  ];
  return page(locale, base, words.title, `<p>${words.lead}</p>\n${listOf(links)}`);
}

/** @param paths of the files, below the root of the gateway */
export function clientFilesPage(locale: Locale, base: string, paths: readonly string[]): string {
  const { operations, operationsLead, toFront } = FRONT_WORDS[locale];
  const links = paths.map((path): Link => [`${base}${path}`, path.slice(1), '']);
  const front = `<p><a href="${escaped(`${base}/`)}">${toFront}</a></p>`;
  return page(locale, base, operations, `<p>${operationsLead}</p>\n${listOf(links)}\n${front}`);
}

type Link = readonly [href: string, name: string, note: string];

function fileLinks(words: FrontWords, base: string): Link[] {
  return [
    [`${base}/schema.graphql`, words.schema, words.schemaNote],
    [`${base}/operations`, words.operations, words.operationsNote],
  ];
}

function listOf(links: readonly Link[]): string {
  const items = links.map(([href, name, note]) => {
    const text = note === '' ? '' : `<small>${note}</small>`;
    return `<li><a href="${escaped(href)}"><strong>${name}</strong>${text}</a></li>`;
  });
  return `<ul>\n${items.join('\n')}\n</ul>`;
}

/** @see frontPage */
export function notFoundPage(locale: Locale, base: string): string {
  const { notFound, toFront } = FRONT_WORDS[locale];
  return page(locale, base, notFound, `<p><a href="${escaped(`${base}/`)}">${toFront}</a></p>`);
}

function page(locale: Locale, base: string, title: string, content: string): string {
  return `<!doctype html>
<html lang="${TAG_OF[locale]}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<link rel="icon" href="${escaped(base)}/favicon.svg" type="image/svg+xml">
<style>${STYLE}</style>
</head>
<body>
<main>
<img src="${escaped(base)}/favicon.svg" alt="">
<h1>${title}</h1>
${content}
</main>
</body>
</html>
`;
}

/** Escapes the path of PUBLIC_URL, which the operator sets. */
function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
}
