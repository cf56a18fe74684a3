import type { Locale } from '../../src/kernel/locale.js';
import { SAMPLES, type SamplePage } from './pages.js';
import type { TestApp } from './app.js';

/** The sample page of one locale as a release of another number, with what a test changes. */
export function page(
  locale: Locale,
  number: string,
  changes: Partial<Omit<SamplePage, 'reference'>> = {},
): SamplePage {
  const sample = SAMPLES[locale];
  return { ...sample, reference: sample.reference.replace('911/17', number), ...changes };
}

export interface ReadText {
  readonly reference: string;
  readonly title: { readonly value: string; readonly freshness: string; readonly origin: string };
  readonly body: {
    readonly freshness: string;
    readonly html: string;
    readonly blocks: readonly { readonly plainText: string; readonly freshness: string }[];
  };
}

export interface ReadRelease {
  readonly date: string;
  readonly originalLocale: Locale;
  readonly edition: number;
  readonly mentions: readonly { readonly code: string }[];
  readonly localized: ReadText | null;
}

const QUERY = `query ($number: String!, $languages: [LanguageTag!]) {
  release(number: $number) {
    date originalLocale edition mentions { code }
    localized(languages: $languages, coherence: STRICT) {
      reference title { value freshness origin }
      body { freshness html blocks { plainText freshness } }
    }
  }
}`;

/** What a reader gets of a release in one language and no other; null where the release is not public. */
export async function read(
  gateway: TestApp,
  number: string,
  tag: string,
): Promise<ReadRelease | null> {
  const variables = { number, languages: [tag] };
  const { data, errors } = await gateway.query<{ release: ReadRelease | null }>(QUERY, {
    variables,
  });
  if (errors.length > 0) throw new Error(JSON.stringify(errors));
  return data.release;
}

/** As {@link read}, for a text that must be there. */
export async function readText(gateway: TestApp, number: string, tag: string): Promise<ReadText> {
  const release = await read(gateway, number, tag);
  if (!release?.localized) throw new Error(`${number} is not public in ${tag}`);
  return release.localized;
}
