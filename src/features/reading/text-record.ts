import { type Locale } from '../../kernel/locale.js';
import { localeOfNumber } from '../../kernel/localization.js';
import {
  type PublishedContent,
  type Renderings,
  type TextFields,
  textFields,
} from '../publication/index.js';

/** The parts of a text that lists show. */
export interface TextSummary {
  readonly locale: Locale;
  readonly slug: string;
  /** Plain text. */
  readonly title: string;
  readonly fields: TextFields;
}

/** The text of a release in one locale. */
export interface TextRecord extends TextSummary {
  readonly content: PublishedContent;
}

/** The columns of a row of `published.text`; see migrations/0008-lean-reads. */
interface TextRow {
  readonly locale: number;
  readonly slug: string;
  readonly title: string;
  /** JSON of a {@link TextFields}; null in texts of earlier versions. */
  readonly fields: string | null;
}

/** Parsed only when it is needed: most lists show only titles. */
class StoredSummary implements TextSummary {
  readonly locale: Locale;
  readonly slug: string;
  readonly title: string;
  private parsed: TextFields | null = null;

  constructor(
    { locale, slug, title }: Omit<TextRow, 'fields'>,
    private readonly stored: string,
  ) {
    this.locale = localeOfNumber(locale) ?? missing('locale');
    this.slug = slug;
    this.title = title;
  }

  get fields(): TextFields {
    return (this.parsed ??= JSON.parse(this.stored) as TextFields);
  }
}

export interface WholeTextRow extends TextRow {
  readonly content: PublishedContent | null;
  readonly renderings: Renderings | null;
}

/** @param row its content may be missing if `fields` is present */
export function textSummary(row: Omit<WholeTextRow, 'renderings'>): TextSummary {
  if (row.fields !== null) return new StoredSummary(row, row.fields);
  const { locale, slug, title, content } = row;
  const fields = textFields(content ?? missing('content'));
  return { locale: localeOfNumber(locale) ?? missing('locale'), slug, title, fields };
}

export function textRecord(row: WholeTextRow): TextRecord {
  const content = rendered(row.content ?? missing('content'), row.renderings);
  const { locale, slug, title, fields } = textSummary({ ...row, content });
  return { locale, slug, title, fields, content };
}

function rendered(content: PublishedContent, renderings: Renderings | null): PublishedContent {
  if (!renderings) return content;
  const blocks = content.blocks.map((block) => ({ ...block, rendered: renderings[block.key] }));
  return { ...content, blocks };
}

function missing(what: string): never {
  throw new Error(`a text without its ${what}, which the tables rule out`);
}
