import { type Locale } from '../../kernel/locale.js';
import { localeOfNumber } from '../../kernel/localization.js';
import { covers, type TextExtent } from '../../platform/graphql/execution/declared-needs.js';
import {
  type PublishedContent,
  type Renderings,
  type TextFields,
  textFields,
} from '../publication/index.js';

/** The title of a release in one locale: all that most lists show. */
export interface TextTitle {
  readonly extent: TextExtent;
  readonly locale: Locale;
  /** Plain text. */
  readonly title: string;
}

/** The parts of a text that are shown without its body. */
export interface TextSummary extends TextTitle {
  readonly slug: string;
  readonly fields: TextFields;
}

/** The text of a release in one locale. */
export interface TextRecord extends TextSummary {
  readonly content: PublishedContent;
}

/** What each extent has. */
export interface TextOf {
  TITLE: TextTitle;
  SUMMARY: TextSummary;
  BODY: TextRecord;
}

/** Whether a text has what is needed. */
export function hasExtent<E extends TextExtent>(text: TextTitle, needed: E): text is TextOf[E] {
  return covers(text.extent, needed);
}

/** The columns of `published.text` (see migrations/0008-lean-reads) that are read to each extent. */
export const TEXT_COLUMNS: Readonly<Record<TextExtent, string>> = {
  TITLE: 't.title',
  // Texts of earlier versions have no separate summary.
  SUMMARY: `t.title, t.slug, t.head AS fields, CASE WHEN t.head IS NULL THEN t.content END AS content`,
  BODY: 't.title, t.slug, t.head AS fields, t.content, t.renderings',
};

export interface TextRow {
  readonly locale: number;
  readonly title: string;
  readonly slug?: string;
  readonly fields?: TextFields | null;
  readonly content?: PublishedContent | null;
  readonly renderings?: Renderings | null;
}

/** Makes a text of a row of {@link TEXT_COLUMNS}. */
export function textOf<E extends TextExtent>(extent: E, row: TextRow): TextOf[E] {
  return MAKE[extent](row);
}

const MAKE: { readonly [E in TextExtent]: (row: TextRow) => TextOf[E] } = {
  TITLE: (row) => ({ extent: 'TITLE', locale: localeOf(row), title: row.title }),
  SUMMARY: (row) => {
    const fields = row.fields ?? textFields(row.content ?? missing('content'));
    return { ...MAKE.TITLE(row), extent: 'SUMMARY', slug: row.slug ?? missing('slug'), fields };
  },
  BODY: (row) => {
    const content = rendered(row.content ?? missing('content'), row.renderings ?? null);
    return { ...MAKE.SUMMARY(row), extent: 'BODY', content };
  },
};

function localeOf({ locale }: TextRow): Locale {
  return localeOfNumber(locale) ?? missing('locale');
}

function rendered(content: PublishedContent, renderings: Renderings | null): PublishedContent {
  if (!renderings) return content;
  const blocks = content.blocks.map((block) => ({ ...block, rendered: renderings[block.key] }));
  return { ...content, blocks };
}

function missing(what: string): never {
  throw new Error(`a text without its ${what}, which the tables rule out`);
}
