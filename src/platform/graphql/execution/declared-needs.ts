import { type DocumentNode, type GraphQLSchema, TypeInfo, visit, visitWithTypeInfo } from 'graphql';
import { Extensions } from 'type-graphql';

const NEEDS_BODY = 'needsBody';

/** Declares that a field is computed from the body of a text, which most lists do not need. */
export const NeedsBody = (): MethodDecorator & PropertyDecorator =>
  Extensions({ [NEEDS_BODY]: true });

const known = new WeakMap<DocumentNode, boolean>();

/** Whether a document selects a field that is declared with {@link NeedsBody}. */
export function needsBodies(schema: GraphQLSchema, document: DocumentNode): boolean {
  let needed = known.get(document);
  if (needed === undefined) known.set(document, (needed = selectsBody(schema, document)));
  return needed;
}

function selectsBody(schema: GraphQLSchema, document: DocumentNode): boolean {
  let isSelected = false;
  const types = new TypeInfo(schema);
  const Field = (): void => {
    if (types.getFieldDef()?.extensions[NEEDS_BODY]) isSelected = true;
  };
  visit(document, visitWithTypeInfo(types, { Field }));
  return isSelected;
}
