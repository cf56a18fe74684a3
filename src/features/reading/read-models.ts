import type { Locale } from '../../kernel/locale.js';
import type {
  PublicChange,
  PublicHead,
  ReadTrace,
} from '../../platform/graphql/execution/read-trace.js';
import type { KeptPart, PartKeeper } from '../../platform/graphql/execution/divided-execution.js';
import { KeptStore, type MadeOf, type StoreMeter } from '../../platform/cache/kept-store.js';
import type { ListPosition } from './cursor.js';
import type { ReleasePage } from './release-list.js';
import type { TextRecord, TextSummary } from './text-record.js';
import type { ReleaseRecord } from './release-record.js';

/** Whom the process hears of changes from. */
export interface Following {
  readonly head: PublicHead | null;
  onChange(listener: (changes: readonly PublicChange[] | null) => void): void;
}

export interface LayerMeter extends StoreMeter {
  measure(size: () => { entries: number; bytes: number }): void;
}

export interface ReadModelParts {
  /** What all of them may take in the memory of the process, in bytes, about. */
  readonly maxBytes: number;
  readonly following: Following;
  readonly meterOf: (layer: 'release' | 'text' | 'list' | 'part') => LayerMeter;
}

/** A page of a list, or how many there are in it. Releases stand in many lists, and are kept once. */
type ListModel = PageModel | number;

export interface PageModel extends Omit<ReleasePage, 'edges'> {
  readonly edges: readonly PlacedRelease[];
}

interface PlacedRelease {
  readonly releaseId: string;
  readonly place: ListPosition;
}

/** Of all bytes; parts of answers are what is used most, texts and releases what these are made of. */
const SHARES = { release: 0.15, text: 0.2, list: 0.15, part: 0.5 };

/** What one process keeps of what is public, as of the state that it last heard of. */
export class ReadModels implements PartKeeper {
  private readonly releases: KeptStore<ReleaseRecord>;
  private readonly texts: KeptStore<TextRecord | TextSummary>;
  private readonly lists: KeptStore<ListModel>;
  private readonly parts: KeptStore<KeptPart>;
  private readonly following: Following;

  constructor(parts: ReadModelParts) {
    this.following = parts.following;
    this.releases = store(parts, 'release');
    this.texts = store(parts, 'text');
    this.lists = store(parts, 'list');
    this.parts = store(parts, 'part');
  }

  /** @param name the id of a release, or its number: neither looks like the other */
  findRelease(name: string, trace: ReadTrace): ReleaseRecord | undefined {
    return this.seen(this.releases.find(name), trace);
  }

  keepRelease(record: ReleaseRecord, head: PublicHead): void {
    const madeOf = { head, releases: [record.id] };
    this.releases.keep(record.id, record, madeOf, RELEASE_BYTES);
    this.releases.keep(record.number, record, madeOf, NAME_BYTES);
  }

  /** @param withBody whether a text without its body will not do */
  findText(id: string, locale: Locale, trace: ReadTrace): TextRecord | undefined {
    return this.seen(this.texts.find(`${id} ${locale}`) as TextRecord | undefined, trace);
  }

  findSummary(id: string, locale: Locale, trace: ReadTrace): TextSummary | undefined {
    return (
      this.findText(id, locale, trace) ?? this.seen(this.texts.find(`${id} ${locale} head`), trace)
    );
  }

  keepText(id: string, text: TextRecord | TextSummary, head: PublicHead): void {
    const isWhole = 'content' in text;
    const key = `${id} ${text.locale}${isWhole ? '' : ' head'}`;
    this.texts.keep(key, text, { head, releases: [id] }, isWhole ? sizeOf(text) : SUMMARY_BYTES);
  }

  findList<T extends ListModel>(key: string, trace: ReadTrace): T | undefined {
    return this.seen(this.lists.find(key) as T | undefined, trace);
  }

  keepList(key: string, list: ListModel, madeOf: MadeOf): void {
    const entries = typeof list === 'number' ? 0 : list.edges.length;
    this.lists.keep(key, list, madeOf, 2 * key.length + LIST_BYTES + entries * EDGE_BYTES);
  }

  findPart(key: string, trace: ReadTrace): KeptPart | undefined {
    return this.seen(this.parts.find(key), trace);
  }

  keepPart(key: string, part: KeptPart, head: PublicHead): void {
    const { releases, ranges = [] } = part.madeOf;
    const dependencies = [...releases, ...ranges].length;
    const size = PART_BYTES + key.length + lengthOf(part.value.text) + 60 * dependencies;
    this.parts.keep(key, part, { head, ...part.madeOf }, size);
  }

  private seen<T>(found: T | undefined, trace: ReadTrace): T | undefined {
    const { head } = this.following;
    if (found !== undefined && head) trace.note(head);
    return found;
  }
}

/** In memory, about. */
const RELEASE_BYTES = 1_500;
const NAME_BYTES = 200;
const SUMMARY_BYTES = 1_200;
const LIST_BYTES = 600;
const EDGE_BYTES = 200;
const PART_BYTES = 400;

/** V8 takes one byte for each letter of Latin 1, where there are no others in a text. */
function lengthOf(text: string): number {
  return /^[\0-\xff]*$/.test(text) ? text.length : 2 * text.length;
}

function sizeOf({ content }: TextRecord): number {
  const text = content.blocks.reduce((length, block) => length + block.text.length, 0);
  // The text itself, and what it is rendered to.
  return SUMMARY_BYTES + 4 * text + 300 * content.blocks.length;
}

function store<T>(
  { maxBytes, following, meterOf }: ReadModelParts,
  layer: keyof typeof SHARES,
): KeptStore<T> {
  const meter = meterOf(layer);
  const made = new KeptStore<T>({
    maxBytes: Math.max(1, Math.floor(maxBytes * SHARES[layer])),
    head: () => following.head,
    meter,
  });
  meter.measure(() => ({ entries: made.count, bytes: made.bytes }));
  following.onChange((changes) => made.drop(changes));
  return made;
}
