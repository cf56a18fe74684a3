import type { Reader } from '../../kernel/localization.js';
import type { ReaderArguments } from '../../platform/graphql/in-context.js';
import type { PartFields, PartSubject } from '../../platform/graphql/part-fields.js';
import type { RequestContext } from '../../platform/graphql/request-context.js';
import type { ReleaseEdge } from './list.types.js';
import type { ReleaseType } from './release.types.js';

/** What is kept of answers, beside whole ones: a release, and a release as one reader sees it. */
export const PART_FIELDS: PartFields = {
  'ReleaseEdge.node': ({ node }: ReleaseEdge): PartSubject => {
    return { releaseId: node.record.id, reader: '' };
  },
  'ReleaseEdge.localized': ({ node, reader }: ReleaseEdge): PartSubject => {
    return { releaseId: node.record.id, reader: nameOf(reader) };
  },
  'Release.localized': (
    { record }: ReleaseType,
    args: ReaderArguments,
    context: RequestContext,
  ): PartSubject => ({ releaseId: record.id, reader: nameOf(context.reader(args)) }),
};

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
