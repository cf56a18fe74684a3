import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';

import { Cacheable } from '../../platform/graphql/execution/cacheable.js';
import { Size } from '../../platform/graphql/limits/list-size.js';
import type { RequestContext } from '../../platform/graphql/execution/request-context.js';
import { countMonths } from './month.repository.js';
import { ParityMonthType, ParityReportType } from './parity.types.js';

/** Counted only if the months are selected. */
@Resolver(() => ParityReportType)
export class ParityMonthsResolver {
  @Cacheable()
  // Ten years.
  @Size(120)
  @FieldResolver(() => [ParityMonthType], {
    description:
      'The same releases by the month of their date, oldest first; months without a release are absent.',
  })
  months(
    @Root() { scope, rules }: ParityReportType,
    @Ctx() context: RequestContext,
  ): Promise<ParityMonthType[]> {
    return countMonths(context.reads, scope, rules);
  }
}
