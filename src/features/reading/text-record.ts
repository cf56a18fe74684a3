import { type Locale } from '../../kernel/locale.js';
import { localeOfNumber } from '../../kernel/localization.js';
import {
  type PublishedContent,
  type Renderings,
  type TextHead,
  textHead,
} from '../publication/index.js';

/** What lists show of the text of a release in one locale. */
export interface TextSummary {
  readonly locale: Locale;
  readonly slug: string;
  /** Plain text. */
  readonly title: string;
  readonly head: TextHead;
}

/** The text of a release in one locale. */
export interface TextRecord extends TextSummary {
  readonly content: PublishedContent;
}

/** Of a row of `published.text`; see migrations/0008-lean-reads. */
interface TextRow {
  readonly locale: number;
  readonly slug: string;
  readonly title: string;
  /** JSON of a {@link TextHead}; null in texts of before. */
  readonly head: string | null;
}

/** Parsed where it is asked for: most lists show titles alone. */
class StoredSummary implements TextSummary {
  readonly locale: Locale;
  readonly slug: string;
  readonly title: string;
  private parsed: TextHead | null = null;

  constructor(
    { locale, slug, title }: Omit<TextRow, 'head'>,
    private readonly stored: string,
  ) {
    this.locale = localeOfNumber(locale) ?? missing('locale');
    this.slug = slug;
    this.title = title;
  }

  get head(): TextHead {
    return (this.parsed ??= JSON.parse(this.stored) as TextHead);
  }
}

export interface WholeTextRow extends TextRow {
  readonly content: PublishedContent | null;
  readonly renderings: Renderings | null;
}

/** @param row its content may be missing where the head is there */
export function textSummary(row: Omit<WholeTextRow, 'renderings'>): TextSummary {
  if (row.head !== null) return new StoredSummary(row, row.head);
  const { locale, slug, title, content } = row;
  const head = textHead(content ?? missing('content'));
  return { locale: localeOfNumber(locale) ?? missing('locale'), slug, title, head };
}

export function textRecord(row: WholeTextRow): TextRecord {
  const content = rendered(row.content ?? missing('content'), row.renderings);
  const { locale, slug, title, head } = textSummary({ ...row, content });
  return { locale, slug, title, head, content };
}

function rendered(content: PublishedContent, renderings: Renderings | null): PublishedContent {
  if (!renderings) return content;
  const blocks = content.blocks.map((block) => ({ ...block, rendered: renderings[block.key] }));
  return { ...content, blocks };
}

function missing(what: string): never {
  throw new Error(`a text without its ${what}, which the tables rule out`);
}
