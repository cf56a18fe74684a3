import { Arg, Args, Ctx, ID, Query, Resolver } from 'type-graphql';

import { authorize } from '../../kernel/access.js';
import { AppError } from '../../kernel/errors.js';
import type { Locale } from '../../kernel/locale.js';
import { parseReference } from '../../kernel/reference-code.js';
import { LocaleEnum } from '../../platform/graphql/schema/enums.js';
import { pageSize } from '../../platform/graphql/schema/paging.js';
import { refuseMisplaced } from '../../platform/graphql/schema/release-selector.js';
import type { RequestContext } from '../../platform/graphql/execution/request-context.js';
import type { ReferenceCache } from '../audience/index.js';
import type { EditorialRecord } from './editorial-record.js';
import {
  EditorialReleaseConnection,
  EditorialReleaseType,
  TranslationConnection,
  TranslationType,
} from './editorial.types.js';
import type { EditorialSessions } from './editorial-session.js';
import { findReleaseId } from './ids.js';
import { editorialReleaseNode, translationNode } from './nodes.js';
import { EditorialReleasesArgs, WorklistArgs } from './query.inputs.js';
import { ReleaseIndex } from './release-index.js';
import { Worklist } from './worklist.js';

const LONGEST_SEARCH = 500;

@Resolver()
export class EditorialQueryResolver {
  constructor(
    private readonly cache: ReferenceCache,
    private readonly sessions: EditorialSessions,
  ) {}

  @Query(() => EditorialReleaseType, {
    nullable: true,
    description:
      'One release by exactly one of the arguments; null if there is none. For staff: without a token the error is UNAUTHENTICATED.',
  })
  async editorialRelease(
    @Ctx() context: RequestContext,
    @Arg('id', () => ID, {
      nullable: true,
      description: 'Global id of the EditorialRelease or of the published Release.',
    })
    id?: string | null,
    @Arg('number', () => String, {
      nullable: true,
      description: 'Number or reference: 305/12, E-305/12.',
    })
    number?: string | null,
  ): Promise<EditorialReleaseType | null> {
    authorize(context.viewer, 'READ_WORK');
    const given = [id, number].filter((selector) => typeof selector === 'string');
    if (given.length !== 1) throw new AppError('RELEASE_SELECTOR_UNCLEAR');
    const record = await this.find(context, id ?? null, number ?? '');
    if (record) return editorialReleaseNode(record);
    refuseMisplaced(typeof id === 'string' ? 'id' : 'number', id ?? number ?? '', ['id', 'number']);
    return null;
  }

  private async find(
    context: RequestContext,
    id: string | null,
    number: string,
  ): Promise<EditorialRecord | null> {
    const session = this.sessions.of(context);
    if (id !== null) {
      const releaseId = findReleaseId(id);
      return releaseId === null ? null : session.release.load(releaseId);
    }
    const known = parseReference(number)?.number;
    return known === undefined ? null : session.releaseByNumber(known);
  }

  @Query(() => EditorialReleaseConnection, {
    description:
      'All releases, published or not, newest first. For staff: without a token the error is UNAUTHENTICATED.',
  })
  async editorialReleases(
    @Ctx() context: RequestContext,
    @Args(() => EditorialReleasesArgs) { first, after, filter }: EditorialReleasesArgs,
  ): Promise<InstanceType<typeof EditorialReleaseConnection>> {
    authorize(context.viewer, 'READ_WORK');
    if ((filter?.search?.length ?? 0) > LONGEST_SEARCH) {
      throw new AppError('SEARCH_TOO_LONG', { max: LONGEST_SEARCH });
    }
    const { snapshot } = this.sessions.of(context);
    const index = new ReleaseIndex(snapshot, filter ?? {});
    const { items, hasNextPage } = await index.page(pageSize(first), after);
    const edges = items.map(({ record, cursor }) => {
      return { cursor, node: editorialReleaseNode(record) };
    });
    const total = () => index.count();
    return new EditorialReleaseConnection({
      edges,
      hasNextPage,
      hasPreviousPage: Boolean(after),
      total,
    });
  }

  @Query(() => TranslationConnection, {
    description:
      'Open work, most urgent first: held back (for editors), missing, returned, stale, due; within each by deadline, then by the number of audiences that require the language. Translators and revisers get their locales, editors all. For staff: without a token the error is UNAUTHENTICATED.',
  })
  async worklist(
    @Ctx() context: RequestContext,
    @Args(() => WorklistArgs) { first, after, filter }: WorklistArgs,
  ): Promise<InstanceType<typeof TranslationConnection>> {
    const viewer = authorize(context.viewer, 'READ_WORK');
    const session = this.sessions.of(context);
    const reference = await this.cache.load(context.snapshot);
    if (filter?.audience) reference.getState(filter.audience);
    const list = new Worklist(session.snapshot, reference, viewer, filter ?? {});
    const { items, hasNextPage } = await list.page(pageSize(first), after);
    const edges = await Promise.all(
      items.map(async ({ releaseId, locale, cursor }) => {
        const record = await session.release.load(releaseId);
        return { cursor, node: translationOf(record, locale) };
      }),
    );
    const total = () => list.count();
    return new TranslationConnection({
      edges,
      hasNextPage,
      hasPreviousPage: Boolean(after),
      total,
    });
  }

  @Query(() => TranslationType, {
    nullable: true,
    description:
      'One locale of a release, even if not started; null for an unknown release. For staff: without a token the error is UNAUTHENTICATED.',
  })
  async translation(
    @Ctx() context: RequestContext,
    @Arg('releaseId', () => ID, {
      description: 'Global id of the EditorialRelease or of the published Release.',
    })
    id: string,
    @Arg('locale', () => LocaleEnum, {
      description: 'Locale of the text; that of the original returns the original.',
    })
    locale: Locale,
  ): Promise<TranslationType | null> {
    authorize(context.viewer, 'READ_WORK');
    const record = await this.find(context, id, '');
    return record && translationOf(record, locale);
  }
}

/** @throws Error for a release that is not there: all four locales of every release are */
export function translationOf(record: EditorialRecord | null, locale: Locale): TranslationType {
  const translation = record?.translations.find((candidate) => candidate.locale === locale);
  if (!translation) throw new Error(`no ${locale} of a release that was just read`);
  return translationNode(translation);
}
