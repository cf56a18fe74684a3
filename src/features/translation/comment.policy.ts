import { Invalid } from '../../kernel/refusal.js';
import { isBlank, unprintableIn } from '../../kernel/unprintable.js';

const MAX_COMMENT_LENGTH = 10_000;

/**
 * A comment as plain text in NFC, without white space around it.
 *
 * @throws Invalid TEXT_BLANK, COMMENT_TOO_LONG, TEXT_UNPRINTABLE
 */
export function checkedComment(body: string, path: readonly string[]): string {
  if (unprintableIn(body) !== null) throw new Invalid('TEXT_UNPRINTABLE', {}, path);
  const comment = body.normalize('NFC').trim();
  if (isBlank(comment)) throw new Invalid('TEXT_BLANK', {}, path);
  if (comment.length > MAX_COMMENT_LENGTH) {
    throw new Invalid('COMMENT_TOO_LONG', { max: MAX_COMMENT_LENGTH }, path);
  }
  return comment;
}
