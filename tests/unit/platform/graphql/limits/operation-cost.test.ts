import { describe, expect, it } from '@jest/globals';
import { type DocumentNode, getOperationAST, parse, specifiedRules, validate } from 'graphql';

import { buildGatewaySchema } from '../../../../../src/app/graphql.js';
import { operationCost } from '../../../../../src/platform/graphql/limits/operation-cost.js';
import { readyOperations } from '../../../../support/ready-operations.js';

const schema = buildGatewaySchema({ get: () => undefined });

type Variables = Readonly<Record<string, unknown>>;

function costOf(document: DocumentNode, variables: Variables = {}): number {
  const operation = getOperationAST(document);
  if (!operation) throw new Error('the document has no single operation');
  return operationCost(schema, document, operation, variables);
}

it('prices each published operation', () => {
  const operations = Object.entries(readyOperations());
  expect(
    Object.fromEntries(operations.map(([name, document]) => [name, costOf(document)])),
  ).toEqual({
    AppChanged: 4021,
    AppChanges: 20101,
    AppReference: 282,
    ApproveTranslation: 29,
    AssignTranslation: 27,
    CancelSchedule: 177,
    ConfirmCurrent: 118,
    CreateRelease: 537,
    EditorialRelease: 561,
    EditorialReleases: 3481,
    LocaleBundle: 5,
    LocaleEntries: 1001,
    MemberStates: 281,
    PublicationReadiness: 94,
    Publish: 271,
    ReleaseAvailability: 37,
    ReleaseChanged: 3181,
    ReleaseChanges: 7951,
    ReleaseDetail: 256,
    ReleaseList: 741,
    ReleaseTitles: 51,
    RequestChanges: 29,
    Retract: 177,
    SaveLocaleEntry: 26,
    SaveTranslation: 118,
    SiteLanguages: 2729,
    SiteList: 1663,
    SiteRelease: 191,
    SubmitTranslation: 29,
    Topics: 36,
    TranslationToWrite: 151,
    Viewer: 7,
    Worklist: 541,
  });
});

describe('the approximate number of fields in a response', () => {
  it.each<[query: string, variables: Variables, cost: number]>([
    ['{ releases { nodes { id } } }', {}, 41],
    ['{ releases(first: 3) { nodes { id number } pageInfo { hasNextPage } } }', {}, 16],
    ['{ releases(last: 7) { edges { cursor node { id } } } }', {}, 29],
    ['query ($n: Int) { releases(first: $n) { nodes { id } } }', { n: 50 }, 101],
    ['query ($n: Int = 4) { releases(first: $n) { nodes { id } } }', {}, 9],
    ['query ($n: Int) { releases(first: $n) { nodes { id } } }', { n: null }, 41],
    ['{ releases(first: 100000) { nodes { id } } }', {}, 201],
    ['{ releases(first: -5) { nodes { id } } }', {}, 3],
    ['{ releases { ...P } } fragment P on ReleaseConnection { nodes { topics { id } } }', {}, 141],
    ['{ nodes(ids: ["a", "b", "c"]) { id } }', {}, 4],
    ['query ($ids: [ID!]!) { nodes(ids: $ids) { id __typename } }', { ids: ['a', 'b'] }, 5],
    ['query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', { ids: 'a' }, 2],
    ['query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', { ids: [] }, 1],
    [
      'query ($no: Boolean!) { topics @skip(if: $no) { id } memberStates @include(if: $no) { code } }',
      { no: true },
      36,
    ],
    ['{ memberStates { code } topics { id } audienceRules { __typename } }', {}, 83],
    [
      '{ releases(first: 1) { nodes { topics { id } audiences { code } mentions { code } } } }',
      {},
      18,
    ],
    ['{ releases(first: 1) { nodes { locales { locale } alternates { locale } } } }', {}, 12],
    ['{ releases(first: 1) { nodes { availabilities { status locales { locale } } } } }', {}, 213],
    ['{ releases(first: 1) { nodes { localized { body { blocks { __typename } } } } } }', {}, 13],
    ['{ releases(first: 1) { nodes { resolution { trail { locale } } } } }', {}, 8],
    ['{ parity { locales { locale } audiences { audience { code } } } }', {}, 77],
    ['{ parity { months { releases locales { locale } } } }', {}, 722],
    ['{ viewer { grants { __typename } } }', {}, 3],
    [
      '{ editorialReleases(first: 2) { nodes { topics { id } audiences { code } mentions { code } } } }',
      {},
      35,
    ],
    [
      '{ editorialReleases(first: 2) { nodes { translations { segments { key } comments { id } } } } }',
      {},
      141,
    ],
    [
      '{ editorialReleases(first: 2) { nodes { translations { difference(from: 1, to: 2) { parts { __typename } } } } } }',
      {},
      93,
    ],
    [
      '{ editorialReleases(first: 1) { nodes { translations { history(first: 3) { nodes { segments { key } } } } } } }',
      {},
      151,
    ],
    ['{ worklist(first: 5) { edges { node { id } } } localeEntries { nodes { key } } }', {}, 57],
    ['{ publicationReadiness(releaseId: "x") { unmet { __typename } } }', {}, 12],
    [
      '{ releaseChanges(first: 9) { changes { __typename } metadataChanges { __typename } cursor } }',
      {},
      46,
    ],
    ['subscription { releaseChanged { changes { __typename } cursor } }', {}, 61],
    ['{ __schema { types { name fields { name args { name } } } } }', {}, 3302],
    ['{ __type(name: "Release") { fields { name args { name } } } }', {}, 22],
  ])('%s %j: %i', (query, variables, cost) => {
    const document = parse(query);
    expect(validate(schema, document, specifiedRules)).toEqual([]);
    expect(costOf(document, variables)).toBe(cost);
  });
});
