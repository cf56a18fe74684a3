import { storedName, regionName } from '../../kernel/display-name.js';
import { type Locale, TAG_OF } from '../../kernel/locale.js';
import { releaseCode } from '../../kernel/reference-code.js';
import { renderBlocks, renderInline } from '../../kernel/rich-text/index.js';
import type { Site } from '../../platform/http/site-address.js';
import { nameUuid } from '../../platform/name-uuid.js';
import type { ReferenceData } from '../audience/index.js';
import { excerptOf } from '../../kernel/excerpt.js';
import type { TextRecord } from './text-record.js';
import { publishedAt, type ReleaseRecord } from './release-record.js';

export interface JsonLdOptions {
  readonly record: ReleaseRecord;
  readonly text: TextRecord;
  /** When its words last changed for readers. */
  readonly modifiedAt: Date;
  readonly reference: ReferenceData;
  readonly localeOrder: readonly Locale[];
  readonly site: Site;
  /** The name of the OAS in the locale of the text. */
  readonly organization: string;
}

const DESCRIPTION_LENGTH = 300;

/**
 * One text of a release as a schema.org NewsArticle, entirely in one language. A translation names its original; the
 * original names its published translations.
 */
export function newsArticle(parts: JsonLdOptions): object {
  const { record, text, modifiedAt, organization } = parts;
  const { locale } = text;
  const publisher = { '@type': 'GovernmentOrganization', name: organization };
  const own = record.locales.find((entry) => entry.locale === locale);
  const datePublished = own?.publishedOn ?? own?.publishedAt ?? record.publishedAt.toISOString();
  const isModified = modifiedAt > publishedAt(record, locale);
  const others = record.locales.filter((entry) => {
    return entry.locale !== locale && entry.slug !== null;
  });
  const original = others.find((entry) => entry.locale === record.original);
  return {
    '@context': 'https://schema.org',
    ...work(parts, locale, text.slug),
    mainEntityOfPage: parts.site.release(locale, text.slug),
    headline: text.title,
    description: description(text),
    datePublished,
    dateModified: isModified ? modifiedAt.toISOString() : datePublished,
    identifier: releaseCode(record.number, locale),
    publisher,
    author: publisher,
    isAccessibleForFree: true,
    version: record.edition,
    ...unlessEmpty('correction', corrections(text)),
    ...unlessEmpty('about', topics(parts)),
    ...unlessEmpty('mentions', states(parts)),
    ...(original
      ? { translationOfWork: work(parts, original.locale, original.slug) }
      : unlessEmpty(
          'workTranslation',
          others.map((other) => work(parts, other.locale, other.slug)),
        )),
  };
}

function unlessEmpty(name: string, list: readonly object[]): object {
  return list.length > 0 ? { [name]: list } : {};
}

/** A text as other texts refer to it; its id does not change when a correction changes its address. */
function work({ record, site }: JsonLdOptions, locale: Locale, slug: string | null): object {
  const inLanguage = TAG_OF[locale];
  return {
    '@type': 'NewsArticle',
    '@id': `urn:uuid:${nameUuid(record.id, inLanguage)}`,
    inLanguage,
    ...(slug !== null && { url: site.release(locale, slug) }),
  };
}

/** Those with a note in the language of the text. */
function corrections({ locale, content }: TextRecord): object[] {
  return (content.corrections ?? []).flatMap(({ at, notes }) => {
    const text = notes[locale];
    if (text === undefined) return [];
    const comment = { text, datePublished: at, inLanguage: TAG_OF[locale] };
    return [{ '@type': 'CorrectionComment', ...comment }];
  });
}

function description({ content: { summary, blocks } }: TextRecord): string {
  const text = summary ? renderInline(summary.text).plainText : renderBlocks(blocks).plainText;
  return excerptOf(text.replace(/[\r\n\t ]+/g, ' '), DESCRIPTION_LENGTH);
}

function topics({ record, text, reference, localeOrder }: JsonLdOptions): object[] {
  return record.topicIds.flatMap((id) => {
    const topic = reference.findTopic(id);
    const name = topic && storedName(topic.names, [TAG_OF[text.locale]], localeOrder);
    return name ? [{ '@type': 'Thing', name: name.value }] : [];
  });
}

function states({ record, text }: JsonLdOptions): object[] {
  return record.mentions.map((code) => {
    const { value } = regionName(code, [TAG_OF[text.locale]], text.locale);
    return { '@type': 'Country', name: value, identifier: code };
  });
}
