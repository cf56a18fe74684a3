import type { EntityManager } from 'typeorm';

import { ReferenceCache } from '../../src/features/audience/index.js';
import {
  publish,
  type PublishedEdition,
  type PublishRequest,
  retract,
} from '../../src/features/publication/index.js';
import {
  findTranslation,
  loadFacts,
  loadOriginal,
  lockReleaseByNumber,
  type ReleaseEntity,
  type ReleaseFacts,
  reviseOriginal,
  updateFacts,
} from '../../src/features/release/index.js';
import { loadSegments, replaceTranslation } from '../../src/features/translation/index.js';
import { newOriginal, translationParts } from '../../src/features/import/segments-of.js';
import type { Locale } from '../../src/kernel/locale.js';
import type { SourceChange } from '../../src/kernel/release.js';
import type { StartedState } from '../../src/kernel/workflow.js';
import { type Database, withTransaction } from '../../src/platform/db/index.js';
import { queryableOf } from '../../src/platform/db/queryable.js';
import type { SampleText } from './a-release.js';

/** What staff do to a release that is there already, each in a transaction of its own. */
export class Staff {
  private readonly cache = new ReferenceCache();

  constructor(private readonly database: Pick<Database, 'dataSource'>) {}

  /** The id in the authoring tables. */
  idOf(number: string): Promise<string> {
    return this.with(number, async (_, { id }) => Promise.resolve(id));
  }

  translate(
    number: string,
    locale: Locale,
    text: SampleText,
    state: StartedState = 'DRAFT',
  ): Promise<boolean> {
    return this.with(number, async (manager, { id: releaseId, originalLocale }) => {
      const original = await loadOriginal(manager, releaseId, originalLocale);
      const before = await loadSegments(manager, releaseId, locale);
      const parts = translationParts(original, before, imported(text));
      const expectedRevision = (await findTranslation(manager, releaseId, locale))?.revision ?? 0;
      const whole = { releaseId, locale, expectedRevision, origin: 'HUMAN' as const, ...parts };
      const authorship = { by: 'translator', action: 'SAVED' as const, state };
      return replaceTranslation(manager, { ...whole, renewsAll: true }, authorship);
    });
  }

  revise(
    number: string,
    change: SourceChange,
    text: SampleText,
    state: StartedState = 'DRAFT',
  ): Promise<boolean> {
    return this.with(number, async (manager, release) => {
      const { id: releaseId, originalLocale } = release;
      const before = await loadOriginal(manager, releaseId, originalLocale);
      const body = before.filter(({ kind }) => kind !== 'TITLE' && kind !== 'SUMMARY');
      const segments = newOriginal(imported(text));
      const blocks = segments.filter(({ kind }) => kind !== 'TITLE' && kind !== 'SUMMARY');
      const titles = segments.filter((segment) => !blocks.includes(segment));
      const keyed = blocks.map((block, index) => ({ ...block, key: body[index]?.key ?? null }));
      const expectedRevision =
        (await findTranslation(manager, releaseId, originalLocale))?.revision ?? 0;
      const revision = { expectedRevision, change, segments: [...titles, ...keyed] };
      const present = { release, segments: before };
      return reviseOriginal(manager, present, revision, { by: 'editor', action: 'SAVED', state });
    });
  }

  changeFacts(number: string, facts: Partial<ReleaseFacts>): Promise<boolean> {
    return this.with(number, async (manager, release) => {
      const before = await loadFacts(manager, release);
      return updateFacts(manager, release, before, { ...before, ...facts });
    });
  }

  publish(
    number: string,
    locales: readonly Locale[] | null = null,
    waivers: PublishRequest['waivers'] = [],
    notes: PublishRequest['notes'] = {},
  ): Promise<PublishedEdition> {
    return this.with(number, async (manager, { id: releaseId }) => {
      const reference = await this.cache.load(queryableOf(manager));
      return publish(manager, reference, { releaseId, locales, waivers, notes, by: 'publisher' });
    });
  }

  retract(number: string, locales: readonly Locale[] | null = null): Promise<PublishedEdition> {
    return this.with(number, async (manager, { id: releaseId }) => {
      return retract(manager, { releaseId, locales, reason: 'for a test', by: 'publisher' });
    });
  }

  private with<T>(
    number: string,
    work: (manager: EntityManager, release: ReleaseEntity) => Promise<T>,
  ): Promise<T> {
    return withTransaction(this.database.dataSource, async (manager) => {
      const release = await lockReleaseByNumber(manager, number);
      if (!release) throw new Error(`${number} is not there`);
      return work(manager, release);
    });
  }
}

function imported({ title, summary = null, body }: SampleText) {
  const blocks = (body ?? [`Paragraph of ${title}.`]).map((block) => {
    return typeof block === 'string' ? { kind: 'PARAGRAPH' as const, text: block } : block;
  });
  return { title, summary, blocks };
}
