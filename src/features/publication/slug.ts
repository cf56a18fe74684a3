/** Long enough for any title in an address, short enough for a line. */
const LONGEST = 90;

/**
 * The address of a text: the number first, so that it is unique by itself, then the title in plain letters,
 * cut between words: `305-12-organization-of-american-states…`.
 *
 * @param title plain text
 */
export function slugOf(number: string, title: string): string {
  const head = plainLetters(number);
  const room = LONGEST - head.length - 1;
  const words = plainLetters(title).split('-').filter(Boolean);
  let tail = '';
  for (const word of words) {
    const longer = tail === '' ? word : `${tail}-${word}`;
    if (longer.length > room) break;
    tail = longer;
  }
  return tail === '' ? head : `${head}-${tail}`;
}

function plainLetters(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/œ/g, 'oe')
    .replace(/æ/g, 'ae')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
}
