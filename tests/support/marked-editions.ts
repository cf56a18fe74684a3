import type { DataSource, EntityManager } from 'typeorm';

import type { Locale } from '../../src/kernel/locale.js';
import type { ReferenceCache } from '../../src/features/audience/index.js';
import { publish, retract } from '../../src/features/publication/index.js';
import {
  findTranslation,
  loadOriginal,
  lockOriginal,
  reviseOriginal,
} from '../../src/features/release/index.js';
import { replayStory } from '../../src/features/import/index.js';
import { replaceTranslation } from '../../src/features/translation/index.js';
import { withTransaction } from '../../src/platform/db/index.js';
import { queryableOf } from '../../src/platform/db/queryable.js';
import { aRelease } from './a-release.js';

/** What the public may read of a release from one change to the next. */
export interface MarkedState {
  /** null: nothing at all. */
  readonly edition: number | null;
  /** The marker in the text, by locale; null where that locale was taken back. */
  readonly en: string | null;
  readonly es: string | null;
  readonly by: ChangeKind;
  readonly begunAt: number;
  /** When its transaction was known to be committed. */
  ackAt: number;
}

export type ChangeKind = 'CORRECTION' | 'PARTIAL_RETRACTION' | 'RETRACTION' | 'REPUBLICATION';

const by = 'test';
const AUTHORSHIP = { by, action: 'SAVED', state: 'APPROVED' } as const;
const BACK: readonly ChangeKind[] = ['REPUBLICATION', 'CORRECTION'];
const ON: readonly ChangeKind[] = ['CORRECTION', 'PARTIAL_RETRACTION', 'CORRECTION', 'RETRACTION'];

/** A release whose texts all name the change that they belong to, so that each response shows how old it is. */
export class MarkedRelease {
  /** In the order of their editions; an edition is known here before anybody can read it. */
  readonly states: MarkedState[] = [];
  private id = '';
  /** Of the newest edition, also where it left nothing public. */
  private edition = 1;

  constructor(
    readonly number: string,
    private turn: number,
    private readonly dataSource: DataSource,
    private readonly cache: ReferenceCache,
  ) {}

  /** Written and published. */
  async begin(date: string): Promise<void> {
    const { number, dataSource } = this;
    const [en, es] = ['EN 0', 'ES 0'];
    const story = aRelease(number)
      .dated(date)
      .in('EN', { title: en, body: [en] })
      .in('ES', { title: es, body: [es] });
    await replayStory(dataSource, this.cache, story.published().story(), by);
    const rows = await dataSource.query<{ id: string }[]>(
      'SELECT id FROM authoring.release WHERE number = $1',
      [number],
    );
    this.id = rows[0]?.id ?? '';
    const now = performance.now();
    this.states.push({ edition: 1, en, es, by: 'CORRECTION', begunAt: now, ackAt: now });
  }

  /** Makes the next change, which is acknowledged once this resolves. */
  async change(): Promise<void> {
    const last = this.states.at(-1);
    if (!last) throw new Error('not begun');
    const kinds = last.edition === null ? BACK : ON;
    const kind = kinds[this.turn++ % kinds.length] ?? 'CORRECTION';
    const state = this.next(kind);
    this.states.push(state);
    const edition = await withTransaction(this.dataSource, (manager) => this.make(manager, state));
    state.ackAt = performance.now();
    if (edition !== this.edition) throw new Error(`${kind} of ${this.number} became ${edition}`);
  }

  private next(by: ChangeKind): MarkedState {
    const edition = (this.edition += 1);
    const times = { by, begunAt: performance.now(), ackAt: Infinity };
    const written = this.states.findLast(({ by }) => by === 'CORRECTION');
    switch (by) {
      case 'CORRECTION':
        return { edition, en: `EN ${edition}`, es: `ES ${edition}`, ...times };
      case 'PARTIAL_RETRACTION':
        return { edition, en: written?.en ?? null, es: null, ...times };
      case 'RETRACTION':
        return { edition: null, en: null, es: null, ...times };
      case 'REPUBLICATION':
        return { edition, en: written?.en ?? null, es: written?.es ?? null, ...times };
    }
  }

  private async make(manager: EntityManager, { by: kind, en, es }: MarkedState): Promise<number> {
    const releaseId = this.id;
    if (kind === 'RETRACTION' || kind === 'PARTIAL_RETRACTION') {
      const locales: Locale[] | null = kind === 'RETRACTION' ? null : ['ES'];
      return (await retract(manager, { releaseId, locales, reason: 'for a test', by })).edition;
    }
    if (kind === 'CORRECTION') await this.write(manager, en ?? '', es ?? '');
    const reference = await this.cache.load(queryableOf(manager));
    // Named: what was retracted is not published again by itself.
    const locales: Locale[] = ['EN', 'ES'];
    return (await publish(manager, reference, { releaseId, locales, by })).edition;
  }

  private async write(manager: EntityManager, en: string, es: string): Promise<void> {
    const releaseId = this.id;
    const revisionOf = async (locale: Locale) =>
      (await findTranslation(manager, releaseId, locale))?.revision ?? 0;
    const before = await lockOriginal(manager, releaseId);
    const segments = before.segments.map(({ key, kind }) => {
      return { key: kind === 'TITLE' ? null : key, kind, text: en };
    });
    const revision = { expectedRevision: await revisionOf('EN'), segments };
    await reviseOriginal(manager, before, { ...revision, change: 'SUBSTANTIVE' }, AUTHORSHIP);
    const original = await loadOriginal(manager, releaseId, 'EN');
    const targets = original.map(({ key }) => ({ key, text: es }));
    const translation = { releaseId, locale: 'ES', origin: 'HUMAN', targets, own: [] } as const;
    const expectedRevision = await revisionOf('ES');
    await replaceTranslation(
      manager,
      { ...translation, expectedRevision, renewsAll: true },
      AUTHORSHIP,
    );
  }
}
