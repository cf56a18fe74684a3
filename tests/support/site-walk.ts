import type { Locale } from '../../src/kernel/locale.js';
import { LOCALES, TAG_OF } from '../../src/kernel/locale.js';
import type { TestApp } from './app.js';
import { rawRequest } from './raw-response.js';

/** A response with all that a client sees, except what differs between any two requests. */
export interface WalkedPage {
  readonly path: string;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** The text of a page; of a picture the bytes, in base64. */
  readonly body: string;
}

const QUERIES = ['?year=2019', '?audience=GY', '?audience=HT', '?audience=ZZ', '?utm=x'];

/**
 * The addresses of the public pages and of their pictures.
 *
 * @param searched words to search for
 * @param filters queries of the list
 * @param slugs of releases, public or not: each is requested in every language
 */
export function sitePaths({
  searched,
  filters,
  slugs,
}: Record<'searched' | 'filters' | 'slugs', readonly string[]>): string[] {
  const searches = searched.map((words) => `?q=${encodeURIComponent(words)}`);
  const perLocale = LOCALES.map((locale) => TAG_OF[locale]).flatMap((tag) => [
    ...['', ...QUERIES, ...filters, ...searches].map((query) => `/${tag}${query}`),
    ...['', '?year=2019', '?year=2018'].map((query) => `/${tag}/languages${query}`),
    ...slugs.flatMap((slug) => [`/${tag}/${slug}`, `/${tag}/${slug}?audience=GY`]),
    ...['card.png', 'app', 'app.webmanifest'].map((name) => `/${tag}/${name}`),
  ]);
  return ['/', '/sw.js', '/sitemap.xml', '/robots.txt', '/developers', ...perLocale];
}

export async function walkSite(
  { url }: Pick<TestApp, 'url'>,
  paths: readonly string[],
): Promise<WalkedPage[]> {
  const pages: WalkedPage[] = [];
  for (const path of paths) {
    for (const method of path.includes('?') ? ['GET'] : ['GET', 'HEAD']) {
      const { status, headers, bytes } = await rawRequest(new URL(path, url).href, { method });
      const { 'x-request-id': id = '' } = headers;
      delete headers['x-request-id'];
      delete headers.date;
      const isPicture = headers['content-type'] === 'image/png';
      const text = bytes.toString(isPicture ? 'base64' : 'utf8');
      const body = text.replaceAll(String(id), 'REQUEST');
      pages.push({ path: `${method} ${path}`, status, headers: fields(headers), body });
    }
  }
  return pages;
}

function fields(headers: object): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
}

/** The slugs of all public texts, each with its locale. */
export async function publicSlugs(
  gateway: TestApp,
): Promise<readonly { readonly locale: Locale; readonly slug: string }[]> {
  const { data } = await gateway.query<{
    releases: { nodes: { alternates: { locale: Locale; slug: string }[] }[] };
  }>('{ releases(first: 100) { nodes { alternates { locale slug } } } }');
  return data.releases.nodes.flatMap(({ alternates }) => alternates);
}
