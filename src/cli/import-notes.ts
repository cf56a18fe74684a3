import type { Note } from '../features/release/index.js';
import type { Terminal } from './terminal.js';

export interface NotesOfFile {
  readonly source: string;
  readonly notes: readonly Note[];
}

/** What a person should know of a text that went in: what was left out, and what could be mended. */
export class ImportNotes {
  constructor(
    private readonly terminal: Terminal,
    private readonly json: boolean,
  ) {}

  /** @param named whether each line names its file: where it does not stand below a line that does */
  tell(files: readonly NotesOfFile[], named = files.length > 1): void {
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

  /** What was left out stands in one line; what is to be looked at has a line each. */
  private messages(notes: readonly Note[]): string[] {
    const dropped = notes.filter(({ code }) => code === 'DROPPED').map(({ original }) => original);
    const rest = notes.filter(({ code }) => code !== 'DROPPED');
    const first: Note[] =
      dropped.length === 0
        ? []
        : [{ code: 'DROPPED', original: dropped.join(' · '), repaired: null, block: null }];
    return [...first, ...rest].map(({ code, original, repaired }) => {
      const isNamed = code === 'REPAIR_SUGGESTED' && repaired === null;
      const key = `cli:import.notes.${isNamed ? 'REPAIR_NEEDED' : code}` as const;
      return this.terminal.text(key, { original, repaired: repaired ?? '' });
    });
  }
}
