import { createHash } from 'node:crypto';

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

import { AppError } from '../../kernel/errors.js';
import { canonicalTag } from '../../kernel/language-tag.js';
import { LOCALES, type Locale, TAG_OF } from '../../kernel/locale.js';
import { matchingTag } from '../../platform/http/etag.js';
import { messageLocale } from '../../platform/i18n/caller-locale.js';
import { androidStrings } from './bundle-android.js';
import { bundleEntries } from './bundle-entries.js';
import { stringCatalog } from './bundle-xcstrings.js';
import type { CatalogService, LocaleBundle } from './catalog.service.js';

export interface BundleDependencies {
  readonly catalog: CatalogService;
  /** The order of locales for a language that matches none of the four. */
  readonly localeOrder: readonly Locale[];
}

/** A namespace in one format. */
interface BundleFile {
  readonly body: string;
  readonly type: string;
  readonly locales: readonly Locale[];
  /** Changes with any change of the content. */
  readonly version: string;
}

const FORMATS = ['json', 'android', 'xcstrings'] as const;
type Format = (typeof FORMATS)[number];

const JSON_TYPE = 'application/json; charset=utf-8';
/** How long a shared cache may serve an outdated bundle, in seconds. */
const CACHED_SECONDS = 60;
const ENDING = '.json';

/**
 * GET /locales/{language}/{namespace}.json, as i18next-http-backend requests it. Any BCP 47 tag is accepted as a
 * language; Content-Language names the locale served. Also with `?format=android` or `?format=xcstrings`, for apps that
 * are built with their texts.
 */
export function registerBundles(http: FastifyInstance, parts: BundleDependencies): void {
  http.get('/locales/:language/:file', (request, reply) => sendBundle(parts, request, reply));
}

/** @throws AppError LANGUAGE_TAG_MALFORMED, FORMAT_UNKNOWN; NOT_FOUND for a namespace that is not for apps */
function sendBundle(
  { catalog, localeOrder }: BundleDependencies,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  const { language, file } = request.params as { language: string; file: string };
  if (!file.endsWith(ENDING)) throw new AppError('NOT_FOUND');
  const namespace = file.slice(0, -ENDING.length);
  const locale = messageLocale([canonicalTag(language)], [], localeOrder);
  const format = formatOf(request.query as { format?: unknown });
  const bundle = catalog.find(namespace, locale);
  if (bundle === null) throw new AppError('NOT_FOUND');
  const { body, type, locales, version } = WRITERS[format](bundle, catalog);
  const etag = `"${version}"`;
  reply
    .header('etag', etag)
    .header('cache-control', `public, max-age=${CACHED_SECONDS}`)
    .header('content-language', locales.map((one) => TAG_OF[one]).join(', '))
    .header('bundle-version', version);
  const known = matchingTag(request.headers['if-none-match'], etag);
  if (known !== null) return reply.header('etag', known).code(304).send();
  return reply.type(type).send(body);
}

function formatOf({ format = 'json' }: { format?: unknown }): Format {
  const known = FORMATS.find((one) => one === format);
  if (known !== undefined) return known;
  const value = typeof format === 'string' ? format.slice(0, 40) : '';
  throw new AppError('FORMAT_UNKNOWN', { value, known: FORMATS.join(', ') });
}

const WRITERS: Record<Format, (bundle: LocaleBundle, catalog: CatalogService) => BundleFile> = {
  json({ locale, version, resources }) {
    return { body: JSON.stringify(resources), type: JSON_TYPE, locales: [locale], version };
  },
  android({ namespace, locale }, catalog) {
    const body = androidStrings(namespace, locale, entriesOf(namespace, catalog));
    const type = 'application/xml; charset=utf-8';
    return { body, type, locales: [locale], version: versionOf(body) };
  },
  xcstrings({ namespace, locale }, catalog) {
    const body = stringCatalog(locale, entriesOf(namespace, catalog));
    return { body, type: JSON_TYPE, locales: LOCALES, version: versionOf(body) };
  },
};

function entriesOf(namespace: string, catalog: CatalogService): ReturnType<typeof bundleEntries> {
  const trees = LOCALES.map((locale): [Locale, LocaleBundle['resources']] => {
    return [locale, catalog.find(namespace, locale)?.resources ?? {}];
  });
  return bundleEntries(new Map(trees));
}

function versionOf(body: string): string {
  return createHash('sha256').update(body).digest('hex').slice(0, 16);
}
