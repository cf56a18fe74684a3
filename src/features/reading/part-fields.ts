import type { Reader } from '../../kernel/localization.js';
import type { ReaderArguments } from '../../platform/graphql/in-context.js';
import type { PartFields, PartSubject } from '../../platform/graphql/part-fields.js';
import type { RequestContext } from '../../platform/graphql/request-context.js';
import type { ReleaseConnection, ReleaseEdge } from './list.types.js';
import type { ReleaseRecord } from './release-record.js';
import type { ReleaseType } from './release.types.js';

/** What is kept of answers, beside whole ones: a page of a list, a release, and a release as one reader sees it. */
export const PART_FIELDS: PartFields = {
  'ReleaseConnection.edges': ({ name, madeOf }: ReleaseConnection): PartSubject => {
    return { name, madeOf, reader: '' };
  },
  'ReleaseEdge.node': ({ node: { record } }: ReleaseEdge) => subjectOf(record, ''),
  'ReleaseEdge.localized': ({ node: { record }, reader }: ReleaseEdge) => {
    return subjectOf(record, nameOf(reader));
  },
  'Release.localized': (
    { record }: ReleaseType,
    args: ReaderArguments,
    context: RequestContext,
  ): PartSubject => subjectOf(record, nameOf(context.reader(args))),
};

function subjectOf({ id }: ReleaseRecord, reader: string): PartSubject {
  return { name: id, reader, madeOf: { releases: [id] } };
}

/** A page is for one reader. */
const names = new WeakMap<Reader, string>();

function nameOf(reader: Reader): string {
  let name = names.get(reader);
  if (name === undefined) {
    const { requested, audience, coherence } = reader;
    name = JSON.stringify([requested, audience, coherence]);
    names.set(reader, name);
  }
  return name;
}
