import { readFileSync } from 'node:fs';

import { buildSchema } from 'graphql';

/** As schema/schema.graphql has it. */
export const schema = buildSchema(
  readFileSync(new URL('../../schema/schema.graphql', import.meta.url), 'utf8'),
);
