import { Field, ObjectType } from 'type-graphql';

import type { Locale } from '../../kernel/locale.js';
import type { Coherence, LocaleOutcome, LocaleRule } from '../../kernel/localization.js';
import type { BlockKind, Freshness, TextOrigin } from '../../kernel/release.js';
import {
  BlockKindEnum,
  CoherenceEnum,
  FreshnessEnum,
  LocaleEnum,
  LocaleOutcomeEnum,
  LocaleRuleEnum,
  TextDirectionEnum,
  TextOriginEnum,
} from '../../platform/graphql/enums.js';
import { CountryCode, LanguageTag } from '../../platform/graphql/scalars.js';

@ObjectType('LocaleStep', { description: 'One locale of the chain, and what became of it.' })
export class LocaleStepType {
  @Field(() => LocaleEnum)
  locale: Locale;

  @Field(() => LocaleRuleEnum)
  rule: LocaleRule;

  @Field(() => LocaleOutcomeEnum)
  outcome: LocaleOutcome;
}

@ObjectType('LocaleResolution', {
  description:
    'The decision, in full: what was asked for, what is served, and every locale tried on the way.',
})
export class LocaleResolutionType {
  @Field(() => [LanguageTag], { description: 'In canonical form, each tag once.' })
  requested: readonly string[];

  @Field(() => CountryCode, {
    nullable: true,
    description:
      'The state by whose rules this was decided; null without one, and for a country that is no member state.',
  })
  audience: string | null;

  @Field(() => CountryCode, {
    nullable: true,
    description:
      'The country that was named as the audience and is no member state, so that it was served as no audience; null where audience is what was named. Only in Release.resolution: a LocalizedRelease is the same object for all such countries and for no audience, and has null here.',
  })
  audienceRequested?: string | null;

  @Field(() => CoherenceEnum)
  coherence: Coherence;

  @Field(() => LocaleEnum, {
    nullable: true,
    description: 'null when nothing may be served; trail then says why.',
  })
  locale: Locale | null;

  @Field(() => Boolean, {
    description:
      'false only where the reader gets the language first asked for: that of the first requested tag (fr-CA and FR, pt-PT and PT; not ht and FR); without a tag, one that the audience requires (one of its own languages, where nothing was required at that date); without both, the original.',
  })
  isFallback: boolean;

  @Field(() => [LocaleStepType])
  trail: readonly LocaleStepType[];
}

/** Where a text comes from, and how sure its reader may be of it: the same fields wherever a text is. */
@ObjectType()
abstract class Provenance {
  @Field(() => LocaleEnum)
  locale: Locale;

  @Field(() => LanguageTag, { description: 'Ready for the HTML attribute lang.' })
  lang: string;

  @Field(() => TextDirectionEnum)
  dir: 'LTR' | 'RTL';

  @Field(() => Boolean)
  isFallback: boolean;

  @Field(() => TextOriginEnum)
  origin: TextOrigin;
}

@ObjectType('LocalizedText', {
  description: 'One localized text of a release, with its provenance.',
})
export class LocalizedText extends Provenance {
  @Field(() => String, { description: 'Plain text, without markup.' })
  value: string;

  @Field(() => FreshnessEnum)
  freshness: Freshness;
}

@ObjectType('LocalizedBlock', {
  description:
    'One block of a body, for apps that lay out natively and for readers beside each other: key is the same in every locale (a block that only this locale has, has a key of its own).',
})
export class LocalizedBlock {
  @Field(() => String)
  key: string;

  @Field(() => BlockKindEnum)
  kind: BlockKind;

  @Field(() => String, { description: 'Sanitized.' })
  html: string;

  @Field(() => String)
  plainText: string;

  @Field(() => LocaleEnum)
  locale: Locale;

  @Field(() => LanguageTag)
  lang: string;

  @Field(() => FreshnessEnum)
  freshness: Freshness;
}

@ObjectType('LocalizedRichText', {
  description: 'A localized body, in several renderings of the same text.',
})
export class LocalizedRichText extends Provenance {
  @Field(() => String, { description: 'Sanitized.' })
  html: string;

  @Field(() => String, { description: 'CommonMark.' })
  markdown: string;

  @Field(() => String, { description: 'Blocks are separated by an empty line.' })
  plainText: string;

  @Field(() => [LocalizedBlock])
  blocks: LocalizedBlock[];

  @Field(() => FreshnessEnum, {
    description: 'The worst of its blocks; STALE too where the original says more.',
  })
  freshness: Freshness;
}
