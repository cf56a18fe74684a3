import { expect, it } from '@jest/globals';
import {
  buildSchema,
  type GraphQLObjectType,
  Kind,
  type OperationDefinitionNode,
  parse,
} from 'graphql';

import { LOCALES } from '../../../../../src/kernel/locale.js';
import { jsonOf } from '../../../../../src/platform/graphql/execution/answered-text.js';
import {
  DividedExecution,
  type KeptPart,
} from '../../../../../src/platform/graphql/execution/divided-execution.js';
import type { PublicHead } from '../../../../../src/platform/graphql/execution/read-trace.js';
import { RequestContext } from '../../../../../src/platform/graphql/execution/request-context.js';
import { loadMessages } from '../../../../../src/platform/i18n/messages.js';

const unread = (): never => {
  throw new Error('there is no database here');
};

function aContext(): RequestContext {
  const context = new RequestContext({
    requestId: '1',
    openSnapshot: unread,
    openStaffSnapshot: unread,
    messages: loadMessages(),
    localeOrder: LOCALES,
    today: '2026-06-01',
    acceptLanguage: undefined,
    viewer: null,
    idempotencyKey: null,
  });
  return Object.assign(context, { usesModels: true });
}

/** A page whose items are read as of one state, and their names as of another. */
async function answer(page: PublicHead, names: PublicHead) {
  const schema = buildSchema(
    'type Query { page: Page } type Page { items: [Item!] } type Item { name: Name } type Name { text: String }',
  );
  const resolve = (type: string, field: string, head: PublicHead, value: unknown) => {
    const found = (schema.getType(type) as GraphQLObjectType).getFields()[field];
    if (!found) throw new Error(`no ${field}`);
    found.resolve = (_root, _args, context: RequestContext) => {
      context.trace.note(head);
      return value;
    };
  };
  resolve('Query', 'page', page, { items: [{}, {}] });
  resolve('Item', 'name', names, { text: 'Événement “x”' });
  const kept = new Map<string, KeptPart>();
  const keeper = {
    findPart: (key: string) => kept.get(key),
    keepPart: (key: string, part: KeptPart) => void kept.set(key, part),
  };
  const subject = () => ({ name: 'first', reader: 'fr', madeOf: { releases: ['r1'] } });
  const execution = new DividedExecution(schema, keeper, { 'Page.items': subject });
  const document = parse('{ page { items { name { text } } } }');
  const operation = document.definitions.find(
    (one): one is OperationDefinitionNode => one.kind === Kind.OPERATION_DEFINITION,
  );
  const divided = operation && execution.compile(document, operation);
  if (!divided) throw new Error('nothing was divided');
  const context = aContext();
  const result = await execution.run(divided, context);
  return { text: jsonOf(result), kept, trace: context.trace };
}

const before = { seq: 1, revision: 1 };
const after = { seq: 2, revision: 1 };

it('what was answered is kept as it stands in the answer, with what it is made of', async () => {
  const { text, kept, trace } = await answer(before, before);
  expect(JSON.parse(text)).toEqual({
    data: { page: { items: [1, 2].map(() => ({ name: { text: 'Événement “x”' } })) } },
  });
  const [part] = kept.values();
  expect(text).toContain(part?.value.text ?? 'nothing was kept');
  expect(part?.madeOf.releases).toEqual(['r1']);
  expect([...trace.releases]).toEqual(['r1']);
});

it('what was read as of another state than the rest is kept for nobody', async () => {
  const { kept, trace } = await answer(before, after);
  expect(kept.size).toBe(0);
  expect(trace.isMixed).toBe(true);
});
