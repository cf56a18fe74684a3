import type { DataSource, EntityManager } from 'typeorm';

import type { Locale } from '../../kernel/locale.js';
import type { Block } from '../../kernel/rich-text/index.js';
import type { ReleaseType, SourceChange } from '../../kernel/release.js';
import { databaseCode, UNIQUE_VIOLATION, withTransaction } from '../../platform/db/index.js';
import { queryableOf } from '../../platform/db/queryable.js';
import { ensureTopics, type ReferenceCache } from '../audience/index.js';
import { type CorrectionNotes, publish, retract } from '../publication/index.js';
import {
  type Authorship,
  createRelease,
  findTranslation,
  loadOriginal,
  lockOriginal,
  lockReleaseByNumber,
  reviseOriginal,
} from '../release/index.js';
import { loadSegments, replaceTranslation } from '../translation/index.js';
import { newOriginal, translationParts } from './segments-of.js';

interface StoryText {
  readonly title: string;
  readonly summary: string | null;
  readonly body: readonly Block[];
}

type StoryTexts = Readonly<Partial<Record<Locale, StoryText>>>;

export type StoryStep =
  | {
      readonly do: 'write';
      readonly texts: StoryTexts;
      readonly ownSegments?: readonly Locale[] | undefined;
    }
  | { readonly do: 'revise'; readonly change: SourceChange; readonly text: StoryText }
  | {
      readonly do: 'publish';
      readonly locales: readonly Locale[];
      readonly correctionNotes?: CorrectionNotes | undefined;
    }
  | { readonly do: 'retract'; readonly locales: readonly Locale[] | null; readonly reason: string };

/** A release and its history. */
export interface Story {
  readonly number: string;
  readonly type: ReleaseType;
  readonly date: string;
  readonly originalLocale: Locale;
  readonly audiences: readonly string[];
  readonly mentions: readonly string[];
  readonly topics: readonly string[];
  readonly steps: readonly StoryStep[];
}

/**
 * Replays the history of a release through the services that staff use. Each publication and the steps before it are
 * one transaction.
 *
 * @returns false if a release with this number already exists: then nothing is done
 */
export async function replayStory(
  dataSource: DataSource,
  cache: ReferenceCache,
  story: Story,
  by: string,
): Promise<boolean> {
  const player = new Player(cache, story, by);
  for (const [index, chapter] of chapters(story.steps).entries()) {
    const played = await withTransaction(dataSource, async (manager) => {
      const found = await lockReleaseByNumber(manager, story.number);
      if (index === 0 && found) return false;
      let id = found?.id ?? null;
      for (const step of chapter) id = await player.play(manager, id, step);
      return true;
    }).catch((error: unknown) => {
      // Another node that started at the same time was faster.
      if (index === 0 && databaseCode(error) === UNIQUE_VIOLATION) return false;
      throw error;
    });
    if (!played) return false;
  }
  return true;
}

/** A publication or retraction is always the last step of its transaction. */
function chapters(steps: readonly StoryStep[]): StoryStep[][] {
  const all: StoryStep[][] = [[]];
  for (const step of steps) {
    all.at(-1)?.push(step);
    if (step.do === 'publish' || step.do === 'retract') all.push([]);
  }
  return all.filter((chapter) => chapter.length > 0);
}

class Player {
  private readonly authorship: Authorship;

  constructor(
    private readonly cache: ReferenceCache,
    private readonly story: Story,
    private readonly by: string,
  ) {
    this.authorship = { by, action: 'SAVED', state: 'APPROVED' };
  }

  async play(manager: EntityManager, found: string | null, step: StoryStep): Promise<string> {
    const id = found ?? (step.do === 'write' ? await this.begin(manager, step.texts) : null);
    if (id === null) throw new Error(`${this.story.number} begins with something else than a text`);
    const { by } = this;
    switch (step.do) {
      case 'write':
        await this.write(manager, id, step.texts, step.ownSegments ?? []);
        break;
      case 'revise':
        await this.revise(manager, id, step.text, step.change);
        break;
      case 'publish': {
        const reference = await this.cache.load(queryableOf(manager));
        const { locales, correctionNotes: notes = {} } = step;
        await publish(manager, reference, { releaseId: id, locales, notes, by });
        break;
      }
      case 'retract':
        await retract(manager, { releaseId: id, locales: step.locales, reason: step.reason, by });
    }
    return id;
  }

  private async begin(manager: EntityManager, texts: StoryTexts): Promise<string> {
    const { number, type, date, originalLocale, audiences, mentions, topics } = this.story;
    const original = texts[originalLocale];
    if (!original) throw new Error(`${number} begins without its original`);
    const topicIds = await ensureTopics(manager, topics);
    const facts = { number, type, date, originalLocale, audiences, mentions, topicIds };
    const segments = newOriginal(blocksOf(original));
    return createRelease(
      manager,
      { ...facts, segments },
      { ...this.authorship, action: 'CREATED' },
    );
  }

  private async write(
    manager: EntityManager,
    releaseId: string,
    texts: StoryTexts,
    ownSegments: readonly Locale[],
  ): Promise<void> {
    const { originalLocale } = this.story;
    const original = await loadOriginal(manager, releaseId, originalLocale);
    for (const locale of Object.keys(texts) as Locale[]) {
      const text = texts[locale];
      if (locale === originalLocale || !text) continue;
      const before = await loadSegments(manager, releaseId, locale);
      const isOwn = ownSegments.includes(locale);
      const parts = translationParts(original, before, blocksOf(text), isOwn);
      const translation = await findTranslation(manager, releaseId, locale);
      const expectedRevision = translation?.revision ?? 0;
      const whole = { releaseId, locale, expectedRevision, origin: 'HUMAN' as const, ...parts };
      await replaceTranslation(manager, { ...whole, renewsAll: true }, this.authorship);
    }
  }

  private async revise(
    manager: EntityManager,
    releaseId: string,
    text: StoryText,
    change: SourceChange,
  ): Promise<void> {
    const { originalLocale } = this.story;
    const original = await lockOriginal(manager, releaseId);
    const body = original.segments.filter(({ kind }) => kind !== 'TITLE' && kind !== 'SUMMARY');
    // A story revises its blocks in place, so each block keeps the key of its position.
    const segments = [
      ...newOriginal({ ...blocksOf(text), blocks: [] }),
      ...text.body.map(({ kind, text: value }, index) => {
        return { key: body[index]?.key ?? null, kind, text: value };
      }),
    ];
    const translation = await findTranslation(manager, releaseId, originalLocale);
    const expectedRevision = translation?.revision ?? 0;
    const revision = { expectedRevision, change, segments };
    await reviseOriginal(manager, original, revision, this.authorship);
  }
}

function blocksOf({ title, summary, body }: StoryText) {
  return { title, summary, blocks: body };
}
