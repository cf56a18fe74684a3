import { z } from 'zod';
import { LOCALES, type Locale } from '../kernel/locale.js';
import { BLOCK_KINDS, RELEASE_TYPES, SOURCE_CHANGES } from '../kernel/release.js';

/*
 * The format of the demonstration releases in demo/releases/*.json. The types are inferred from the schemas, and the
 * files are validated when they are read, so that a mistake in a file is reported with its path.
 */

const locale = z.enum(LOCALES);
const calendarDate = z.iso.date();
const instant = z.iso.datetime();
const countryCode = z.string().regex(/^[A-Z]{2}$/);

const block = z.strictObject({
  kind: z.enum(BLOCK_KINDS),
  /** Inline CommonMark. A QUOTE includes its quotation marks, so that it is still a quotation as plain text. */
  text: z.string().min(1),
});

const text = z.strictObject({
  /** Also inline CommonMark, but none of the demonstration titles uses any. */
  title: z.string().min(1),
  summary: z.string().min(1).nullable(),
  body: z.array(block).min(1),
});

const textsByLocale = z.partialRecord(locale, text);

const write = z.strictObject({
  do: z.literal('write'),
  /**
   * The first `write` includes the original. A later one has translations only; each is made from the newest original
   * and replaces the previous text of that locale.
   */
  texts: textsByLocale,
  /** Locales whose body has its own segments; every other one matches the original block by block. */
  ownSegments: z.array(locale).optional(),
});

const publish = z.strictObject({
  do: z.literal('publish'),
  /** The original is in every edition, listed or not; locales not listed are carried over. */
  locales: z.array(locale),
  /** What the edition corrects, in words for readers. */
  correctionNotes: z.partialRecord(locale, z.string().min(1)).optional(),
  at: instant.optional(),
});

const revise = z.strictObject({
  do: z.literal('revise'),
  change: z.enum(SOURCE_CHANGES),
  /** The whole revised original. Its blocks match the earlier ones in number and kind. */
  text,
});

const retract = z.strictObject({
  do: z.literal('retract'),
  /** If null, the release as a whole is retracted. */
  locales: z.array(locale).nullable(),
  reason: z.string().min(1),
  at: instant.optional(),
});

const step = z.discriminatedUnion('do', [write, publish, revise, retract]);

const release = z.strictObject({
  number: z.string(),
  type: z.enum(RELEASE_TYPES),
  date: calendarDate,
  originalLocale: locale,
  /** States to which the release is addressed; empty for all. */
  audiences: z.array(countryCode),
  mentions: z.array(countryCode),
  /** Slugs of {@link DemoTopic}. */
  topics: z.array(z.string()),
  /** The history of the release, replayed in order through the services that staff use. */
  steps: z.array(step).min(1),
});

const topic = z.strictObject({
  slug: z.string().regex(/^[a-z]+(-[a-z]+)*$/),
  names: z.record(locale, z.string().min(1)),
});

export type DemoBlock = z.infer<typeof block>;
export type DemoText = z.infer<typeof text>;
/** Texts for some of the four locales. */
export type DemoTexts = Partial<Record<Locale, DemoText>>;
export type DemoStep = z.infer<typeof step>;
export type DemoRelease = z.infer<typeof release>;
/** A topic and its name in each locale. */
export type DemoTopic = z.infer<typeof topic>;

/** @throws ZodError if a file does not have this form; that is an error of this project, not of a user */
export function readDemoReleases(files: readonly unknown[]): DemoRelease[] {
  return z.array(release).parse(files);
}

/** @throws ZodError, see {@link readDemoReleases}. */
export function readDemoTopics(file: unknown): DemoTopic[] {
  return z.array(topic).parse(file);
}
