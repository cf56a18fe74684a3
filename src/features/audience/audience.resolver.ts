import { Arg, Args, Ctx, FieldResolver, Resolver, Root } from 'type-graphql';

import { storedName, type NamedText, regionName } from '../../kernel/display-name.js';
import { type ChainStep, type Locale, localesIn } from '../../kernel/locale.js';
import {
  type Membership,
  membershipOn,
  requiredMask,
  ruleInForce,
} from '../../kernel/member-state.js';
import type { MemberState } from '../../kernel/member-state.js';
import type { ReleaseType } from '../../kernel/release.js';
import { refusedLast } from '../../kernel/negotiation.js';
import { textDirection } from '../../kernel/text-direction.js';
import { Cacheable } from '../../platform/graphql/execution/cacheable.js';
import { LanguagesArgs } from '../../platform/graphql/schema/arguments.js';
import { InCopies } from '../../platform/graphql/schema/copied-fields.js';
import { ChainStepEnum, LocaleEnum, ReleaseTypeEnum } from '../../platform/graphql/schema/enums.js';
import { globalId } from '../../platform/graphql/schema/global-id.js';
import { LocalizedName } from '../../platform/graphql/schema/node.js';
import type { RequestContext } from '../../platform/graphql/execution/request-context.js';
import { CalendarDate } from '../../platform/graphql/schema/scalars.js';
import { MembershipType, MemberStateType, TopicType } from './audience.types.js';
import type { ReferenceData, Topic } from './reference.js';
import type { ReferenceCache } from './reference.repository.js';

export function memberStateNode(state: MemberState): MemberStateType {
  const { code, nationalLanguages, timeZone } = state;
  return Object.assign(new MemberStateType(), {
    id: globalId('MemberState', code),
    code,
    nationalLanguages,
    timeZone,
  });
}

export function topicNode({ id, slug, names }: Topic): TopicType {
  return Object.assign(new TopicType(), { id: globalId('Topic', id), slug, names });
}

/** The order of locales if no requested language has a name: those of the audience, then the configured order. */
function nameOrder(reference: ReferenceData, { caller, today, localeOrder }: RequestContext) {
  const { audience } = caller.directive;
  const own = audience ? reference.localesOf(audience, today) : [];
  return [...new Set([...own, ...localeOrder])];
}

function localizedName(context: RequestContext, { value, tag, isFallback }: NamedText) {
  context.served(tag);
  return Object.assign(new LocalizedName(), {
    value,
    lang: tag,
    dir: textDirection(tag),
    isFallback,
  });
}

@Resolver(() => MemberStateType)
export class MemberStateResolver {
  constructor(private readonly cache: ReferenceCache) {}

  @InCopies('NAME')
  @Cacheable()
  @FieldResolver(() => LocalizedName, {
    description:
      'Name in the requested language: in English, Spanish, French and Portuguese the one that the OAS prints, whatever the region of the tag (Saint Kitts and Nevis, Suriname); in any other language that CLDR has names in, that of CLDR. The list is matched as a whole: [ht, en] is named in English, ht alone in French.',
  })
  async name(
    @Root() state: MemberStateType,
    @Ctx() context: RequestContext,
    @Args(() => LanguagesArgs) args: LanguagesArgs,
  ): Promise<LocalizedName> {
    const { requested, refused } = context.caller.accepted(args);
    const [first] = refusedLast(nameOrder(await this.cache.of(context), context), refused);
    if (first === undefined) throw new Error('the configured order of locales is empty');
    return localizedName(context, regionName(state.code, requested, first, refused));
  }

  private async rules(context: RequestContext) {
    const reference = await this.cache.of(context);
    return (code: string) => reference.rulesOf(code);
  }

  @InCopies('NEVER')
  @Cacheable()
  @FieldResolver(() => MembershipType, {
    description: 'Membership on a day; outside all periods the status is NOT_YET or FORMER_MEMBER.',
  })
  async membership(
    @Root() state: MemberStateType,
    @Ctx() context: RequestContext,
    @Arg('on', () => CalendarDate, {
      nullable: true,
      description: 'Day in question; the current day (UTC) by default.',
    })
    on: string | null,
  ): Promise<Membership> {
    const reference = await this.cache.of(context);
    return membershipOn(reference.getState(state.code), on ?? context.today);
  }

  @InCopies('NEVER')
  @Cacheable()
  @FieldResolver(() => [LocaleEnum], {
    description:
      'Locales in which a release must be published for this audience, by the rule in force on a day. Empty while the state is not a member.',
  })
  async requiredLocales(
    @Root() state: MemberStateType,
    @Ctx() context: RequestContext,
    @Arg('type', () => ReleaseTypeEnum, {
      nullable: true,
      description:
        'Type of release, where a rule may differ by type; omitted: the rule for all types.',
    })
    type: ReleaseType | null,
    @Arg('on', () => CalendarDate, {
      nullable: true,
      description:
        'Day in question, usually the date of the release; the current day (UTC) by default.',
    })
    on: string | null,
  ): Promise<Locale[]> {
    const reference = await this.cache.of(context);
    const { code } = state;
    const day = on ?? context.today;
    const rules = reference.rulesOf(code);
    const mask = requiredMask(reference.getState(code), rules, type ?? null, day);
    const inOrder = ruleInForce(rules, type ?? null, day)?.requiredLocales ?? [];
    return inOrder.filter((locale) => localesIn(mask).includes(locale));
  }

  @InCopies('NEVER')
  @Cacheable()
  @FieldResolver(() => [ChainStepEnum], {
    description:
      'Order in which this audience is served, by the rule in force now; ORIGINAL is the place of the language in which a release was written.',
  })
  async fallbackChain(
    @Root() state: MemberStateType,
    @Ctx() context: RequestContext,
  ): Promise<readonly ChainStep[]> {
    const rules = (await this.rules(context))(state.code);
    return ruleInForce(rules, null, context.today)?.fallbackChain ?? [];
  }
}

@Resolver(() => TopicType)
export class TopicResolver {
  constructor(private readonly cache: ReferenceCache) {}

  @InCopies('NAME')
  @Cacheable()
  @FieldResolver(() => LocalizedName, {
    description:
      'Name in the requested language, or in another one as a fallback; the slug where the topic has no name yet.',
  })
  async name(
    @Root() topic: TopicType,
    @Ctx() context: RequestContext,
    @Args(() => LanguagesArgs) args: LanguagesArgs,
  ): Promise<LocalizedName> {
    const order = nameOrder(await this.cache.of(context), context);
    const { requested, refused } = context.caller.accepted(args);
    const name = storedName(topic.names, requested, order, refused);
    if (name) return localizedName(context, name);
    const slug = { value: topic.slug, lang: 'zxx', dir: 'LTR' as const, isFallback: true };
    return Object.assign(new LocalizedName(), slug);
  }
}
