import { Args, Ctx, FieldResolver, Resolver, Root } from 'type-graphql';

import { AppError } from '../../kernel/errors.js';
import {
  decodeKeyset,
  encodeKeyset,
  ForwardArgs,
  pageSize,
} from '../../platform/graphql/schema/paging.js';
import type { RequestContext } from '../../platform/graphql/execution/request-context.js';
import { Size } from '../../platform/graphql/limits/list-size.js';
import { AccountType, accountNode } from '../account/index.js';
import type { EditorialLoaders, LoadersBySnapshot } from '../release/index.js';
import { differenceBetween } from './difference.policy.js';
import {
  DifferenceArgs,
  SegmentDifferenceType,
  TranslationRevisionConnection,
  TranslationRevisionType,
} from './history.types.js';
import type { HistoryStep } from './history-page.repository.js';
import type { LocaleSegment } from './reading-order.policy.js';
import { recordedSegments } from './segment.policy.js';
import { segmentNode, SegmentType, TranslationType } from './translation.types.js';
import type { TranslationLoaders } from './translation-loaders.js';

@Resolver(() => TranslationType)
export class TranslationHistoryResolver {
  constructor(private readonly texts: LoadersBySnapshot<TranslationLoaders>) {}

  @Size('PAGE')
  @FieldResolver(() => TranslationRevisionConnection, {
    description: 'Steps of this text, newest first.',
  })
  async history(
    @Root() { record: { releaseId, locale } }: TranslationType,
    @Ctx() context: RequestContext,
    @Args(() => ForwardArgs) { first, after }: ForwardArgs,
  ): Promise<InstanceType<typeof TranslationRevisionConnection>> {
    const place = { releaseId, locale };
    const list = ['history', releaseId, locale];
    const size = pageSize(first);
    const [begin = null] = decodeKeyset(list, after, ['string']) ?? [];
    const texts = this.texts.of(context);
    if (begin !== null && !isStepId(begin)) {
      throw new AppError('CURSOR_UNKNOWN', { argument: 'after' });
    }
    const steps = await texts.steps(place, { size, after: begin });
    return new TranslationRevisionConnection({
      edges: steps.slice(0, size).map((step) => {
        return { cursor: encodeKeyset(list, [step.id]), node: revisionNode(step) };
      }),
      hasNextPage: steps.length > size,
      hasPreviousPage: begin !== null,
      total: () => texts.stepCount.load(place),
    });
  }

  @Size(5)
  @FieldResolver(() => [SegmentDifferenceType], {
    description:
      'Segments that differ between two revisions, in either direction. An unknown revision is BAD_USER_INPUT, reason REVISION_UNKNOWN.',
  })
  async difference(
    @Root() { record: { releaseId, locale } }: TranslationType,
    @Ctx() context: RequestContext,
    @Args(() => DifferenceArgs) { from, to }: DifferenceArgs,
  ): Promise<SegmentDifferenceType[]> {
    const texts = this.texts.of(context);
    const textOf = async (revision: number): Promise<readonly LocaleSegment[]> => {
      if (revision === 0) return [];
      const text = await texts.recordedText.load({ releaseId, locale, revision });
      if (!text) throw new AppError('REVISION_UNKNOWN', { revision });
      return text;
    };
    const [before, after] = await Promise.all([textOf(from), textOf(to)]);
    return differenceBetween(before, after, locale).map((difference) => {
      return Object.assign(new SegmentDifferenceType(), difference);
    });
  }
}

@Resolver(() => TranslationRevisionType)
export class TranslationRevisionResolver {
  constructor(
    private readonly texts: LoadersBySnapshot<TranslationLoaders>,
    private readonly loaders: LoadersBySnapshot<EditorialLoaders>,
  ) {}

  @FieldResolver(() => AccountType, { description: 'Account that took the step.' })
  async by(
    @Root() { step }: TranslationRevisionType,
    @Ctx() context: RequestContext,
  ): Promise<AccountType> {
    return accountNode(await this.loaders.of(context).account.load(step.by));
  }

  @Size(10)
  @FieldResolver(() => [SegmentType], {
    description:
      'The whole text at that time. source is what each segment was translated from; freshness is against the newest original.',
  })
  async segments(
    @Root() { step: { releaseId, locale, revision } }: TranslationRevisionType,
    @Ctx() context: RequestContext,
  ): Promise<SegmentType[]> {
    const texts = this.texts.of(context);
    const text = await texts.recordedText.load({ releaseId, locale, revision });
    const release = await this.loaders.of(context).release.load(releaseId);
    const isOriginal = release?.originalLocale === locale;
    const versions = isOriginal ? null : await texts.sourceTexts.load(releaseId);
    return recordedSegments(text ?? [], versions).map(segmentNode);
  }
}

/** A bigint of PostgreSQL. */
function isStepId(value: string | number): value is string {
  return typeof value === 'string' && /^\d{1,18}$/.test(value);
}

function revisionNode(step: HistoryStep): TranslationRevisionType {
  const { revision, at, action, comment } = step;
  return Object.assign(new TranslationRevisionType(), { step, revision, at, action, comment });
}
