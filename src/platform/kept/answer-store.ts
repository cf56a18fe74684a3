import type { KeptAnswer, RequestForm } from './kept-answer.js';
import { KeptStore, type StoreParts } from './kept-store.js';

/** So many requests, to the byte, are known of one answer. */
const MOST_FORMS = 4;

export interface AnswerStoreParts extends Omit<StoreParts<KeptAnswer>, 'onForget'> {
  readonly today: () => string;
}

/** Whole answers of one process, found by what is asked for, or by a request that asked for it before. */
export class AnswerStore {
  private readonly answers: KeptStore<KeptAnswer>;
  /** By what is asked, which is long, and then by what is stated with it. */
  private readonly byForm = new Map<string, Map<string, KeptAnswer>>();

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
    const known = this.byForm.get(asked)?.get(stated);
    // What is asked for in whatever form is kept the longest.
    return known ? this.find(known.key) : null;
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
    const known = this.byForm.get(asked);
    if (answer.forms.length >= MOST_FORMS || known?.has(stated)) return;
    answer.forms.push(form);
    if (known) known.set(stated, answer);
    else this.byForm.set(asked, new Map([[stated, answer]]));
  }

  private forgetForm({ asked, stated }: RequestForm): void {
    const known = this.byForm.get(asked);
    known?.delete(stated);
    if (known?.size === 0) this.byForm.delete(asked);
  }

  /** @see KeptStore.drop */
  drop(...[changes]: Parameters<KeptStore<KeptAnswer>['drop']>): void {
    this.answers.drop(changes);
  }
}
