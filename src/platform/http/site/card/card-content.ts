/** The width and height of a picture for link previews, in pixels. */
export const CARD_SIZE = { width: 1200, height: 630 } as const;

/** The texts of a picture for link previews, in the language of the page. */
export interface CardContent {
  readonly organization: string;
  /** The name of the site. */
  readonly site: string;
  readonly title: string;
  /** Below the title, separated by points: for a release its reference and date. */
  readonly facts: readonly string[];
  /** The language of the title, by its own name. */
  readonly language: string;
  /** The BCP 47 tag of that language. */
  readonly tag: string;
}
