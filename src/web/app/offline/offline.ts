/** What the worker imports to render pages from the copy; see worker.ts. */
import { regionName } from '../../../kernel/display-name.js';
import { LOCALES, type Locale, TAG_OF } from '../../../kernel/locale.js';
import type { AppReferenceQuery } from '../../generated/site.js';
import type { Page, Parameters } from '../../site/page.js';
import { type PageToRender, renderPage } from '../../site/pages.js';
import { copyTime } from '../copy-time.js';
import { readSettings } from '../copy/copies.js';
import { type CopySettings, type CopyState, servingCopy } from '../copy/copy-state.js';
import { type CopyDatabase, openCopies } from '../copy/database.js';
import { slugKey } from '../copy/stored-release.js';
import { loadWords } from '../words.js';
import { offlineList } from './offline-list.js';
import { offlineRelease } from './offline-release.js';
import type { OfflineRequest, OfflineResponse } from './offline.types.js';

const PATH = /^\/(en|es|fr|pt)(?:\/([^/]*))?\/?$/;
const PARAMETERS = ['q', 'topic', 'state', 'type', 'year', 'audience', 'after', 'before'] as const;

/** What the page of an address shows, and whether it comes from the copy. */
type Content =
  | { readonly page: Pick<PageToRender, 'kind' | 'data' | 'message'>; readonly isStored: boolean }
  | { readonly redirect: string };

async function render(request: OfflineRequest): Promise<OfflineResponse> {
  const { base, url } = request;
  const { pathname, search, origin } = new URL(url);
  const [, tag, name = ''] = PATH.exec(pathname.slice(base.length)) ?? [];
  const locale = LOCALES.find((known) => TAG_OF[known] === tag);
  if (!locale) return { redirect: `${base}/${TAG_OF[readerLocale(request.languages)]}` };
  const database = await openCopies(base);
  try {
    const settings = await readSettings(database);
    const copies = await database.getAll('copies');
    const copy = servingCopy(copies, settings, locale);
    const parameters = parametersOf(search);
    const words = await loadWords(locale, request.readJson);
    const content = await contentOf({ database, copy, settings, locale, name, parameters });
    if ('redirect' in content) {
      return { redirect: `${base}/${TAG_OF[locale]}/${content.redirect}${search}` };
    }
    const { page, isStored } = content;
    const message = page.message === undefined ? undefined : words(`site:offline.${page.message}`);
    const own = (path: string): string => `${origin}${base}${path}`;
    const html = renderPage({
      ...page,
      message,
      locale,
      parameters,
      addresses: { base, own, release: (other, slug) => own(`/${TAG_OF[other]}/${slug}`) },
      stylesheet: request.stylesheet,
      script: request.script,
      text: words,
      today: new Date().toISOString().slice(0, 10),
      ...(isStored && copy && { offline: noteOf(copy, locale) }),
    });
    return { html, isStored, language: TAG_OF[locale] };
  } finally {
    database.close();
  }
}

function readerLocale(languages: readonly string[]): Locale {
  const tags = languages.map((language) => language.slice(0, 2).toLowerCase());
  const known = tags.map((tag) => LOCALES.find((locale) => TAG_OF[locale] === tag));
  return known.find((locale) => locale !== undefined) ?? LOCALES[0];
}

function parametersOf(search: string): Parameters {
  const given = new URLSearchParams(search);
  const pairs = PARAMETERS.map((name) => [name, given.get(name)?.trim() ?? ''] as const);
  return Object.fromEntries(pairs.filter(([, value]) => value !== ''));
}

function noteOf(
  { asOf, audience, isComplete, stored, total }: CopyState,
  locale: Locale,
): NonNullable<Page['offline']> {
  const state = audience && regionName(audience, [TAG_OF[locale]], locale).value;
  return { time: copyTime(asOf, locale), state, missing: isComplete ? 0 : (total ?? 0) - stored };
}

interface Wanted {
  readonly database: CopyDatabase;
  readonly copy: CopyState | null;
  readonly settings: CopySettings | null;
  readonly locale: Locale;
  /** What the address has after the language. */
  readonly name: string;
  readonly parameters: Parameters;
}

async function contentOf(wanted: Wanted): Promise<Content> {
  const { database, copy, settings, locale, name, parameters } = wanted;
  const reference = await referenceIn(database, locale);
  if (name === 'app') return { page: { kind: 'app', data: reference }, isStored: true };
  if (!copy) return missing(settings ? 'noLanguage' : 'noCopy');
  const { audience } = parameters;
  if (name === 'languages') return missing('noPage');
  if (audience !== undefined && audience !== copy.audience) return missing('otherReader');
  if (name === '') {
    const data = await offlineList(database, copy, parameters, reference);
    return { page: { kind: 'list', data }, isStored: true };
  }
  const stored = await database.getFromIndex('releases', 'slug', slugKey(copy.id, name));
  if (!stored) return missing('noRelease');
  const { localized } = stored;
  if (localized.slug !== name) return { redirect: localized.slug };
  const data = offlineRelease(localized, reference, locale);
  return { page: { kind: 'release', data }, isStored: true };
}

/** @param message a text below `site:offline` */
function missing(message: string): Content {
  return { page: { kind: 'offline', data: null, message }, isStored: false };
}

/** The names in that language or, if its copy was never begun, in another one. */
async function referenceIn(database: CopyDatabase, locale: Locale): Promise<AppReferenceQuery> {
  const [other] = await database.getAll('reference', undefined, 1);
  const own = await database.get('reference', locale);
  return own ?? other ?? { topics: [], memberStates: [] };
}

(globalThis as { renderOffline?: typeof render }).renderOffline = render;
