import { Arg, Ctx, Query, Resolver } from 'type-graphql';

import { LOCALES } from '../../kernel/locale.js';
import { Cacheable } from '../../platform/graphql/execution/cacheable.js';
import type { RequestContext } from '../../platform/graphql/execution/request-context.js';
import { CalendarDate, CountryCode } from '../../platform/graphql/schema/scalars.js';
import { memberStateNode, type ReferenceCache } from '../audience/index.js';
import { countAudiences, countLocales } from './parity.repository.js';
import {
  type AudienceParityType,
  type LocaleParityType,
  ParityReportType,
} from './parity.types.js';

@Resolver()
export class ParityResolver {
  constructor(private readonly cache: ReferenceCache) {}

  @Cacheable()
  @Query(() => ParityReportType, {
    description: 'Report on the parity of the languages, over the releases that are public now.',
  })
  async parity(
    @Ctx() context: RequestContext,
    @Arg('from', () => CalendarDate, {
      nullable: true,
      description: 'First date of the period, included; omitted for no bound.',
    })
    from: string | null | undefined,
    @Arg('to', () => CalendarDate, {
      nullable: true,
      description: 'Last date of the period, included; omitted for no bound.',
    })
    to: string | null | undefined,
    @Arg('audience', () => CountryCode, {
      nullable: true,
      description:
        'Only releases addressed to this state, by name or because they are addressed to all; omitted for all releases.',
    })
    audience: string | null | undefined,
  ): Promise<ParityReportType> {
    const { localeOrder: order, today, reads } = context;
    context.dependencies.addTags({ releases: [], isForAll: true });
    const reference = await this.cache.of(context);
    const rules = { reference, order, today };
    const scope = { from: from ?? null, to: to ?? null, audience: audience ?? null };
    const states = audience ? [reference.getState(audience)] : reference.states;
    const { releases, locales } = await countLocales(reads, scope, rules);
    const codes = states.map(({ code }) => code);
    const counts = await countAudiences(reads, scope, rules, codes);
    return Object.assign(new ParityReportType(scope, rules), {
      releases,
      locales: LOCALES.flatMap((locale): LocaleParityType[] => {
        const found = locales.get(locale);
        return found ? [{ locale, ...found }] : [];
      }),
      audiences: states.flatMap((state): AudienceParityType[] => {
        const found = counts.get(state.code);
        if (!found) return [];
        const { COMPLETE: complete, PARTIAL: partial, FALLBACK: fallback } = found;
        const unavailable = found.UNAVAILABLE;
        return [{ audience: memberStateNode(state), complete, partial, fallback, unavailable }];
      }),
    });
  }
}
