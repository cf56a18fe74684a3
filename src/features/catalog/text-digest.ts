import { createHash } from 'node:crypto';

/** Identifies the text that another one was made from. */
export function textDigest(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 32);
}

/** The same in SQL. */
export function textDigestSql(text: string): string {
  return `left(encode(sha256(convert_to(${text}, 'UTF8')), 'hex'), 32)`;
}
