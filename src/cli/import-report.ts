import type { Note, Delivered, Delivery, ImportOutcome } from '../features/import/index.js';
import { dateText, regionName } from '../kernel/display-name.js';
import type { AppError } from '../kernel/errors.js';
import { type Locale, TAG_OF } from '../kernel/locale.js';
import { releaseCode } from '../kernel/reference-code.js';
import type { Freshness } from '../kernel/release.js';
import { ImportNotes, type NotesOfFile } from './import-notes.js';
import type { Terminal } from './terminal.js';

interface Place {
  readonly source: string;
  /** The line number from 1, in a JSON Lines file. */
  readonly line?: number;
}

const OUTCOMES = ['created', 'revised', 'unchanged', 'refused'] as const;
type Outcome = (typeof OUTCOMES)[number];

const SUMMARY = {
  created: 'cli:import.done',
  revised: 'cli:import.doneRevised',
  unchanged: 'cli:import.doneUnchanged',
  refused: 'cli:import.doneRefused',
  published: 'cli:import.donePublished',
} as const;

/** More releases of JSON Lines than this are counted instead of listed. */
const MAX_LISTED_LINES = 20;

/** Reports the result of each file and line, and finally the number of each kind. */
export class ImportReport {
  private readonly counts = { created: 0, revised: 0, unchanged: 0, refused: 0, published: 0 };
  private readonly notes: ImportNotes;
  private lines = 0;

  constructor(
    private readonly terminal: Terminal,
    private readonly options: { readonly json: boolean; readonly dryRun: boolean },
  ) {
    this.notes = new ImportNotes(terminal, options.json);
    if (options.dryRun && !options.json) terminal.note(terminal.text('cli:import.dryRunBegins'));
  }

  refused({ source, line }: Place, error: AppError): void {
    this.counts.refused += 1;
    const message = this.terminal.fault(error);
    if (this.options.json) {
      this.terminal.printJson({ source, line, outcome: 'REFUSED', reason: error.reason, message });
      return;
    }
    const key = line === undefined ? 'cli:import.refused' : 'cli:import.refusedLine';
    this.terminal.note(this.terminal.text(key, { source, line: line ?? 0, message }));
  }

  delivered(place: Place, delivery: Delivery, result: Delivered, notes: NotesOfFile[]): void {
    for (const { locale, error } of result.refusals) {
      const source = (locale && delivery.sources[locale]) ?? place.source;
      this.refused({ ...place, source }, error);
    }
    const { outcome } = result;
    if (!outcome) return;
    const kind = kindOf(outcome);
    this.counts[kind] += 1;
    if (outcome.edition) this.counts.published += 1;
    const all = [...notes, ...notesOnDates(delivery, outcome)];
    if (this.options.json) {
      this.notes.print(all);
      this.terminal.printJson({ ...place, ...jsonOf(kind, outcome) });
    } else if (this.isListed(place)) {
      this.printOutcome(place.source, delivery, kind, outcome);
      this.notes.print(all);
    } else {
      // Report everything that was not stored unchanged, however long the file is.
      this.notes.print(all, true);
    }
  }

  /** A file of pages is always listed; of a long JSON Lines file, only the first results and every refusal. */
  private isListed({ line }: Place): boolean {
    if (line === undefined) return true;
    this.lines += 1;
    if (this.lines === MAX_LISTED_LINES + 1) {
      this.terminal.note(this.terminal.text('cli:import.countedFromHere'));
    }
    return this.lines <= MAX_LISTED_LINES;
  }

  private printOutcome(
    source: string,
    { incoming }: Delivery,
    kind: Outcome,
    outcome: ImportOutcome,
  ): void {
    const { text, print } = this.terminal;
    const locales = Object.keys(incoming.texts) as Locale[];
    const codes = new Set(locales.map((locale) => releaseCode(incoming.number, locale)));
    const named = { source, reference: [...codes].join(', ') };
    print(text(`cli:import.${kind}`, named));
    const indented = (line: string): void => print(`  ${line}`);
    if (kind === 'created') this.factsOf(outcome).forEach(indented);
    for (const locale of outcome.ownBody) {
      indented(text('cli:import.ownBody', { language: this.languageName(locale) }));
    }
    const { number } = outcome;
    if (!outcome.edition) return;
    const { edition, changed, freshness: states } = outcome.edition;
    const languages = changed.map((locale) => this.languageName(locale));
    if (languages.length === 0) indented(text('cli:import.publishedFacts', { number, edition }));
    else indented(text('cli:import.published', { number, edition, languages }));
    for (const [locale, freshness] of Object.entries(states)) {
      if (freshness === 'CURRENT') continue;
      indented(text(`cli:import.${freshness}`, { language: this.languageName(locale as Locale) }));
    }
  }

  private factsOf({ facts: { originalLocale, date, mentions } }: ImportOutcome): string[] {
    const { text, locale } = this.terminal;
    const tag = TAG_OF[locale];
    const language = this.languageName(originalLocale);
    const states = mentions.map((code) => regionName(code, [tag], locale).value);
    const line = text('cli:import.facts', { language, date: dateText(date, tag) });
    states.sort(new Intl.Collator(tag).compare);
    return states.length === 0 ? [line] : [line, text('cli:import.mentions', { states })];
  }

  private languageName(locale: Locale): string {
    const names = new Intl.DisplayNames([TAG_OF[this.terminal.locale]], { type: 'language' });
    return names.of(TAG_OF[locale]) ?? locale;
  }

  progress(): void {
    const count = OUTCOMES.reduce((sum, kind) => sum + this.counts[kind], 0);
    if (count % 20 === 0)
      this.terminal.progress(this.terminal.text('cli:import.progress', { count }));
  }

  /** Prints the totals. @returns whether everything was imported */
  finish(): boolean {
    const { text, printJson, print, note } = this.terminal;
    const { json, dryRun } = this.options;
    if (json) printJson({ summary: this.counts, dryRun });
    else {
      const kinds = [...OUTCOMES, 'published'] as const;
      const parts = kinds
        .filter((kind) => this.counts[kind] > 0)
        .map((kind) => text(SUMMARY[kind], { count: this.counts[kind] }));
      if (parts.length > 0) print(text('cli:import.summary', { parts }));
      else print(text('cli:import.nothingFound'));
      if (dryRun) note(text('cli:import.dryRunNote'));
    }
    return this.counts.refused === 0;
  }
}

function kindOf({ created, changed, factsChanged }: ImportOutcome): Outcome {
  if (created) return 'created';
  return changed.length > 0 || factsChanged ? 'revised' : 'unchanged';
}

function notesOnDates({ sources, dates }: Delivery, { facts }: ImportOutcome): NotesOfFile[] {
  return (Object.entries(dates) as [Locale, string][])
    .filter(([, date]) => date !== facts.date)
    .map(([locale, original]) => {
      const note: Note = { code: 'DATE_DIFFERS', original, repaired: facts.date, block: null };
      return { source: sources[locale] ?? '', notes: [note] };
    });
}

function jsonOf(kind: Outcome, outcome: ImportOutcome): object {
  const { number, facts, changed, ownBody, edition } = outcome;
  const stale = (wanted: Freshness): string[] => {
    return Object.entries(edition?.freshness ?? {})
      .filter(([, freshness]) => freshness === wanted)
      .map(([locale]) => locale);
  };
  const published = edition && {
    edition: edition.edition,
    locales: edition.changed,
    minorDrift: stale('MINOR_DRIFT'),
    stale: stale('STALE'),
  };
  return { number, outcome: kind.toUpperCase(), ...facts, changed, ownBody, edition: published };
}
