import type { CarryReport, CatalogConflict, RefusedText } from '../features/catalog/index.js';
import { TAG_OF } from '../kernel/locale.js';
import type { Terminal } from './terminal.js';

export interface Carrying {
  readonly direction: 'push' | 'pull';
  readonly dryRun: boolean;
  readonly json: boolean;
  /** The files that were written, relative to the folder. */
  readonly files: readonly string[];
}

/** The maximum length of each text in a reported conflict. */
const MAX_TEXT_LENGTH = 80;

/**
 * Reports the result for the texts: conflicts and refusals individually, the rest as counts.
 *
 * @returns whether nothing is left to resolve
 */
export function reportCarried(terminal: Terminal, report: CarryReport, how: Carrying): boolean {
  const isSettled = report.conflicts.length === 0 && report.refused.length === 0;
  if (how.json) {
    terminal.printJson(jsonOf(terminal, report, how));
    return isSettled;
  }
  const { text, note, print } = terminal;
  for (const { error, ...text } of report.refused) {
    const place = placeOf(text);
    note(terminal.text('cli:locales.refused', { place, message: terminal.fault(error) }));
  }
  for (const conflict of report.conflicts) note(conflictLine(terminal, conflict));
  for (const file of how.files) if (!how.dryRun) note(text('cli:locales.written', { file }));
  const parts = summaryParts(terminal, report, how.direction);
  print(text(how.direction === 'push' ? 'cli:locales.pushed' : 'cli:locales.pulled', { parts }));
  if (how.dryRun) note(text('cli:locales.dryRunNote'));
  if (report.conflicts.length > 0) note(text('cli:locales.settle'));
  return isSettled;
}

function conflictLine({ text }: Terminal, conflict: CatalogConflict): string {
  const none = text('cli:locales.noText');
  return text('cli:locales.conflict', {
    place: placeOf(conflict),
    file: conflict.file === null ? none : shortened(conflict.file),
    database: conflict.database === null ? none : shortened(conflict.database),
  });
}

function shortened(value: string): string {
  const json = JSON.stringify(value);
  return json.length > MAX_TEXT_LENGTH ? `${json.slice(0, MAX_TEXT_LENGTH)}…` : json;
}

/** `fr/app: list.title`, or the file alone. */
function placeOf({ locale, namespace, key }: Omit<RefusedText, 'error'>): string {
  const file = `${TAG_OF[locale]}/${namespace}`;
  return key === null ? file : `${file}: ${key}`;
}

function summaryParts(
  { text }: Terminal,
  report: CarryReport,
  direction: Carrying['direction'],
): readonly string[] {
  const { added, changed, unchanged, skipped, gone, removed, conflicts, refused } = report;
  const skippedKey =
    direction === 'push' ? 'cli:locales.newerInDatabase' : 'cli:locales.newerInFiles';
  const counted = [
    ['cli:locales.added', added],
    ['cli:locales.changed', changed],
    ['cli:locales.removed', removed],
    [skippedKey, skipped],
    ['cli:locales.gone', gone],
    ['cli:locales.conflicts', conflicts.length],
    ['cli:locales.refusedCount', refused.length],
    ['cli:locales.unchanged', unchanged],
  ] as const;
  const parts = counted.filter(([, count]) => count > 0);
  return (parts.length > 0 ? parts : [['cli:locales.unchanged', 0] as const]).map(([key, count]) =>
    text(key, { count }),
  );
}

function jsonOf(terminal: Terminal, report: CarryReport, { dryRun, files }: Carrying): object {
  const { conflicts, refused, added, changed, unchanged, skipped, gone, removed } = report;
  const counts = { added, changed, unchanged, kept: skipped, gone, removed };
  return {
    summary: { ...counts, conflicts: conflicts.length, refused: refused.length },
    conflicts: conflicts.map(({ locale, namespace, key, file, database }) => {
      return { locale, namespace, key, file, database };
    }),
    refused: refused.map(({ error, ...place }) => {
      return { ...place, reason: error.reason, message: terminal.fault(error) };
    }),
    files,
    dryRun,
  };
}
