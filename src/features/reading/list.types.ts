import { ArgsType, Field, InputType, Int, ObjectType } from 'type-graphql';

import { type AvailabilityStatus } from '../../kernel/availability.js';
import type { ChainStep, Locale } from '../../kernel/locale.js';
import { type MaybePromise, mapMaybe } from '../../kernel/maybe-promise.js';
import type { Coherence } from '../../kernel/localization.js';
import { ReaderArgs } from '../../platform/graphql/schema/arguments.js';
import {
  AvailabilityStatusEnum,
  ChainStepEnum,
  CoherenceEnum,
  defineEnum,
  LocaleEnum,
} from '../../platform/graphql/schema/enums.js';
import { PageInfo } from '../../platform/graphql/schema/paging.js';
import { ReleaseFactsFilter } from '../../platform/graphql/schema/release-facts.js';
import { CountryCode, LanguageTag } from '../../platform/graphql/schema/scalars.js';
import { Size } from '../../platform/graphql/limits/list-size.js';
import { MemberStateType } from '../audience/index.js';
import { encodeCursor, type ListPosition } from './cursor.js';
import type { MatchFinder } from '../../kernel/search/index.js';
import type { ReleaseFilter } from './release-filter.js';
import type { ListedPage } from './reading-session.js';
import { RELEASE_ORDERS, type ReleaseOrder } from './release-list.sql.js';
import type { ReleaseRecord } from './release-record.js';
import { LocalizedReleaseType, ReleaseType } from './release.types.js';

const ReleaseOrderEnum = defineEnum(
  'ReleaseOrder',
  RELEASE_ORDERS,
  'Order of a list of releases.',
  {
    DATE_DESC: 'Newest date first. The default without search.',
    DATE_ASC: 'Oldest date first.',
    TITLE_ASC: 'By the title that the reader is served, by the rules of their language.',
    RELEVANCE:
      'Releases with all words in the title come first, then in title and summary, then anywhere; newest first in each group. Only with search, where it is the default.',
  },
);

@InputType('LocaleSetFilter', {
  description:
    'A condition on the set of locales in which a release is published. Several fields must all hold.',
})
export class LocaleSetFilter {
  @Field(() => [LocaleEnum], { nullable: true, description: 'Published in each of these.' })
  all?: Locale[] | null;

  @Field(() => [LocaleEnum], { nullable: true, description: 'Published in at least one of these.' })
  any?: Locale[] | null;

  @Field(() => [LocaleEnum], { nullable: true, description: 'Published in none of these.' })
  none?: Locale[] | null;
}

@InputType('ReleaseFilter', {
  description:
    'Conditions on releases. All of them must hold; a list holds if one of its members does. An omitted or null field is no condition; an empty list matches nothing. A list has at most 100 members.',
})
export class ReleaseFilterInput extends ReleaseFactsFilter implements ReleaseFilter {
  @Field(() => [String], {
    nullable: true,
    description: 'Slugs of topics, as Topic.slug has them.',
  })
  topic?: string[] | null;

  @Field(() => [CountryCode], { nullable: true, description: 'States that the release is about.' })
  mentions?: string[] | null;

  @Field(() => CountryCode, {
    nullable: true,
    description: 'Releases addressed to this state, by name or because they are addressed to all.',
  })
  addressedTo?: string | null;

  @Field(() => [LocaleEnum], {
    nullable: true,
    description: 'Languages in which the release was written.',
  })
  originalLocale?: Locale[] | null;

  @Field(() => LocaleSetFilter, {
    nullable: true,
    description:
      'Locales in which the release is, or is not, published now; fallbacks do not count.',
  })
  publishedIn?: LocaleSetFilter | null;

  @Field(() => [AvailabilityStatusEnum], {
    nullable: true,
    description:
      'Status for the audience of the request. Without an audience: BAD_USER_INPUT, reason AUDIENCE_MISSING.',
  })
  availability?: AvailabilityStatus[] | null;
}

@ArgsType()
export class ReleasesArgs extends ReaderArgs {
  @Field(() => Int, {
    nullable: true,
    description:
      'Page size from the start, 1 to 100; 20 by default. Together with last: BAD_USER_INPUT, reason PAGE_DIRECTION_UNCLEAR.',
  })
  first?: number | null;

  @Field(() => String, {
    nullable: true,
    description: 'Cursor of the edge that the page starts after; from the same list only.',
  })
  after?: string | null;

  @Field(() => Int, {
    nullable: true,
    description: 'Page size from the end, 1 to 100; used with before.',
  })
  last?: number | null;

  @Field(() => String, {
    nullable: true,
    description: 'Cursor of the edge that the page ends before; from the same list only.',
  })
  before?: string | null;

  @Field(() => ReleaseFilterInput, {
    nullable: true,
    description: 'Conditions on the releases; omitted for all.',
  })
  filter?: ReleaseFilterInput | null;

  @Field(() => String, {
    nullable: true,
    description:
      'Words, "a phrase", -excluded, one or other; codes such as E-305/12 are found as they are. At most 500 characters.',
  })
  search?: string | null;

  @Field(() => ReleaseOrderEnum, {
    nullable: true,
    description: 'Order of the list; RELEVANCE by default with search, else DATE_DESC.',
  })
  orderBy?: ReleaseOrder | null;
}

@ObjectType('ReleaseEdge', { description: 'A release and its position in a list.' })
export class ReleaseEdge {
  @Field(() => String, {
    description:
      'Position for after and before; valid for the same order, filter, search and reader only.',
  })
  get cursor(): string {
    return encodeCursor(this.listKey, this.place);
  }

  @Field(() => ReleaseType, {
    description:
      'The release itself; its localized follows @inContext or its own arguments, not those of the list.',
  })
  readonly node: ReleaseType;

  constructor(
    node: ReleaseType,
    private readonly listKey: string,
    private readonly place: ListPosition,
    private readonly localize: () => MaybePromise<LocalizedReleaseType | null>,
    /** Null without a search. */
    readonly finder: MatchFinder | null,
  ) {
    this.node = node;
  }

  @Field(() => LocalizedReleaseType, {
    nullable: true,
    description:
      'The release for the reader that the arguments of releases describe; null if nothing may be served to them.',
  })
  localized(): MaybePromise<LocalizedReleaseType | null> {
    return this.localize();
  }
}

interface ListReader {
  localize(record: ReleaseRecord): MaybePromise<LocalizedReleaseType | null>;
  count(): Promise<number>;
  /** Null without a search. */
  readonly finder: MatchFinder | null;
}

@ObjectType('ReleaseConnection', {
  description: 'A page of a list of releases (Relay Cursor Connections).',
})
export class ReleaseConnection {
  constructor(
    private readonly listed: ListedPage,
    private readonly reader: ListReader,
  ) {}

  @Size('COUNTED')
  @Field(() => [ReleaseEdge], { description: 'The releases of the page with their cursors.' })
  edges(): MaybePromise<ReleaseEdge[]> {
    const { listed, reader } = this;
    const { listKey, edges } = listed.page;
    return mapMaybe(listed.records(), (records) =>
      edges.flatMap(({ place }, index) => {
        const record = records[index];
        if (!record) return [];
        const localize = () => reader.localize(record);
        return [new ReleaseEdge(new ReleaseType(record), listKey, place, localize, reader.finder)];
      }),
    );
  }

  @Size('COUNTED')
  @Field(() => [ReleaseType], { description: 'The releases of the page without their cursors.' })
  nodes(): MaybePromise<ReleaseType[]> {
    return mapMaybe(this.listed.records(), (records) =>
      records.map((record) => new ReleaseType(record)),
    );
  }

  @Field(() => PageInfo, {
    description: 'Whether there are further pages, and the cursors to request them.',
  })
  get pageInfo(): PageInfo {
    const { hasNextPage, hasPreviousPage, edges, listKey } = this.listed.page;
    const [startCursor, endCursor] = [edges[0], edges.at(-1)].map((edge) => {
      return edge ? encodeCursor(listKey, edge.place) : null;
    }) as [string | null, string | null];
    return { hasNextPage, hasPreviousPage, startCursor, endCursor };
  }

  @Field(() => Int, {
    description: 'Number of releases over all pages; it costs a query of its own.',
  })
  totalCount(): Promise<number> {
    return this.reader.count();
  }
}

@ObjectType('Localization', {
  description: 'The context of the request as the server understood it.',
})
export class LocalizationType {
  @Field(() => [LanguageTag], {
    description: 'Language tags in canonical form, in order of preference, each once.',
  })
  requested: readonly string[];

  @Field(() => [LocaleEnum], {
    description:
      'Languages refused by the weight 0 in Accept-Language (fr;q=0). They come last, count as a fallback, and are not served under STRICT.',
  })
  refused: readonly Locale[];

  @Field(() => MemberStateType, {
    nullable: true,
    description:
      'State whose rules apply; null without an audience, and for a country that is not a member state.',
  })
  audience: MemberStateType | null;

  @Field(() => CountryCode, {
    nullable: true,
    description:
      'Country that the request named as audience although it is not a member state, so that no audience is applied; else null.',
  })
  audienceRequested: string | null;

  @Field(() => [ChainStepEnum], {
    description:
      'Order in which locales are tried; ORIGINAL is the place of the language in which a release was written.',
  })
  chain: readonly ChainStep[];

  @Field(() => CoherenceEnum, { description: 'Whether gaps may be filled from other locales.' })
  coherence: Coherence;
}
