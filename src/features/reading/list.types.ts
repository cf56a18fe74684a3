import { ArgsType, Field, InputType, Int, ObjectType } from 'type-graphql';

import { type AvailabilityStatus } from '../../kernel/availability.js';
import type { ChainStep, Locale } from '../../kernel/locale.js';
import { type Soon, whenThere } from '../../kernel/soon.js';
import type { Coherence } from '../../kernel/localization.js';
import type { ReleaseType as ReleaseKind } from '../../kernel/release.js';
import { ReaderArgs } from '../../platform/graphql/arguments.js';
import {
  AvailabilityStatusEnum,
  ChainStepEnum,
  CoherenceEnum,
  defineEnum,
  LocaleEnum,
  ReleaseTypeEnum,
} from '../../platform/graphql/enums.js';
import { PageInfo } from '../../platform/graphql/paging.js';
import type { TracedPart } from '../../platform/graphql/read-trace.js';
import { CalendarDate, CountryCode, LanguageTag } from '../../platform/graphql/scalars.js';
import { MemberStateType } from '../audience/index.js';
import { encodeCursor, type ListPosition } from './cursor.js';
import type { ReleaseFilter } from './release-filter.js';
import type { ListedPage } from './reading-session.js';
import { madeOfPage } from './release-list.js';
import { RELEASE_ORDERS, type ReleaseOrder } from './release-list.sql.js';
import type { ReleaseRecord } from './release-record.js';
import { LocalizedReleaseType, releaseNode, ReleaseType } from './release.types.js';

const ReleaseOrderEnum = defineEnum('ReleaseOrder', RELEASE_ORDERS, undefined, {
  RELEVANCE: {
    description:
      'First what has all that is searched for in its title, then in title and summary, then anywhere; the newest first in each. Only with search, where it is the default.',
  },
});

@InputType('LocaleSetFilter', {
  description: 'all: in each of these; any: in one of them at least; none: in none of them.',
})
export class LocaleSetFilter {
  @Field(() => [LocaleEnum], { nullable: true })
  all?: Locale[] | null;

  @Field(() => [LocaleEnum], { nullable: true })
  any?: Locale[] | null;

  @Field(() => [LocaleEnum], { nullable: true })
  none?: Locale[] | null;
}

@InputType('ReleaseFilter', {
  description: 'Conditions that a release must all meet; a list is met by one of its members.',
})
export class ReleaseFilterInput implements ReleaseFilter {
  @Field(() => [ReleaseTypeEnum], { nullable: true })
  type?: ReleaseKind[] | null;

  @Field(() => CalendarDate, { nullable: true, description: 'This day and later.' })
  dateFrom?: string | null;

  @Field(() => CalendarDate, { nullable: true, description: 'This day and earlier.' })
  dateTo?: string | null;

  @Field(() => [String], { nullable: true, description: 'Slugs of topics.' })
  topic?: string[] | null;

  @Field(() => [CountryCode], { nullable: true })
  mentions?: string[] | null;

  @Field(() => CountryCode, {
    nullable: true,
    description: 'Releases addressed to this state: by name, or to all.',
  })
  addressedTo?: string | null;

  @Field(() => [LocaleEnum], { nullable: true })
  originalLocale?: Locale[] | null;

  @Field(() => LocaleSetFilter, {
    nullable: true,
    description: 'Only releases really published in all / any / none of these locales.',
  })
  publishedIn?: LocaleSetFilter | null;

  @Field(() => [AvailabilityStatusEnum], {
    nullable: true,
    description:
      'Only releases whose availability for the audience of the context is one of these. BAD_USER_INPUT without an audience.',
  })
  availability?: AvailabilityStatus[] | null;
}

@ArgsType()
export class ReleasesArgs extends ReaderArgs {
  @Field(() => Int, { nullable: true, description: '1 to 100.' })
  first?: number | null;

  @Field(() => String, { nullable: true })
  after?: string | null;

  @Field(() => Int, { nullable: true, description: '1 to 100.' })
  last?: number | null;

  @Field(() => String, { nullable: true })
  before?: string | null;

  @Field(() => ReleaseFilterInput, { nullable: true })
  filter?: ReleaseFilterInput | null;

  @Field(() => String, {
    nullable: true,
    description:
      'Words, "a phrase", -without, one or other; codes such as E-305/12. At most 500 characters.',
  })
  search?: string | null;

  @Field(() => ReleaseOrderEnum, {
    nullable: true,
    description: 'Default: RELEVANCE with search, else DATE_DESC.',
  })
  orderBy?: ReleaseOrder | null;
}

@ObjectType('ReleaseEdge', { description: 'A release in its place in a list.' })
export class ReleaseEdge {
  @Field(() => String, {
    description: 'Good for this list only: the same order, filter and reader.',
  })
  get cursor(): string {
    return encodeCursor(this.listKey, this.place);
  }

  @Field(() => ReleaseType)
  readonly node: ReleaseType;

  constructor(
    node: ReleaseType,
    private readonly listKey: string,
    private readonly place: ListPosition,
    private readonly localize: () => Soon<LocalizedReleaseType | null>,
  ) {
    this.node = node;
  }

  @Field(() => LocalizedReleaseType, {
    nullable: true,
    description: 'As the reader named by the arguments of releases sees it.',
  })
  localized(): Soon<LocalizedReleaseType | null> {
    return this.localize();
  }
}

interface ListReader {
  localize(record: ReleaseRecord): Soon<LocalizedReleaseType | null>;
  count(): Promise<number>;
}

@ObjectType('ReleaseConnection', { description: 'A page of a list of releases.' })
export class ReleaseConnection {
  /** @param name of the list, the reader and the page */
  constructor(
    readonly name: string,
    private readonly listed: ListedPage,
    private readonly reader: ListReader,
  ) {}

  @Field(() => [ReleaseEdge])
  edges(): Soon<ReleaseEdge[]> {
    const { listed, reader } = this;
    const { listKey, edges } = listed.page;
    return whenThere(listed.records(), (records) =>
      edges.flatMap(({ place }, index) => {
        const record = records[index];
        if (!record) return [];
        const localize = () => reader.localize(record);
        return [new ReleaseEdge(releaseNode(record), listKey, place, localize)];
      }),
    );
  }

  @Field(() => [ReleaseType])
  nodes(): Soon<ReleaseType[]> {
    return whenThere(this.listed.records(), (records) => records.map(releaseNode));
  }

  get madeOf(): TracedPart {
    return madeOfPage(this.listed.page);
  }

  @Field(() => PageInfo)
  get pageInfo(): PageInfo {
    const { hasNextPage, hasPreviousPage, edges, listKey } = this.listed.page;
    const [startCursor, endCursor] = [edges[0], edges.at(-1)].map((edge) => {
      return edge ? encodeCursor(listKey, edge.place) : null;
    }) as [string | null, string | null];
    return { hasNextPage, hasPreviousPage, startCursor, endCursor };
  }

  @Field(() => Int, { description: 'Over all pages; counted only when it is asked for.' })
  totalCount(): Promise<number> {
    return this.reader.count();
  }
}

@ObjectType('Localization', { description: "What the server understood of the caller's context." })
export class LocalizationType {
  @Field(() => [LanguageTag])
  requested: readonly string[];

  @Field(() => MemberStateType, {
    nullable: true,
    description: 'null without one, and for a country that is no member state.',
  })
  audience: MemberStateType | null;

  @Field(() => CountryCode, {
    nullable: true,
    description:
      'The country that was named as the audience and is no member state, so that it counts as no audience; null where audience is what was named.',
  })
  audienceRequested: string | null;

  @Field(() => [ChainStepEnum], {
    description:
      "The order in which locales are tried; ORIGINAL stands for a release's own language.",
  })
  chain: readonly ChainStep[];

  @Field(() => CoherenceEnum)
  coherence: Coherence;
}
