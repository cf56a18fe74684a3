import { Invalid } from '../../kernel/refusal.js';
import { isBlank, unprintableIn } from '../../kernel/unprintable.js';

const LONGEST_REMARK = 10_000;

/**
 * What somebody says of a text, in plain text, in NFC and without blanks around it.
 *
 * @throws Invalid TEXT_BLANK, COMMENT_TOO_LONG, TEXT_UNPRINTABLE
 */
export function remark(body: string, path: readonly string[]): string {
  if (unprintableIn(body) !== null) throw new Invalid('TEXT_UNPRINTABLE', {}, path);
  const said = body.normalize('NFC').trim();
  if (isBlank(said)) throw new Invalid('TEXT_BLANK', {}, path);
  if (said.length > LONGEST_REMARK) {
    throw new Invalid('COMMENT_TOO_LONG', { max: LONGEST_REMARK }, path);
  }
  return said;
}
