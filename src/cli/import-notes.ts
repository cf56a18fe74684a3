import type { Note, NoteCode } from '../features/import/index.js';
import { TAG_OF } from '../kernel/locale.js';
import { wallClockMs } from '../kernel/wall-clock.js';
import type { Terminal } from './terminal.js';

export interface NotesOfFile {
  readonly source: string;
  readonly notes: readonly Note[];
}

/** Reports about imported texts: what was left out, and what could be corrected. */
export class ImportNotes {
  constructor(
    private readonly terminal: Terminal,
    private readonly json: boolean,
  ) {}

  /** @param named whether each line names its file: needed unless it follows a line that does */
  print(files: readonly NotesOfFile[], named = files.length > 1): void {
    for (const { source, notes } of files) {
      if (this.json) {
        for (const { code, original, repaired } of notes) {
          this.terminal.printJson({ source, note: code, original, repaired });
        }
        continue;
      }
      for (const message of this.messages(notes)) {
        const line = named ? this.terminal.text('cli:import.note', { source, message }) : message;
        this.terminal.print(`  ${line}`);
      }
    }
  }

  /** Combines notes of one kind on one line, except for the kinds in `EACH_ALONE`. */
  private messages(notes: readonly Note[]): string[] {
    const groups = new Map<string, Note[]>();
    for (const note of notes) {
      const key = keyOf(note);
      if (key !== null) groups.set(key, [...(groups.get(key) ?? []), note]);
    }
    const dropped = groups.get('DROPPED');
    if (dropped) groups.delete('DROPPED');
    const ordered = dropped ? [['DROPPED', dropped] as const, ...groups] : [...groups];
    return ordered.flatMap(([key, group]) => this.messagesOf(key as NoteKey, group));
  }

  private messagesOf(key: NoteKey, notes: readonly Note[]): string[] {
    const message = (original: string, repaired: string): string =>
      this.terminal.text(`cli:import.notes.${key}`, { original, repaired });
    if (EACH_ALONE.has(key)) {
      return notes.map(({ original, repaired }) =>
        message(original, this.repairedText(key, repaired)),
      );
    }
    const unique = [...new Map(notes.map((note) => [note.original, note])).values()];
    const shown = key === 'DROPPED' ? unique : unique.slice(0, MAX_SHOWN);
    const more = unique.length > shown.length ? ' · …' : '';
    const list = (texts: readonly string[]): string => texts.join(' · ') + more;
    return [
      message(
        list(shown.map(({ original }) => original)),
        list(shown.map(({ repaired }) => repaired ?? '')),
      ),
    ];
  }

  private repairedText(key: NoteKey, repaired: string | null): string {
    return key === 'EMBARGO' && repaired !== null
      ? this.instant(new Date(repaired))
      : (repaired ?? '');
  }

  /** Newsrooms work in Washington time. */
  private instant(date: Date): string {
    const format = new Intl.DateTimeFormat(TAG_OF[this.terminal.locale], {
      dateStyle: 'long',
      timeStyle: 'long',
      timeZone: 'America/New_York',
    });
    return format.format(date);
  }
}

type NoteKey = NoteCode | 'REPAIR_NEEDED' | 'EMBARGO_UNREADABLE';

/** Each note of these kinds needs individual review, so it gets a line of its own. */
const EACH_ALONE: ReadonlySet<NoteKey> = new Set<NoteKey>([
  'NFC',
  'FORMAT_DROPPED',
  'REPAIR_SUGGESTED',
  'EMBARGO',
  'EMBARGO_UNREADABLE',
  'YEAR_DIFFERS',
  'LOCALE_DIFFERS',
  'DATE_DIFFERS',
]);
const MAX_SHOWN = 12;

/** The text key of a note; null for an embargo that is over, which is an ordinary line of the page. */
function keyOf({ code, repaired }: Note): NoteKey | null {
  if (code === 'REPAIR_SUGGESTED' && repaired === null) return 'REPAIR_NEEDED';
  if (code !== 'EMBARGO') return code;
  if (repaired === null) return 'EMBARGO_UNREADABLE';
  return Date.parse(repaired) > wallClockMs() ? 'EMBARGO' : null;
}
