/** A delimiter row below a row of cells makes a table in Markdown dialects with tables. */
export const TABLE_RULE = /^\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)+\|?[ \t]*$/;

/** Text that CommonMark would parse as a block at the start of a line (CommonMark §4 and §5). */
const BLOCK_STARTS = [
  /^#{1,6}(?=[ \t]|$)/,
  /^>/,
  /^[-+*](?=[ \t]|$)/,
  /^([-*_])(?:[ \t]*\1){2,}[ \t]*$/,
  /^(?:=+|-+)[ \t]*$/,
  /^(?:`{3,}[^`]*$|~{3,})/,
  /^<(?![a-z][a-z0-9+.-]{1,31}:[^\s<>]*>)(?![^\s<>@/]+@[^\s<>]+>)[a-z/!?]/i,
  TABLE_RULE,
];
const NUMBERED = /^(\d{1,9})([.)])(?=[ \t]|$)/;
const NUMBERED_ESCAPED = /^(\d{1,9})\\([.)])(?=[ \t]|$)/;
const DEFINITION = /^\[(?:[^[\]\\]|\\[^])+\]:/;
const CLOSING_HASHES = /(^|[ \t])(#+)$/;
const CLOSING_HASHES_ESCAPED = /(^|[ \t])\\(#+)$/;

/** Escapes a text so that each of its lines is part of a paragraph; {@link unescapeLines} is the inverse. */
export function escapeLines(text: string): string {
  const lines = text.split('\n').map(escapeLine).join('\n');
  return DEFINITION.test(lines) ? `\\${lines}` : lines;
}

export function unescapeLines(text: string): string {
  const whole = text.startsWith('\\') && DEFINITION.test(text.slice(1)) ? text.slice(1) : text;
  return whole.split('\n').map(unescapeLine).join('\n');
}

export function escapeHeading(text: string): string {
  return text.replace(CLOSING_HASHES, '$1\\$2');
}

export function unescapeHeading(text: string): string {
  return text.replace(CLOSING_HASHES_ESCAPED, '$1$2');
}

function escapeLine(line: string): string {
  if (BLOCK_STARTS.some((start) => start.test(line))) return `\\${line}`;
  return line.replace(NUMBERED, '$1\\$2');
}

function unescapeLine(line: string): string {
  if (line.startsWith('\\') && BLOCK_STARTS.some((start) => start.test(line.slice(1)))) {
    return line.slice(1);
  }
  return line.replace(NUMBERED_ESCAPED, '$1$2');
}
