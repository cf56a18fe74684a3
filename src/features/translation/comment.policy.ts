import { Invalid } from '../../kernel/refusal.js';

const LONGEST_REMARK = 10_000;

/** Controls but tab and line ends, lone surrogates, and characters that turn the direction of what follows. */
const UNPRINTABLE =
  /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F\u202A-\u202E\u2066-\u2069]|\p{Cs}/u;

/** Characters that leave nothing on the page, not even a blank. */
const UNSEEN = /[\p{Cf}\p{Default_Ignorable_Code_Point}]/gu;

/**
 * What somebody says of a text, in plain text, in NFC and without blanks around it.
 *
 * @throws Invalid TEXT_BLANK, COMMENT_TOO_LONG, TEXT_UNPRINTABLE
 */
export function remark(body: string, path: readonly string[]): string {
  if (UNPRINTABLE.test(body)) throw new Invalid('TEXT_UNPRINTABLE', {}, path);
  const said = body.normalize('NFC').trim();
  if (said.replace(UNSEEN, '').trim() === '') throw new Invalid('TEXT_BLANK', {}, path);
  if (said.length > LONGEST_REMARK) {
    throw new Invalid('COMMENT_TOO_LONG', { max: LONGEST_REMARK }, path);
  }
  return said;
}
