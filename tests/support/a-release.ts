import type { Locale } from '../../src/kernel/locale.js';
import type { ReleaseType, SourceChange } from '../../src/kernel/release.js';
import type { Block } from '../../src/kernel/rich-text/index.js';
import type { Story, StoryStep } from '../../src/features/import/index.js';

export interface SampleText {
  readonly title: string;
  readonly summary?: string | null;
  readonly body?: readonly (string | Block)[];
}

/**
 * A release for a test, described by its history: `aRelease('305/12').in('EN').in('ES').published()`. Texts that a
 * test does not care about are made up from the number and the locale. The first locale is the original.
 */
export function aRelease(number: string): ReleaseBuilder {
  return new ReleaseBuilder(number);
}

export class ReleaseBuilder {
  private type: ReleaseType = 'PRESS_RELEASE';
  private date = '2020-05-04';
  private original: Locale | null = null;
  private audiences: readonly string[] = [];
  private mentions: readonly string[] = [];
  private topics: readonly string[] = [];
  private readonly steps: StoryStep[] = [];

  constructor(private readonly number: string) {}

  ofType(type: ReleaseType): this {
    this.type = type;
    return this;
  }

  dated(date: string): this {
    this.date = date;
    return this;
  }

  addressedTo(...codes: string[]): this {
    this.audiences = codes;
    return this;
  }

  mentioning(...codes: string[]): this {
    this.mentions = codes;
    return this;
  }

  about(...topics: string[]): this {
    this.topics = topics;
    return this;
  }

  /** Writes one locale. */
  in(locale: Locale, text?: SampleText): this {
    this.original ??= locale;
    this.steps.push({ do: 'write', texts: { [locale]: this.textIn(locale, text) } });
    return this;
  }

  /** Writes one locale with paragraphs of its own instead of the original's. */
  withOwnBodyIn(locale: Locale, text: SampleText): this {
    const texts = { [locale]: this.textIn(locale, text) };
    this.steps.push({ do: 'write', texts, ownSegments: [locale] });
    return this;
  }

  /** Changes the original after the translations were made. */
  revised(change: SourceChange, text: SampleText): this {
    this.steps.push({ do: 'revise', change, text: this.textIn(this.originalLocale, text) });
    return this;
  }

  /** Without locales: all that are written so far. */
  published(...locales: Locale[]): this {
    const written = this.steps.flatMap((step) =>
      step.do === 'write' ? Object.keys(step.texts) : [],
    );
    const named = locales.length > 0 ? locales : ([...new Set(written)] as Locale[]);
    this.steps.push({ do: 'publish', locales: named });
    return this;
  }

  retracted(...locales: Locale[]): this {
    const named = locales.length > 0 ? locales : null;
    this.steps.push({ do: 'retract', locales: named, reason: 'for a test' });
    return this;
  }

  story(): Story {
    const { number, type, date, audiences, mentions, topics, steps } = this;
    const originalLocale = this.originalLocale;
    // The original must be among the texts of the first step, with whatever else is written before it is published.
    return { number, type, date, originalLocale, audiences, mentions, topics, steps };
  }

  private get originalLocale(): Locale {
    if (this.original === null) throw new Error('a release begins with its original: .in(locale)');
    return this.original;
  }

  private textIn(locale: Locale, text?: SampleText) {
    const {
      title,
      summary = null,
      body,
    } = text ?? {
      title: `Title of ${this.number} in ${locale}`,
      body: [`First paragraph of ${this.number} in ${locale}.`, 'Second paragraph.'],
    };
    const blocks = (body ?? [`Paragraph of ${title}.`]).map((block): Block => {
      return typeof block === 'string' ? { kind: 'PARAGRAPH', text: block } : block;
    });
    return { title, summary, body: blocks };
  }
}
