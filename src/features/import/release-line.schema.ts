import { z } from 'zod';
import { LOCALES } from '../../kernel/locale.js';
import { RELEASE_TYPES } from '../../kernel/release.js';
import { isCalendarDate, isInstant } from '../../kernel/calendar-date.js';
import { isReleaseNumber } from '../../kernel/reference-code.js';

/** The allowed characters are checked with the texts, where the refused one can be named. */
const text = z.string();
const inline = text.refine((value) => value.trim() !== '');

/** A day, or an instant with its zone. */
const publishedAt = z
  .string()
  .refine((value) => isCalendarDate(value) || isInstant(value))
  .nullish();

/** As `authoring.slug` accepts it, with room for a language suffix. */
const slug = z
  .string()
  .max(115)
  .regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/);

/** As staff may name a topic: one line. */
const topicName = z
  .string()
  .max(200)
  .regex(/^[^\p{Cc}\p{Zl}\p{Zp}]+$/u)
  .refine((value) => value.trim() !== '');

const topicNames = z.record(
  z.string(),
  z.strictObject({
    EN: topicName.nullish(),
    ES: topicName.nullish(),
    FR: topicName.nullish(),
    PT: topicName.nullish(),
  }),
);

const textsOfLocale = z.strictObject({
  title: inline,
  summary: text.nullish(),
  body: text,
  publishedAt,
  slug: slug.nullish(),
  oldSlugs: z.array(slug).max(1_000).nullish(),
});

/** One line of the JSON Lines format. Unknown members are refused, so that a misspelled one is not lost. */
export function releaseLineSchema(countries: ReadonlySet<string>) {
  const states = z.array(z.string().refine((code) => countries.has(code))).max(countries.size);
  return z.strictObject({
    number: z.string().refine(isReleaseNumber),
    type: z.enum(RELEASE_TYPES),
    date: z.string().refine(isCalendarDate),
    publishedAt,
    originalLocale: z.enum(LOCALES),
    audiences: states.nullish(),
    mentions: states.nullish(),
    topics: z
      .array(
        z
          .string()
          .max(100)
          .regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/),
      )
      .max(100)
      .nullish(),
    topicNames: topicNames.nullish(),
    texts: z.strictObject({
      EN: textsOfLocale.nullish(),
      ES: textsOfLocale.nullish(),
      FR: textsOfLocale.nullish(),
      PT: textsOfLocale.nullish(),
    }),
  });
}

export type ReleaseLine = z.infer<ReturnType<typeof releaseLineSchema>>;
