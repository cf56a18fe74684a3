import { type Locale, TAG_OF } from '../../kernel/locale.js';
import type { Difference, News } from './copy/news.js';
import { element } from './dom.js';
import type { Words } from './words.js';

/** New releases beyond this number are only counted. */
const MAX_NEW = 5;

export interface NewsViewOptions {
  readonly words: Words;
  /** The path of the gateway on its host. */
  readonly base: string;
  readonly locale: Locale;
  /** Whether the notes and differences of corrections are shown. */
  readonly isDetailed: boolean;
}

/** "Now in French: …", as one sentence. */
export function newsText(words: Words, { kind, title, locale }: News): string {
  const language = words(`site:languages.inText.${locale}`);
  return words(`site:app.news.${kind}`, { title: title.value, language });
}

/** The same for several at once: new releases are counted. */
export function announcement(words: Words, news: readonly News[]): string {
  const others = news.filter(({ kind }) => kind !== 'NEW').map((entry) => newsText(words, entry));
  const count = news.length - others.length;
  const created = count > 0 ? [words('site:app.news.count', { count })] : [];
  return [...others, ...created].join(' · ');
}

export function newsList(news: readonly News[], options: NewsViewOptions): HTMLElement {
  const { words } = options;
  const created = news.filter(({ kind }) => kind === 'NEW');
  const isLong = created.length > MAX_NEW;
  const shown = isLong ? news.filter(({ kind }) => kind !== 'NEW') : news;
  const items = shown.map((entry) => element('li', {}, ...itemOf(entry, options)));
  if (isLong) {
    const text = words('site:app.news.count', { count: created.length });
    items.push(element('li', {}, text));
  }
  return element('ul', { class: 'app-news-list' }, ...items);
}

function itemOf(entry: News, options: NewsViewOptions): (Node | string)[] {
  const { words, base, isDetailed } = options;
  // The title is in a language of its own, so it is an element within the sentence.
  const [before = '', after = ''] = newsText(words, {
    ...entry,
    title: { ...entry.title, value: '\0' },
  }).split('\0');
  const { value, lang } = entry.title;
  const title =
    entry.slug === null
      ? element('span', { lang }, value)
      : element('a', { href: `${base}/${TAG_OF[entry.locale]}/${entry.slug}`, lang }, value);
  const details = isDetailed ? detailsOf(entry, words) : [];
  return [element('p', {}, before, title, after), ...details];
}

function detailsOf({ note, differences }: News, words: Words): HTMLElement[] {
  const details: HTMLElement[] = [];
  if (note) details.push(element('p', { class: 'app-note', lang: note.lang }, note.value));
  if (differences.length > 0) {
    const changed = element('blockquote', {}, ...differences.map((part) => partOf(part)));
    const label = element('p', { class: 'app-label' }, words('site:app.news.changes'));
    details.push(label, changed);
  }
  return details;
}

const ELEMENTS = { SAME: 'span', ADDED: 'ins', REMOVED: 'del' } as const;

function partOf({ kind, text }: Difference): HTMLElement {
  return element(ELEMENTS[kind], {}, text);
}
