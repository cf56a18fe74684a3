import { type DocumentNode, parse } from 'graphql';

import { DocumentExtent } from './document-extent.js';
import type { QueryLimits } from './limits.js';

/** @returns null for invalid GraphQL, or a depth at which printing would take long, since each level is indented */
export function parseWithin(
  query: string,
  { tokens, depth }: Pick<QueryLimits, 'tokens' | 'depth'>,
): DocumentNode | null {
  try {
    const document = parse(query, { noLocation: true, maxTokens: tokens });
    return new DocumentExtent(document, depth * 3).measure().depth > depth ? null : document;
  } catch {
    return null;
  }
}
