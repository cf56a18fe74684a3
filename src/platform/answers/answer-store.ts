import { LRUCache } from 'lru-cache';

import {
  isInRange,
  isSameHead,
  type PublicChange,
  type PublicHead,
} from '../graphql/read-trace.js';
import type { KeptAnswer } from './kept-answer.js';

/** So many requests, to the byte, are known of one answer. */
const MOST_FORMS = 4;
const MOST_ANSWERS = 100_000;

export interface StoreParts {
  /** Bytes that all answers together may take, about. */
  readonly maxBytes: number;
  /** The state that what is kept must be as of; null while nothing kept may be used. */
  readonly head: () => PublicHead | null;
  readonly today: () => string;
  readonly meter?: StoreMeter;
}

export interface StoreMeter {
  hit(): void;
  miss(): void;
  evicted(count: number): void;
  invalidated(count: number): void;
}

/** Whole answers of one process, each as long as it is right. */
export class AnswerStore {
  private readonly answers: LRUCache<string, KeptAnswer>;
  private readonly byForm = new Map<string, KeptAnswer>();
  private readonly byRelease = new Map<string, Set<KeptAnswer>>();
  private readonly ranged = new Set<KeptAnswer>();
  private readonly loose = new Set<KeptAnswer>();

  constructor(private readonly parts: StoreParts) {
    this.answers = new LRUCache({
      max: MOST_ANSWERS,
      maxSize: parts.maxBytes,
      sizeCalculation: ({ size }) => size,
      dispose: (answer, _key, reason) => {
        this.forget(answer);
        if (reason === 'evict') parts.meter?.evicted(1);
      },
    });
  }

  get count(): number {
    return this.answers.size;
  }

  get bytes(): number {
    return this.answers.calculatedSize;
  }

  findForm(form: string): KeptAnswer | null {
    const answer = this.byForm.get(form);
    // Whatever is asked for, in whatever form, is kept the longest.
    if (answer) this.answers.get(answer.key);
    return this.usable(answer);
  }

  /** @param keys what the answer may be called */
  find(...keys: readonly string[]): KeptAnswer | null {
    for (const key of keys) {
      const answer = this.usable(this.answers.get(key));
      if (answer) return answer;
    }
    this.parts.meter?.miss();
    return null;
  }

  private usable(answer: KeptAnswer | undefined): KeptAnswer | null {
    if (!answer || answer.today !== this.parts.today() || this.parts.head() === null) return null;
    this.parts.meter?.hit();
    return answer;
  }

  /** Keeps an answer that is as of the present state; any other may be out of date already. */
  keep(answer: KeptAnswer, form: string | null): void {
    const { trace, key } = answer;
    const head = this.parts.head();
    if (trace.isOpaque || !trace.head || !head || !isSameHead(trace.head, head)) return;
    if (answer.today !== this.parts.today()) return;
    this.answers.delete(key);
    this.answers.set(key, answer);
    if (!this.answers.has(key)) return;
    for (const id of trace.releases) {
      const others = this.byRelease.get(id);
      if (others) others.add(answer);
      else this.byRelease.set(id, new Set([answer]));
    }
    if (trace.ranges.length > 0) this.ranged.add(answer);
    if (trace.dependsOnAll) this.loose.add(answer);
    if (form !== null) this.addForm(answer, form);
  }

  /** From now on this very request is known to ask for that answer. */
  addForm(answer: KeptAnswer, form: string): void {
    if (answer.forms.length >= MOST_FORMS || this.byForm.has(form)) return;
    answer.forms.push(form);
    this.byForm.set(form, answer);
  }

  /** Drops what is no longer right, and only that; null: all of it. */
  drop(changes: readonly PublicChange[] | null): void {
    if (changes === null) {
      this.parts.meter?.invalidated(this.answers.size);
      return this.answers.clear();
    }
    if (changes.length === 0) return;
    const wrong = new Set(this.loose);
    for (const { releaseId, place } of changes) {
      for (const answer of this.byRelease.get(releaseId) ?? []) wrong.add(answer);
      if (!place) continue;
      for (const answer of this.ranged) {
        if (answer.trace.ranges.some((range) => isInRange(place, range))) wrong.add(answer);
      }
    }
    this.parts.meter?.invalidated(wrong.size);
    for (const { key } of wrong) this.answers.delete(key);
  }

  private forget(answer: KeptAnswer): void {
    for (const form of answer.forms) this.byForm.delete(form);
    for (const id of answer.trace.releases) {
      const others = this.byRelease.get(id);
      others?.delete(answer);
      if (others?.size === 0) this.byRelease.delete(id);
    }
    this.ranged.delete(answer);
    this.loose.delete(answer);
  }
}
