import type { KeptAnswer, RequestForm } from './kept-answer.js';
import { KeptStore, type StoreParts } from './kept-store.js';
import { TextMap } from './text-map.js';

/** So many requests, to the byte, are known of one answer. */
const MOST_FORMS = 4;

export interface AnswerStoreParts extends Omit<StoreParts<KeptAnswer>, 'onForget'> {
  readonly today: () => string;
}

/** Whole answers of one process, found by what is asked for, or by a request that asked for it before. */
export class AnswerStore {
  private readonly answers: KeptStore<KeptAnswer>;
  /** By what is stated, and then by what is asked. */
  private readonly byForm = new Map<string, TextMap<KeptAnswer>>();
  private formBytes = 0;

  constructor(private readonly parts: AnswerStoreParts) {
    this.answers = new KeptStore({
      ...parts,
      onForget: (_key, { forms }) => forms.forEach((form) => this.forgetForm(form)),
    });
  }

  get count(): number {
    return this.answers.count;
  }

  get bytes(): number {
    return this.answers.bytes;
  }

  findForm({ asked, stated }: RequestForm): KeptAnswer | null {
    const answer = this.byForm.get(stated)?.get(asked);
    // Of an answer that is forgotten no form is known.
    return answer?.today === this.parts.today() && this.answers.use(answer.key) ? answer : null;
  }

  find(key: string): KeptAnswer | null {
    const answer = this.answers.find(key);
    return answer?.today === this.parts.today() ? answer : null;
  }

  keep(answer: KeptAnswer, form: RequestForm | null): void {
    const { key, trace, size, today } = answer;
    if (trace.isOpaque || trace.isMixed || today !== this.parts.today()) return;
    if (this.answers.keep(key, answer, trace, size) && form !== null) this.addForm(answer, form);
  }

  /** From now on this very request is known to ask for that answer. */
  addForm(answer: KeptAnswer, form: RequestForm): void {
    const { asked, stated } = form;
    const alike = this.byForm.get(stated) ?? new TextMap<KeptAnswer>();
    // Requests may take as many bytes as answers.
    const isFull = this.formBytes + lengthOf(form) > this.parts.maxBytes;
    if (isFull || answer.forms.length >= MOST_FORMS || alike.get(asked)) return;
    if (!alike.set(asked, answer)) return;
    this.byForm.set(stated, alike);
    answer.forms.push(form);
    this.formBytes += lengthOf(form);
  }

  private forgetForm(form: RequestForm): void {
    const { asked, stated } = form;
    const alike = this.byForm.get(stated);
    alike?.delete(asked);
    this.formBytes -= lengthOf(form);
    if (alike?.isEmpty) this.byForm.delete(stated);
  }

  /** @see KeptStore.drop */
  drop(...[changes]: Parameters<KeptStore<KeptAnswer>['drop']>): void {
    this.answers.drop(changes);
  }
}

/** Headers count: who asks may make them long. */
function lengthOf({ asked, stated }: RequestForm): number {
  return asked.length + stated.length;
}
