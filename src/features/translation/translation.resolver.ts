import { Arg, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';

import { authorize } from '../../kernel/access.js';
import type { Locale } from '../../kernel/locale.js';
import type { RequestContext } from '../../platform/graphql/execution/request-context.js';
import { LocaleEnum } from '../../platform/graphql/schema/enums.js';
import { Size } from '../../platform/graphql/limits/list-size.js';
import { AccountType, accountNode } from '../account/index.js';
import {
  type EditorialLoaders,
  editorialReleaseNode,
  EditorialReleaseType,
  findReleaseId,
  type LoadersBySnapshot,
} from '../release/index.js';
import { commentNode, CommentType } from './comment.types.js';
import {
  localeNode,
  segmentNode,
  SegmentType,
  translationNode,
  TranslationType,
} from './translation.types.js';
import type { TranslationLoaders } from './translation-loaders.js';

@Resolver(() => EditorialReleaseType)
export class ReleaseTranslationsResolver {
  @Size(4)
  @FieldResolver(() => [TranslationType], {
    description: 'One for each of the four locales, the original included.',
  })
  translations(@Root() { record }: EditorialReleaseType): TranslationType[] {
    return record.translations.map(translationNode);
  }
}

@Resolver(() => TranslationType)
export class TranslationResolver {
  constructor(
    private readonly loaders: LoadersBySnapshot<EditorialLoaders>,
    private readonly texts: LoadersBySnapshot<TranslationLoaders>,
  ) {}

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
    authorize(context.caller.viewer, 'READ_WORK');
    const releaseId = findReleaseId(id);
    if (releaseId === null) return null;
    const release = await this.loaders.of(context).release.load(releaseId);
    return release && localeNode(release, locale);
  }

  @FieldResolver(() => EditorialReleaseType, { description: 'The release that it belongs to.' })
  async release(
    @Root() { record }: TranslationType,
    @Ctx() context: RequestContext,
  ): Promise<EditorialReleaseType> {
    const release = await this.loaders.of(context).release.load(record.releaseId);
    if (!release) throw new Error('a translation without its release');
    return editorialReleaseNode(release);
  }

  @Size(10)
  @FieldResolver(() => [SegmentType], {
    description:
      'Segments in reading order: those of the original, with those of this locale only in their places.',
  })
  async segments(
    @Root() { record }: TranslationType,
    @Ctx() context: RequestContext,
  ): Promise<SegmentType[]> {
    const segments = await this.texts.of(context).segments.load(record);
    return segments.map(segmentNode);
  }

  @FieldResolver(() => AccountType, {
    nullable: true,
    description: 'Account that is to write it; null if nobody is assigned.',
  })
  assignee(
    @Root() { record }: TranslationType,
    @Ctx() context: RequestContext,
  ): Promise<AccountType | null> {
    return this.account(context, record.assignee);
  }

  @FieldResolver(() => AccountType, {
    nullable: true,
    description: 'Account that last changed the text; null while NOT_STARTED.',
  })
  updatedBy(
    @Root() { record }: TranslationType,
    @Ctx() context: RequestContext,
  ): Promise<AccountType | null> {
    return this.account(context, record.text?.updatedBy ?? null);
  }

  private async account(context: RequestContext, id: string | null): Promise<AccountType | null> {
    return id === null ? null : accountNode(await this.loaders.of(context).account.load(id));
  }

  @Size(5)
  @FieldResolver(() => [CommentType], {
    description: 'Comments on this locale, oldest first, resolved ones included.',
  })
  async comments(
    @Root() { record }: TranslationType,
    @Ctx() context: RequestContext,
  ): Promise<CommentType[]> {
    const comments = await this.texts.of(context).comments.load(record);
    return comments.map(commentNode);
  }
}
