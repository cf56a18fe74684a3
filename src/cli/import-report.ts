import type { Note } from '../features/release/index.js';
import type { Delivered, Delivery } from '../features/transfer/index.js';
import type { AppError } from '../kernel/errors.js';
import type { Locale } from '../kernel/locale.js';
import { referenceOf } from '../kernel/reference-code.js';
import { TAG_OF } from '../kernel/locale.js';
import type { Terminal } from './terminal.js';

interface Place {
  readonly source: string;
  /** From 1, in a JSON Lines file. */
  readonly line?: number;
}

type Count = 'done' | 'doneRevised' | 'doneUnchanged' | 'doneRefused' | 'donePublished';

/** More than this many releases are counted, not told one by one. */
const TOLD_ONE_BY_ONE = 50;

/** Tells what became of each file and line, and at the end how many of each kind there were. */
export class ImportReport {
  private readonly counts = new Map<Count, number>();
  private told = 0;

  constructor(
    private readonly terminal: Terminal,
    private readonly options: { readonly json: boolean; readonly dryRun: boolean },
  ) {}

  /** What a person should know of a text that went in. */
  notes(source: string, notes: readonly Note[]): void {
    for (const { code, original, repaired } of notes) {
      if (this.options.json) this.terminal.printJson({ source, note: code, original, repaired });
      else if (this.told < TOLD_ONE_BY_ONE) {
        const isNamed = code === 'REPAIR_SUGGESTED' && repaired === null;
        const key = `cli:import.notes.${isNamed ? 'REPAIR_NEEDED' : code}` as const;
        const message = this.terminal.text(key, { original, repaired: repaired ?? '' });
        this.terminal.note(this.terminal.text('cli:import.note', { source, message }));
      }
    }
  }

  refused({ source, line }: Place, error: AppError): void {
    this.count('doneRefused');
    const message = this.terminal.fault(error);
    if (this.options.json) {
      this.terminal.printJson({ source, line, outcome: 'REFUSED', reason: error.reason, message });
      return;
    }
    const key = line === undefined ? 'cli:import.refused' : 'cli:import.refusedLine';
    this.terminal.note(this.terminal.text(key, { source, line: line ?? 0, message }));
  }

  delivered(place: Place, delivery: Delivery, { outcome, refusals }: Delivered): void {
    for (const { locale, error } of refusals) {
      const source = (locale && delivery.sources[locale]) ?? place.source;
      this.refused({ ...place, source }, error);
    }
    if (!outcome) return;
    const { created, changed, factsChanged, edition, number } = outcome;
    const isRevised = changed.length > 0 || factsChanged;
    const kind = created ? 'done' : isRevised ? 'doneRevised' : 'doneUnchanged';
    this.count(kind);
    if (edition) this.count('donePublished');
    this.told += 1;
    if (this.options.json) {
      const name = created ? 'CREATED' : isRevised ? 'REVISED' : 'UNCHANGED';
      const published = edition && { edition: edition.edition, locales: edition.changed };
      this.terminal.printJson({ ...place, number, outcome: name, changed, edition: published });
    } else if (this.told <= TOLD_ONE_BY_ONE) {
      this.tell(place.source, delivery, kind, { ...outcome, locales: edition?.changed ?? null });
    }
  }

  private tell(
    source: string,
    { incoming }: Delivery,
    kind: 'done' | 'doneRevised' | 'doneUnchanged',
    outcome: {
      readonly number: string;
      readonly edition: { readonly edition: number } | null;
      readonly locales: readonly Locale[] | null;
    },
  ): void {
    const { text, print } = this.terminal;
    const locales = Object.keys(incoming.texts) as Locale[];
    const reference = locales.map((locale) => referenceOf(incoming.number, locale)).join(', ');
    const keys = {
      done: 'cli:import.created',
      doneRevised: 'cli:import.revised',
      doneUnchanged: 'cli:import.unchanged',
    } as const;
    print(text(keys[kind], { source, reference }));
    if (!outcome.edition || !outcome.locales) return;
    const languages = outcome.locales.map((locale) => this.languageName(locale));
    const { number, edition } = outcome;
    print(text('cli:import.published', { number, edition: edition.edition, languages }));
  }

  private languageName(locale: Locale): string {
    const names = new Intl.DisplayNames([TAG_OF[this.terminal.locale]], { type: 'language' });
    return names.of(TAG_OF[locale]) ?? locale;
  }

  progress(): void {
    let count = 0;
    for (const [kind, number] of this.counts) if (kind !== 'donePublished') count += number;
    if (count % 20 === 0)
      this.terminal.progress(this.terminal.text('cli:import.progress', { count }));
  }

  /** The sum; a refusal makes the exit code 1. */
  finish(): void {
    const { text, printJson, print, note } = this.terminal;
    const { json, dryRun } = this.options;
    if (json) printJson({ summary: Object.fromEntries(this.counts), dryRun });
    else {
      const parts = [...this.counts].map(([kind, count]) => text(`cli:import.${kind}`, { count }));
      if (parts.length > 0) print(text('cli:import.summary', { parts }));
      if (dryRun) note(text('cli:import.dryRunNote'));
    }
    if ((this.counts.get('doneRefused') ?? 0) > 0) process.exitCode = 1;
  }

  private count(kind: Count): void {
    this.counts.set(kind, (this.counts.get(kind) ?? 0) + 1);
  }
}
