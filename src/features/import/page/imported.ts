import type { ErrorReason, ErrorVariables } from '../../../kernel/errors.js';
import type { Locale } from '../../../kernel/locale.js';
import type { ReleaseType } from '../../../kernel/release.js';
import type { Block } from '../../../kernel/rich-text/index.js';

/** ISO 3166-1 alpha-2. */
export type CountryCode = string;

export type TopicNames = Readonly<Record<string, Readonly<Partial<Record<Locale, string>>>>>;

/** The text of a release in one locale. All strings are inline CommonMark in the form of `canonicalInline`, in NFC. */
export interface ImportedText {
  readonly title: string;
  readonly summary: string | null;
  readonly blocks: readonly Block[];
  /** When it was published, if the file contains it: an instant with its zone, or `YYYY-MM-DD`. */
  readonly publishedAt?: string;
  /** The slug of its address, if the file contains it. */
  readonly slug?: string;
  /** Previous slugs, sorted, without duplicates. */
  readonly oldSlugs?: readonly string[];
}

/** An existing release as parsed, before anything of it is stored. */
export interface ImportedRelease {
  /** Without the letter of the language: `305/12`, `AVI-127/13`, `FNE-4622`, `12-0031`. */
  readonly number: string;
  readonly type: ReleaseType;
  /** `YYYY-MM-DD`, an existing date. */
  readonly date: string;
  /** When its texts were published, in the format of {@link ImportedText.publishedAt}; if absent, on that date. */
  readonly publishedAt?: string;
  readonly originalLocale: Locale;
  /** Sorted, without duplicates; empty for all states. */
  readonly audiences: readonly CountryCode[];
  /** Sorted, without duplicates; null if they have yet to be detected in the text. */
  readonly mentions: readonly CountryCode[] | null;
  /** Slugs, sorted, without duplicates. */
  readonly topics: readonly string[];
  /** The names of its topics by slug, if the file has any. */
  readonly topicNames?: TopicNames;
  /** The original is always among them. */
  readonly texts: Readonly<Partial<Record<Locale, ImportedText>>>;
}

/** Information for the person who imports: what was left out or changed, and what could be corrected. */
export type NoteCode =
  /** Characters were converted to Unicode's composed form (UAX #15); readers see no difference. */
  | 'NFC'
  /** C1 controls were replaced by the quotation marks that windows-1252 has in their place. */
  | 'CHARACTERS_REPAIRED'
  /** A line that belongs to the page and not to the release was left out: headings, date, footer. */
  | 'DROPPED'
  /** Text that the page hides was left out. */
  | 'HIDDEN'
  /** Text that is struck out was left out. */
  | 'STRUCK'
  /** A rule or a line of asterisks within the body was left out. */
  | 'SEPARATOR'
  /** Something that a body cannot represent was reduced to its text, or removed if it had none: an image, a link. */
  | 'FORMAT_DROPPED'
  /** A table became one line for each row. */
  | 'TABLE'
  /** A list or quotation within another one was moved after it. */
  | 'NESTED'
  /** A superscript or subscript that Unicode does not have was written as regular text. */
  | 'SCRIPT_WRITTEN'
  /** HTML within Markdown, which readers see verbatim. */
  | 'HTML_AS_TEXT'
  /** A single line that begins with an asterisk: a footnote, not a list. */
  | 'FOOTNOTE'
  /** The release is embargoed; `repaired` is the instant at which the embargo ends, null if it cannot be parsed. */
  | 'EMBARGO'
  /** The text is stored unchanged; `repaired` is the typographically correct form. */
  | 'REPAIR_SUGGESTED'
  | 'APOSTROPHES'
  | 'QUOTES'
  | 'ELLIPSIS'
  | 'DASHES'
  | 'SPACES'
  /** Words that are hyphenated at the end of a line. */
  | 'HYPHENATED'
  /** Invisible characters. */
  | 'INVISIBLE'
  /** The year of the date differs from the year in the number. */
  | 'YEAR_DIFFERS'
  /** The language of the date differs from that of the letter of the code, or similar. */
  | 'LOCALE_DIFFERS'
  /** The page of a translation has another date than the original, whose date is used. */
  | 'DATE_DIFFERS';

export interface Note {
  readonly code: NoteCode;
  readonly original: string;
  /** The text that was stored instead, or would be better; null if there is no replacement. */
  readonly repaired: string | null;
  /** The index of the block in the body; null for the title and for text outside the body. */
  readonly block: number | null;
}

/** Why something is not imported; the reasons have the code IMPORT_REFUSED and a text in `errors.json`. */
export interface Refusal {
  readonly ok: false;
  readonly reason: ErrorReason;
  readonly vars: ErrorVariables;
}
