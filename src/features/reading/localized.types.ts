import { Field, ObjectType } from 'type-graphql';

import type { Locale } from '../../kernel/locale.js';
import type { Coherence, LocaleOutcome, LocaleRule } from '../../kernel/localization.js';
import type { BlockKind, Freshness, TextOrigin } from '../../kernel/release.js';
import { NeedsText } from '../../platform/graphql/execution/declared-needs.js';
import { InCopies } from '../../platform/graphql/schema/copied-fields.js';
import {
  BlockKindEnum,
  CoherenceEnum,
  FreshnessEnum,
  LocaleEnum,
  LocaleOutcomeEnum,
  LocaleRuleEnum,
  TextDirectionEnum,
  TextOriginEnum,
} from '../../platform/graphql/schema/enums.js';
import { CountryCode, LanguageTag } from '../../platform/graphql/schema/scalars.js';
import { Size } from '../../platform/graphql/limits/list-size.js';

@ObjectType('LocaleStep', {
  description: 'One locale that was considered for a reader, and the outcome.',
})
export class LocaleStepType {
  @Field(() => LocaleEnum, { description: 'Locale considered.' })
  locale: Locale;

  @Field(() => LocaleRuleEnum, { description: 'Why it was considered at this position.' })
  rule: LocaleRule;

  @Field(() => LocaleOutcomeEnum, { description: 'Whether it was served, and if not, why.' })
  outcome: LocaleOutcome;
}

@ObjectType('LocaleResolution', {
  description:
    'The localization decision for one release and one reader: the request, the locale served, and every locale considered.',
})
export class LocaleResolutionType {
  @Field(() => [LanguageTag], {
    description:
      'Requested language tags in canonical form, in order of preference, each once. Empty if the request named none.',
  })
  requested: readonly string[];

  @Field(() => [LocaleEnum], {
    description:
      'Languages refused by the weight 0 in Accept-Language (fr;q=0). They come last, count as a fallback, and are not served under STRICT.',
  })
  refused: readonly Locale[];

  @Field(() => CountryCode, {
    nullable: true,
    description:
      'Code of the member state whose rules apply; null without an audience, and for a country that is not a member state.',
  })
  audience: string | null;

  @Field(() => CountryCode, {
    nullable: true,
    description:
      'Country that the request named as audience although it is not a member state, so that no audience was applied; else null. Only in Release.resolution: a LocalizedRelease is the same object for all such countries, and has null here.',
  })
  audienceRequested?: string | null;

  @Field(() => CoherenceEnum, { description: 'Whether gaps could be filled from other locales.' })
  coherence: Coherence;

  @Field(() => LocaleEnum, {
    nullable: true,
    description: 'Locale served; null if nothing may be served, and trail has the reasons.',
  })
  locale: Locale | null;

  @Field(() => Boolean, {
    description:
      'false only if the reader gets a language that was requested by name and is the best match of the whole list (fr-CA and FR, pt-PT and PT, [ht, en] and EN; not ht and FR); without a tag, one that the audience requires (one of its own languages if nothing was required at that date); without both, the original.',
  })
  isFallback: boolean;

  @InCopies('METADATA')
  @Size(4)
  @Field(() => [LocaleStepType], {
    description:
      'Every locale of the chain in the order of the decision. Those after the one served are NOT_TRIED.',
  })
  trail: readonly LocaleStepType[];
}

/** The provenance of a text and how reliable it is: the same fields wherever a text occurs. */
@ObjectType()
abstract class Provenance {
  @Field(() => LocaleEnum, { description: 'Locale of this text.' })
  locale: Locale;

  @Field(() => LanguageTag, { description: 'BCP 47 tag of the text, for the HTML attribute lang.' })
  lang: string;

  @Field(() => TextDirectionEnum, {
    description: 'Writing direction, for the HTML attribute dir in lower case.',
  })
  dir: 'LTR' | 'RTL';

  @Field(() => Boolean, {
    description:
      'true if the text is not in the requested language; see LocaleResolution.isFallback.',
  })
  isFallback: boolean;

  @NeedsText('SUMMARY')
  @Field(() => TextOriginEnum, {
    description:
      'How the text came about; for a text of several segments, the least trustworthy of them.',
  })
  origin: TextOrigin;
}

@ObjectType('LocalizedText', {
  description: 'One localized text of a release, with its provenance.',
})
export class LocalizedText extends Provenance {
  @Field(() => String, { description: 'Plain text, without markup.' })
  value: string;

  @NeedsText('SUMMARY')
  @Field(() => FreshnessEnum, {
    description: 'How the text stands against its original of the same edition.',
  })
  freshness: Freshness;
}

@ObjectType('LocalizedBlock', {
  description: 'One block of a body, for apps with a native layout and for languages side by side.',
})
export class LocalizedBlock {
  @Field(() => String, {
    description:
      'The same in every locale of the release. A block that exists in this locale only has a key that no other locale uses.',
  })
  key: string;

  @Field(() => BlockKindEnum, { description: 'How to lay the block out.' })
  kind: BlockKind;

  @Field(() => String, {
    description:
      'Sanitized HTML with the element of the block; a list item stands without its list.',
  })
  html: string;

  @Field(() => String, { description: 'Text without markup.' })
  plainText: string;

  @Field(() => LocaleEnum, {
    description:
      'Locale of this block; with coherence FIELD it may differ from that of the release.',
  })
  locale: Locale;

  @Field(() => LanguageTag, { description: 'BCP 47 tag of the text, for the HTML attribute lang.' })
  lang: string;

  @Field(() => FreshnessEnum, { description: 'How this block stands against its original.' })
  freshness: Freshness;
}

@ObjectType('LocalizedRichText', {
  description: 'A localized body, in several renderings of the same text.',
})
export class LocalizedRichText extends Provenance {
  @Field(() => String, {
    description: 'Sanitized HTML: p, h2, blockquote, ul and li, with em, strong and a.',
  })
  html: string;

  @Field(() => String, { description: 'CommonMark.' })
  markdown: string;

  @Field(() => String, {
    description: 'Text without markup; blocks are separated by an empty line.',
  })
  plainText: string;

  @Size(8)
  @Field(() => [LocalizedBlock], { description: 'The blocks in reading order.' })
  blocks: LocalizedBlock[];

  @Field(() => FreshnessEnum, {
    description: 'The worst of its blocks; STALE too where the original has more blocks.',
  })
  freshness: Freshness;
}
