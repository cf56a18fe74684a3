/**
 * The beginning of a text, cut between words and closed by an ellipsis if something is left out. If the first word
 * alone is longer than the excerpt, it is cut between grapheme clusters.
 *
 * @param maxLength in UTF-16 units, the ellipsis included
 */
export function excerptOf(text: string, maxLength: number): string {
  if (text.length <= maxLength) return text;
  const room = maxLength - 1;
  // Not at a no-break space, nor inside “E-305/12” or “$1.2”.
  const end = text.slice(0, room + 1).search(/[ \t\r\n][^ \t\r\n]*$/);
  const cut = end > 0 ? text.slice(0, end) : firstCharacters(text, room);
  return `${cut.replace(/[\s\p{P}]+$/u, '')}…`;
}

function firstCharacters(text: string, room: number): string {
  let cut = '';
  for (const { segment } of new Intl.Segmenter().segment(text.slice(0, room + 50))) {
    if (cut.length + segment.length > room) break;
    cut += segment;
  }
  return cut;
}
