import { afterAll, beforeAll, expect, it } from '@jest/globals';

import { STATE_NAMES } from '../../src/kernel/state-names.js';
import { asOwner, createTestDatabase, type TestDatabase } from '../support/database.js';

interface Row {
  code: string;
  oas_names: Record<string, string>;
}

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

it('names member states in texts as the table does, without its additions in parentheses', async () => {
  const rows = await asOwner<Row>(
    database.database,
    'SELECT code, oas_names FROM reference.member_state ORDER BY code',
  );
  expect(rows.map(({ code }) => code)).toEqual(Object.keys(STATE_NAMES).toSorted());
  for (const { code, oas_names } of rows) {
    const { EN: en, ES: es, FR: fr, PT: pt } = STATE_NAMES[code] ?? {};
    const inTable = Object.entries(oas_names).map(([tag, name]) => {
      return [tag, name.replace(/ \(.*\)$/, '')];
    });
    expect({ code, en, es, fr, pt }).toMatchObject(Object.fromEntries(inTable));
  }
});
