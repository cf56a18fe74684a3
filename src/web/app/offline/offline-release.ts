import { type Locale, TAG_OF } from '../../../kernel/locale.js';
import { regionName } from '../../../kernel/display-name.js';
import type {
  AppReferenceQuery,
  AppReleaseFragment,
  SiteReleaseQuery,
} from '../../generated/site.js';

type Shown = NonNullable<SiteReleaseQuery['release']>;
type Name = Shown['topics'][number]['name'];

/** The data of the page of a release, from a copy: all but the structured data for search engines. */
export function offlineRelease(
  localized: AppReleaseFragment,
  reference: AppReferenceQuery,
  locale: Locale,
): SiteReleaseQuery {
  const { release, resolution, slug, id } = localized;
  const topics = release.topics.map((topic) => {
    const named = reference.topics.find((known) => known.slug === topic.slug);
    return { ...topic, name: named?.name ?? nameOf(topic.slug, locale) };
  });
  const named = <T extends { readonly code: string }>(states: readonly T[]) =>
    states.map((state) => ({ ...state, name: stateName(state.code, reference, locale) }));
  const shown: Shown = {
    ...release,
    addressed: { __typename: 'LocalizedRelease', id, slug, resolution },
    localized: { ...localized, jsonLd: null },
    topics,
    audiences: named(release.audiences),
    mentions: named(release.mentions),
  };
  return { release: shown };
}

function stateName(code: string, reference: AppReferenceQuery, locale: Locale): Name {
  const known = reference.memberStates.find((state) => state.code === code);
  return known?.name ?? nameOf(regionName(code, [TAG_OF[locale]], locale).value, locale);
}

function nameOf(value: string, locale: Locale): Name {
  const lang = TAG_OF[locale];
  return { __typename: 'LocalizedName', value, lang, dir: 'LTR', isFallback: false };
}
