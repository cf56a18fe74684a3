import type { ErrorReason, ErrorVariables } from '../../../kernel/errors.js';
import type { Locale } from '../../../kernel/locale.js';
import type { ReleaseType } from '../../../kernel/release.js';
import type { Block } from '../../../kernel/rich-text/index.js';

/** ISO 3166-1 alpha-2. */
export type CountryCode = string;

export type TopicNames = Readonly<Record<string, Readonly<Partial<Record<Locale, string>>>>>;

/** What a release says in one locale. All texts are inline CommonMark in the form of `canonicalInline`, in NFC. */
export interface ImportedText {
  readonly title: string;
  readonly summary: string | null;
  readonly blocks: readonly Block[];
  /** When it came out, where the file says so: an instant with its zone, or `YYYY-MM-DD`. */
  readonly publishedAt?: string;
  /** The end of its address, where the file says so. */
  readonly slug?: string;
  /** Those that it had before, sorted, without duplicates. */
  readonly oldSlugs?: readonly string[];
}

/** An existing release as it was found, before anything of it is stored. */
export interface ImportedRelease {
  /** Without a letter for the language: `305/12`, `AVI-127/13`, `FNE-4622`, `12-0031`. */
  readonly number: string;
  readonly type: ReleaseType;
  /** `YYYY-MM-DD`, a day that exists. */
  readonly date: string;
  /** When its texts came out, as of {@link ImportedText.publishedAt}; where it is absent, on that date. */
  readonly publishedAt?: string;
  readonly originalLocale: Locale;
  /** Sorted, without duplicates; empty for all states. */
  readonly audiences: readonly CountryCode[];
  /** Sorted, without duplicates; null where they are still to be found in the text. */
  readonly mentions: readonly CountryCode[] | null;
  /** Slugs, sorted, without duplicates. */
  readonly topics: readonly string[];
  /** Names of its topics by their slugs, where the file has some. */
  readonly topicNames?: TopicNames;
  /** The original is always among them. */
  readonly texts: Readonly<Partial<Record<Locale, ImportedText>>>;
}

/** What the person who imports should know: what was left out or changed, and what could be mended. */
export type NoteCode =
  /** Characters were put in Unicode's composed form (UAX #15); readers see no difference. */
  | 'NFC'
  /** Quotation marks of windows-1252 that stood there as controls were put in their place. */
  | 'CHARACTERS_REPAIRED'
  /** A line that belongs to the page and not to the release was left out: headings, date, footer. */
  | 'DROPPED'
  /** Text that the page hides was left out. */
  | 'HIDDEN'
  /** Text that is struck out was left out. */
  | 'STRUCK'
  /** A rule or a line of asterisks within the body was left out. */
  | 'SEPARATOR'
  /** Something without a place in a body was reduced to its text, or had none: an image, a link. */
  | 'FORMAT_DROPPED'
  /** A table became one line for each row. */
  | 'TABLE'
  /** A list or quotation within another one follows it. */
  | 'NESTED'
  /** A superscript or subscript that Unicode does not have was written out. */
  | 'SCRIPT_WRITTEN'
  /** HTML within Markdown, which readers see as it stands. */
  | 'HTML_AS_TEXT'
  /** A line by itself that begins with an asterisk: a footnote, and no list. */
  | 'FOOTNOTE'
  /** The release is embargoed; `repaired` is the instant at which that is over, null where it cannot be read. */
  | 'EMBARGO'
  /** The text is stored as it stands; `repaired` is what a typographer would write. */
  | 'REPAIR_SUGGESTED'
  | 'APOSTROPHES'
  | 'QUOTES'
  | 'ELLIPSIS'
  | 'DASHES'
  | 'SPACES'
  /** Words that are broken at the end of a line. */
  | 'HYPHENATED'
  /** Characters that nobody sees. */
  | 'INVISIBLE'
  /** The date falls in another year than the number says. */
  | 'YEAR_DIFFERS'
  /** A date that stands beside the letter of the code in another language, or the like. */
  | 'LOCALE_DIFFERS'
  /** The page of a translation gives another day than the original's, which counts. */
  | 'DATE_DIFFERS';

export interface Note {
  readonly code: NoteCode;
  readonly original: string;
  /** What was stored instead, or would be better; null where nothing stands in its place. */
  readonly repaired: string | null;
  /** The index of the block in the body; null for the title and for what is outside. */
  readonly block: number | null;
}

/** Why something is not imported; the reasons have the code IMPORT_REFUSED and a text in `errors.json`. */
export interface Refusal {
  readonly ok: false;
  readonly reason: ErrorReason;
  readonly vars: ErrorVariables;
}
