import type { KeptAnswer, RequestForm } from './kept-answer.js';
import { KeptStore, type StoreParts } from './kept-store.js';
import { TextMap } from './text-map.js';

/** So many requests, to the byte, are known of one answer. */
const MOST_FORMS = 4;
/** So many are known that differ in nothing but the method or the media types. */
const MOST_ALIKE = 8;

interface KnownForm {
  readonly form: RequestForm;
  readonly answer: KeptAnswer;
}

export interface AnswerStoreParts extends Omit<StoreParts<KeptAnswer>, 'onForget'> {
  readonly today: () => string;
}

/** Whole answers of one process, found by what is asked for, or by a request that asked for it before. */
export class AnswerStore {
  private readonly answers: KeptStore<KeptAnswer>;
  /** By what is asked, which is long, and then by the languages. */
  private readonly byForm = new TextMap<Map<string, KnownForm[]>>();
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

  findForm(form: RequestForm): KeptAnswer | null {
    const alike = this.byForm.get(form.asked)?.get(form.languages);
    const known = alike?.find((one) => isSame(one.form, form));
    // What is asked for in whatever form is kept the longest.
    return known ? this.find(known.answer.key) : null;
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
    const { asked, languages } = form;
    // Of the bytes that answers may take, requests get no more than as much again.
    if (answer.forms.length >= MOST_FORMS || this.formBytes + asked.length > this.parts.maxBytes)
      return;
    const byLanguages = this.byForm.get(asked) ?? new Map<string, KnownForm[]>();
    const alike = byLanguages.get(languages) ?? [];
    if (alike.length >= MOST_ALIKE || alike.some((one) => isSame(one.form, form))) return;
    if (byLanguages.size === 0 && !this.byForm.set(asked, byLanguages)) return;
    byLanguages.set(languages, [...alike, { form, answer }]);
    answer.forms.push(form);
    this.formBytes += asked.length;
  }

  private forgetForm(form: RequestForm): void {
    const { asked, languages } = form;
    const byLanguages = this.byForm.get(asked);
    const others = byLanguages?.get(languages)?.filter((one) => one.form !== form) ?? [];
    this.formBytes -= asked.length;
    if (others.length > 0) byLanguages?.set(languages, others);
    else byLanguages?.delete(languages);
    if (byLanguages?.size === 0) this.byForm.delete(asked);
  }

  /** @see KeptStore.drop */
  drop(...[changes]: Parameters<KeptStore<KeptAnswer>['drop']>): void {
    this.answers.drop(changes);
  }
}

/** Of two that ask the same in the same languages. */
function isSame(one: RequestForm, other: RequestForm): boolean {
  return one.method === other.method && one.type === other.type && one.accept === other.accept;
}
