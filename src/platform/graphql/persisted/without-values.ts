import { type DocumentNode, visit } from 'graphql';

import { normalText } from './normal-text.js';

/** In characters. */
const MAX_LENGTH = 4_000;

/** A document for the log: the structure of the request, without any value that a user entered. */
export function withoutValues(document: DocumentNode): string {
  const bare = visit(document, {
    StringValue: (node) => ({ ...node, value: '', block: false }),
    IntValue: (node) => ({ ...node, value: '0' }),
    FloatValue: (node) => ({ ...node, value: '0' }),
  });
  return normalText(bare).slice(0, MAX_LENGTH);
}
