import type { Reader } from '../../kernel/localization.js';
import type { ReaderArguments } from '../../platform/graphql/schema/in-context.js';
import type { PartFields, PartSubject } from '../../platform/graphql/execution/part-fields.js';
import type { RequestContext } from '../../platform/graphql/execution/request-context.js';
import type { ReleaseConnection } from './list.types.js';
import type { ReleaseType } from './release.types.js';

/** What is kept of answers, beside whole ones: a page of a list, and a release as one reader sees it. */
export const PART_FIELDS: PartFields = {
  'ReleaseConnection.edges': pageOf,
  'ReleaseConnection.nodes': pageOf,
  'Release.localized': (
    { record: { id } }: ReleaseType,
    args: ReaderArguments,
    context: RequestContext,
  ): PartSubject => {
    return { name: id, reader: nameOf(context.reader(args)), madeOf: { releases: [id] } };
  },
};

function pageOf({ name, madeOf }: ReleaseConnection): PartSubject {
  return { name, madeOf, reader: '' };
}

function nameOf({ requested, audience, coherence, refused }: Reader): string {
  return JSON.stringify([requested, audience, coherence, refused]);
}
