import { GraphQLDateTime } from 'graphql-scalars';
import { createUnionType, Field, ObjectType } from 'type-graphql';

import type { Queryable } from '../../platform/db/queryable.js';
import { globalId, isUuid, parseGlobalId } from '../../platform/graphql/schema/global-id.js';
import { Node } from '../../platform/graphql/schema/node.js';
import { ValidationProblem } from '../../platform/graphql/schema/problem.js';
import { type CommentRecord, findComment } from './comment.repository.js';

@ObjectType('Comment', {
  description: 'A comment on a translation or on one of its segments, for staff only.',
  implements: Node,
})
export class CommentType extends Node {
  readonly id: string;
  readonly byId: string;

  @Field(() => GraphQLDateTime, { description: 'When it was written.' })
  at: Date;

  @Field(() => String, { description: 'Plain text.' })
  body: string;

  @Field(() => String, {
    nullable: true,
    description: 'Segment concerned; null for the text as a whole.',
  })
  segmentKey: string | null;

  @Field(() => GraphQLDateTime, {
    nullable: true,
    description: 'When it was resolved; null while open.',
  })
  resolvedAt: Date | null;
}

export function commentNode({ id, by, ...comment }: CommentRecord): CommentType {
  return Object.assign(new CommentType(), { ...comment, id: globalId('Comment', id), byId: by });
}

/** The comment that a global id names; null for any other id. */
export function findCommentId(id: string): string | null {
  const parsed = parseGlobalId(id);
  const [uuid, ...rest] = parsed?.parts ?? [];
  return parsed?.type === 'Comment' && rest.length === 0 && isUuid(uuid) ? uuid : null;
}

/** The comment with a global id; null for any other id. */
export async function findCommentNode(db: Queryable, id: string): Promise<CommentType | null> {
  const uuid = findCommentId(id);
  const record = uuid === null ? null : await findComment(db, uuid);
  return record && commentNode(record);
}

@ObjectType('CommentPayload', { description: 'Result of addComment and resolveComment.' })
export class CommentPayload {
  @Field(() => CommentType, { description: 'The comment after the change.' })
  comment: CommentType;
}

export const CommentResult = createUnionType({
  name: 'CommentResult',
  description: 'Outcome of a change to a comment: ValidationProblem if the input is invalid.',
  types: () => [CommentPayload, ValidationProblem] as const,
});
