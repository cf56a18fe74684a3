import 'reflect-metadata';

import { describe, expect, it } from '@jest/globals';
import {
  getNamedType,
  type GraphQLNamedType,
  type GraphQLResolveInfo,
  isObjectType,
  Kind,
  OperationTypeNode,
  parse,
  specifiedRules,
  validate,
} from 'graphql';
import { buildExecutionContext } from 'graphql/execution/execute.js';

import { buildGatewaySchema } from '../../../../../src/app/graphql.js';
import { metadataDelivery } from '../../../../../src/features/sync/page-selection.js';
import { AppError } from '../../../../../src/kernel/errors.js';
import { copyRuleOf } from '../../../../../src/platform/graphql/schema/copied-fields.js';
import { copyRule } from '../../../../../src/platform/graphql/schema/copy-rule.js';
import { limitRule } from '../../../../../src/platform/graphql/limits/limit-rule.js';
import { QUERY_LIMITS } from '../../../../../src/platform/graphql/limits/limits.js';
import { CHANGED, CHANGES } from '../../../../support/copy.js';

const schema = buildGatewaySchema({ get: () => undefined });
const RULES = [...specifiedRules, limitRule(QUERY_LIMITS), copyRule];

/** [reason, field] of each refusal; the message where it is none of ours. */
function refusals(document: string): unknown[] {
  return validate(schema, parse(document), RULES).map(({ originalError, message }) =>
    originalError instanceof AppError
      ? [originalError.reason, originalError.vars['field']]
      : message,
  );
}

const localized = (selection: string) => `changes { localized { ${selection} } }`;
const never = (field: string) => ['FIELD_NOT_IN_COPIES', field];
const named = (field: string) => ['NAME_NOT_IN_COPIES', field];

describe('below a page of a copy', () => {
  it.each<[string, string, unknown[]]>([
    ['the text', '{ releaseChanges { changes { localized { title { value } } } } }', []],
    [
      'JSON-LD',
      `{ releaseChanges { ${localized('jsonLd')} } }`,
      [never('LocalizedRelease.jsonLd')],
    ],
    [
      'the view of another reader',
      `{ releaseChanges { ${localized('release { localized { id } resolution { locale } }')} } }`,
      [never('Release.localized'), never('Release.resolution')],
    ],
    [
      'availability',
      `{ releaseChanges { metadataChanges { release { availability { status } availabilities { status } } } } }`,
      [never('Release.availability'), never('Release.availabilities')],
    ],
    [
      'rules of a state, each once',
      `{ releaseChanges { ${localized(
        'release { audiences { fallbackChain requiredLocales } mentions { fallbackChain membership { until } } }',
      )} } }`,
      [
        never('MemberState.fallbackChain'),
        never('MemberState.requiredLocales'),
        never('MemberState.membership'),
      ],
    ],
    [
      'a field under an alias, in fragments, on an interface',
      `query { page: releaseChanges { ...P } }
       fragment P on SyncPage { c: changes { l: localized { ... on Node { ...L } } } }
       fragment L on LocalizedRelease { card: jsonLd }`,
      [never('LocalizedRelease.jsonLd')],
    ],
    [
      'a field that @include leaves out: whether it comes is the variable’s to say',
      `query ($x: Boolean!) { releaseChanges { ${localized('jsonLd @include(if: $x)')} } }`,
      [never('LocalizedRelease.jsonLd')],
    ],
    [
      'a root field in a fragment',
      `query { ...Q } fragment Q on Query { releaseChanges { ${localized('jsonLd')} } }`,
      [never('LocalizedRelease.jsonLd')],
    ],
    [
      'the subscription too',
      `subscription { releaseChanged { ${localized('jsonLd')} } }`,
      [never('LocalizedRelease.jsonLd')],
    ],
    ['the same elsewhere', '{ release(number: "1/20") { localized { jsonLd } } }', []],
    [
      'names in the languages of the root field, which are those of the request',
      `{ releaseChanges { ${localized('release { topics { name { value } } }')} } }`,
      [],
    ],
    [
      'names without languages, beside those of the root field',
      `{ releaseChanges(languages: ["fr"]) { ${localized('release { topics { name { value } } mentions { name { value } } }')} } }`,
      [named('Topic.name'), named('MemberState.name')],
    ],
    [
      'names with languages',
      `{ releaseChanges(languages: ["fr"]) { ${localized('release { topics { name(languages: ["fr"]) { value } } }')} } }`,
      [],
    ],
    [
      'names where an audience is stated for all of the operation',
      `query @inContext(audience: "HT") { releaseChanges { ${localized('release { topics { name(languages: ["fr"]) { value } } }')} } }`,
      [named('Topic.name')],
    ],
    [
      'a fragment within itself, which another rule refuses',
      `{ releaseChanges { ...A } } fragment A on SyncPage { ...A }`,
      ['Cannot spread fragment "A" within itself.'],
    ],
  ])('%s', (_, document, expected) => {
    expect(refusals(document)).toEqual(expected);
  });
});

function deliveryOf(document: string, variables = {}) {
  const built = buildExecutionContext({
    schema,
    document: parse(document),
    variableValues: variables,
  });
  if (!('operation' in built)) throw new Error(JSON.stringify(built));
  const { operation, fragments, variableValues } = built;
  const fieldNodes = operation.selectionSet.selections.filter((one) => one.kind === Kind.FIELD);
  const isQuery = operation.operation === OperationTypeNode.QUERY;
  const root = isQuery ? schema.getQueryType() : schema.getSubscriptionType();
  const returnType = root?.getFields()[isQuery ? 'releaseChanges' : 'releaseChanged']?.type;
  const info = { schema, fragments, variableValues, fieldNodes, returnType };
  return metadataDelivery(info as unknown as GraphQLResolveInfo);
}

describe('a change of metadata comes', () => {
  const edition = localized('release { edition }');
  const given = (selection: string) => `metadataChanges { ${selection} }`;
  it.each<[string, string, object, string]>([
    [
      'not at all to an operation that stores none',
      `{ releaseChanges { ${localized('id')} } }`,
      {},
      'NONE',
    ],
    [
      'by itself to an operation that only selects ids',
      `{ releaseChanges { ${localized('id')} ${given('localizedId')} } }`,
      {},
      'SEPARATE',
    ],
    [
      'with the text to an operation that selects no list',
      `{ releaseChanges { ${edition} } }`,
      {},
      'RESENT',
    ],
    [
      'by itself to an operation that selects all that is stored',
      `{ releaseChanges { ${edition} ${given('release { edition }')} } }`,
      {},
      'SEPARATE',
    ],
    [
      'with the text to an operation that selects another field there',
      `{ releaseChanges { ${edition} ${given('release { alternates { slug } }')} } }`,
      {},
      'RESENT',
    ],
    [
      'with the text to an operation that selects less of a field there',
      `{ releaseChanges { ${localized('release { locales { locale status } }')} ${given('release { locales { locale } }')} } }`,
      {},
      'RESENT',
    ],
    [
      'with the text to an operation that leaves the trail out',
      `{ releaseChanges { ${localized('resolution { trail { outcome } }')} ${given('release { edition }')} } }`,
      {},
      'RESENT',
    ],
    [
      'by itself through aliases and fragments',
      `{ p: releaseChanges { ...P } } fragment P on SyncPage {
         ${localized('release { ...R }')} m: metadataChanges { r: release { ...R } } }
       fragment R on Release { e: edition alternates { a: slug } }`,
      {},
      'SEPARATE',
    ],
    [
      'by itself where the same root field is written twice',
      `{ releaseChanges { ${edition} } releaseChanges { ${given('release { edition }')} } }`,
      {},
      'SEPARATE',
    ],
    [
      'with the text where @include leaves the list out',
      `query ($x: Boolean!) { releaseChanges { ${edition} metadataChanges @include(if: $x) { release { edition } } } }`,
      { x: false },
      'RESENT',
    ],
    [
      'by itself where @include lets it in',
      `query ($x: Boolean!) { releaseChanges { ${edition} metadataChanges @include(if: $x) { release { edition } } } }`,
      { x: true },
      'SEPARATE',
    ],
    [
      'not at all where @skip leaves the stored field out',
      `subscription ($x: Boolean = true) { releaseChanged { ${localized('release { id edition @skip(if: $x) }')} } }`,
      {},
      'NONE',
    ],
  ])('%s', (_, document, variables, expected) => {
    expect(deliveryOf(document, variables)).toBe(expected);
  });
});

/** `Type.field: rule` of every field that an operation can select below a type, without what is below a refused one. */
function reachable(type: GraphQLNamedType, found = new Map<string, string>()): Map<string, string> {
  if (!isObjectType(type)) return found;
  for (const field of Object.values(type.getFields())) {
    const name = `${type.name}.${field.name}`;
    if (found.has(name)) continue;
    const rule = copyRuleOf(field) ?? 'CHANGES';
    found.set(name, rule);
    if (rule !== 'NEVER') reachable(getNamedType(field.type), found);
  }
  return found;
}

/**
 * Every field that a copy can hold, judged. A new one has to be put here: under CHANGES where a digest of
 * `published.trace` or the context of the cursor covers it, else with a rule of `@InCopies` where it is defined.
 */
const JUDGED: Record<string, readonly string[]> = {
  PAGE: [],
  METADATA: ['LocaleResolution.trail', 'Release.alternates', 'Release.edition', 'Release.locales'],
  NAME: ['MemberState.name', 'Topic.name'],
  NEVER: [
    'LocalizedRelease.jsonLd',
    'MemberState.fallbackChain',
    'MemberState.membership',
    'MemberState.requiredLocales',
    'Release.availabilities',
    'Release.availability',
    'Release.localized',
    'Release.resolution',
  ],
  CHANGES: [
    ...fields('Alternate', 'locale publishedAt reference slug'),
    ...fields('Correction', 'at edition locales note'),
    ...fields(
      'LocaleResolution',
      'audience audienceRequested coherence isFallback locale refused requested',
    ),
    ...fields('LocaleStatus', 'freshness isOriginal locale publishedAt status'),
    ...fields('LocaleStep', 'locale outcome rule'),
    ...fields('LocalizedBlock', 'freshness html key kind lang locale plainText'),
    ...fields('LocalizedName', 'dir isFallback lang value'),
    ...fields(
      'LocalizedRelease',
      'body corrections dateText excerpt id modifiedAt publishedAt reference release resolution slug summary title url',
    ),
    ...fields(
      'LocalizedRichText',
      'blocks dir freshness html isFallback lang locale markdown origin plainText',
    ),
    ...fields('LocalizedText', 'dir freshness isFallback lang locale origin value'),
    ...fields('MemberState', 'code id nationalLanguages timeZone'),
    ...fields('MetadataChange', 'at localizedId number release releaseId resolution'),
    ...fields(
      'Release',
      'audiences date id mentions number originalLocale publishedAt topics type',
    ),
    ...fields('ReleaseChange', 'at kind localized localizedId number reason releaseId'),
    ...fields('SyncPage', 'changes cursor hasMore metadataChanges reset serverTime total'),
    ...fields('Topic', 'id slug'),
  ],
};

function fields(type: string, names: string): string[] {
  return names.split(' ').map((name) => `${type}.${name}`);
}

it('every field that a copy can hold is judged', () => {
  const page = schema.getType('SyncPage');
  if (!page) throw new Error('no SyncPage');
  const found = [...reachable(page)];
  const byRule = Object.keys(JUDGED).map((rule): [string, string[]] => {
    return [
      rule,
      found
        .filter(([, own]) => own === rule)
        .map(([name]) => name)
        .sort(),
    ];
  });
  expect(Object.fromEntries(byRule)).toEqual(JUDGED);
});

it('the copies of the tests hold every field that is offered', () => {
  for (const document of [CHANGES, CHANGED]) {
    expect(refusals(document)).toEqual([]);
    expect(deliveryOf(document)).toBe('SEPARATE');
    const page = schema.getType('SyncPage');
    if (!page) throw new Error('no SyncPage');
    const words = new Set(document.match(/\w+/g));
    const offered = [...reachable(page)].filter(([, rule]) => rule !== 'NEVER');
    const names = offered.map(([name]) => name.split('.')[1] ?? '');
    expect(names.filter((name) => !words.has(name))).toEqual([]);
  }
});
