import { dateText } from '../../../../kernel/display-name.js';
import { type Locale, TAG_OF } from '../../../../kernel/locale.js';
import type { Messages } from '../../../i18n/messages.js';
import type { CardContent } from './card-content.js';

/** The data of the operation SiteRelease that a picture shows. */
export interface DrawnRelease {
  /** `YYYY-MM-DD` */
  readonly date: string;
  readonly localized: {
    readonly reference: string;
    readonly title: { readonly value: string };
    readonly resolution: { readonly locale: Locale | null };
  };
}

/** The picture of a release. */
export function releaseCard(
  messages: Messages,
  locale: Locale,
  { date, localized: { reference, title, resolution } }: DrawnRelease,
): CardContent {
  const facts = [reference, dateText(date, TAG_OF[locale])];
  const shown = resolution.locale ?? locale;
  return { ...frame(messages, locale, shown), title: title.value, facts, tag: TAG_OF[shown] };
}

/** The picture of the list. */
export function listCard(messages: Messages, locale: Locale): CardContent {
  const title = messages.text(locale, 'site:description');
  return { ...frame(messages, locale, locale), title, facts: [], tag: TAG_OF[locale] };
}

function frame(messages: Messages, locale: Locale, shown: Locale) {
  return {
    organization: messages.text(locale, 'site:organization'),
    site: messages.text(locale, 'site:title'),
    language: messages.text(locale, `site:languages.own.${shown}`),
  };
}
