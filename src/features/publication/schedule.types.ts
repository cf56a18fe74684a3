import { GraphQLDateTime } from 'graphql-scalars';
import { Field, ObjectType } from 'type-graphql';

import { type Locale, LOCALES } from '../../kernel/locale.js';
import { defineEnum, LocaleEnum } from '../../platform/graphql/schema/enums.js';
import type { EditorialRecord, StoredSchedule } from '../release/index.js';
import type { UnmetRule } from './readiness.policy.js';

const SCHEDULE_STATES = ['WAITING', 'HELD_BACK'] as const;
export type ScheduleState = (typeof SCHEDULE_STATES)[number];

const ScheduleStateEnum = defineEnum(
  'ScheduleState',
  SCHEDULE_STATES,
  'Whether a scheduled edition is still due.',
  {
    WAITING: 'Its instant is in the future.',
    HELD_BACK: 'Its instant has passed and it was not published; heldBackReason gives the reason.',
  },
);

const HELD_BACK_REASONS = ['RULES_UNMET', 'RESTORED'] as const;
export type HeldBackReason = (typeof HELD_BACK_REASONS)[number];

const HeldBackReasonEnum = defineEnum(
  'HeldBackReason',
  HELD_BACK_REASONS,
  'Why a scheduled edition was not published at its instant.',
  {
    RULES_UNMET: 'Rules were not met; unmet lists them.',
    RESTORED:
      'The database was restored to an earlier point or failed over meanwhile, and a cancellation may have been lost. Publish it or cancel it by hand.',
  },
);

interface ScheduleRecord extends StoredSchedule {
  readonly state: ScheduleState;
  readonly heldBackReason: HeldBackReason | null;
  readonly unmet: readonly UnmetRule[];
}

@ObjectType('Schedule', {
  description:
    'An edition to be published at a later instant. It pins the revisions that were approved when it was made.',
})
export class ScheduleType {
  readonly record: ScheduleRecord;
  readonly releaseId: string;

  @Field(() => GraphQLDateTime, { description: 'Instant of publication.' })
  at: Date;

  @Field(() => [LocaleEnum], { description: 'Locales that the edition publishes.' })
  locales: readonly Locale[];

  @Field(() => ScheduleStateEnum, { description: 'Whether it is still due.' })
  state: ScheduleState;

  @Field(() => HeldBackReasonEnum, {
    nullable: true,
    description: 'Why it was not published at its instant; null while WAITING.',
  })
  heldBackReason: HeldBackReason | null;
}

export function scheduleNode({ id: releaseId, schedule }: EditorialRecord): ScheduleType | null {
  if (!schedule) return null;
  const record = schedule as ScheduleRecord;
  const { at, state, heldBackReason, revisions } = record;
  const locales = LOCALES.filter((locale) => revisions[locale] !== undefined);
  return Object.assign(new ScheduleType(), {
    ...{ record, releaseId, at, state, heldBackReason, locales },
  });
}
