import { GraphQLDateTime } from 'graphql-scalars';
import { createUnionType, Field, Int, ObjectType } from 'type-graphql';

import type { Locale } from '../../kernel/locale.js';
import { LocaleEnum } from '../../platform/graphql/schema/enums.js';
import { Problem, ValidationProblem } from '../../platform/graphql/schema/problem.js';
import { EditorialReleaseType } from '../release/index.js';
import { PublicationReadinessType } from './readiness.types.js';

@ObjectType('NotReadyProblem', {
  description: 'The edition would break a blocking rule; nothing was published or scheduled.',
  implements: Problem,
})
export class NotReadyProblem extends Problem {
  @Field(() => PublicationReadinessType, {
    description: 'All unmet rules, as publicationReadiness returns them.',
  })
  readiness: PublicationReadinessType;
}

@ObjectType('EditionPayload', {
  description: 'Result of publishing, scheduling or retracting.',
})
export class EditionPayload {
  @Field(() => EditorialReleaseType, { description: 'The release after the change.' })
  release: EditorialReleaseType;

  @Field(() => Int, {
    nullable: true,
    description: 'Number of the edition; null while it is scheduled only.',
  })
  edition: number | null;

  @Field(() => [LocaleEnum], {
    description:
      'Locales that this edition publishes, replaces or retracts; empty if readers had the same already.',
  })
  locales: readonly Locale[];

  @Field(() => GraphQLDateTime, {
    nullable: true,
    description: 'When the edition was published; null while it is scheduled only.',
  })
  publishedAt: Date | null;

  @Field(() => GraphQLDateTime, {
    nullable: true,
    description: 'Instant for which it is scheduled; null if it was published at once.',
  })
  scheduledFor: Date | null;
}

export const PublishResult = createUnionType({
  name: 'PublishResult',
  description:
    'Outcome of publishing, scheduling and retracting: NotReadyProblem if a rule blocks the edition, ValidationProblem if the input is invalid.',
  types: () => [EditionPayload, NotReadyProblem, ValidationProblem] as const,
});
