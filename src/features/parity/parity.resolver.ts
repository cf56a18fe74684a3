import { Arg, Ctx, Query, Resolver } from 'type-graphql';

import { LOCALES } from '../../kernel/locale.js';
import type { RequestContext } from '../../platform/graphql/request-context.js';
import { CalendarDate, CountryCode } from '../../platform/graphql/scalars.js';
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

  @Query(() => ParityReportType, {
    description:
      'Existence, currency and simultaneity of the four languages, over the public releases of these dates (both days included; none: no bound), as they stand now. audience: only releases addressed to this state, by name or with all.',
  })
  async parity(
    @Ctx() context: RequestContext,
    @Arg('from', () => CalendarDate, { nullable: true }) from: string | null | undefined,
    @Arg('to', () => CalendarDate, { nullable: true }) to: string | null | undefined,
    @Arg('audience', () => CountryCode, { nullable: true }) audience: string | null | undefined,
  ): Promise<ParityReportType> {
    const { snapshot, localeOrder: order, today } = context;
    const reference = await this.cache.load(snapshot);
    const rules = { reference, order, today };
    const scope = { from: from ?? null, to: to ?? null, audience: audience ?? null };
    const states = audience ? [reference.getState(audience)] : reference.states;
    const { releases, locales } = await countLocales(snapshot, scope, rules);
    const codes = states.map(({ code }) => code);
    const counts = await countAudiences(snapshot, scope, rules, codes);
    return {
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
    };
  }
}
