import { type DocumentNode, type GraphQLSchema, TypeInfo, visit, visitWithTypeInfo } from 'graphql';
import { Extensions } from 'type-graphql';

/** How much of a text is read: its title; also its summary and what its fields come from; or all of it. */
export const TEXT_EXTENTS = ['TITLE', 'SUMMARY', 'BODY'] as const;
export type TextExtent = (typeof TEXT_EXTENTS)[number];

const NEEDED_TEXT = 'neededText';

/** Declares that a field is computed from more of a text than its title, which is all that most lists need. */
export const NeedsText = (extent: TextExtent): MethodDecorator & PropertyDecorator =>
  Extensions({ [NEEDED_TEXT]: extent });

const known = new WeakMap<DocumentNode, TextExtent>();

/** How much of a text the fields of a document need, as they are declared with {@link NeedsText}. */
export function neededText(schema: GraphQLSchema, document: DocumentNode): TextExtent {
  let needed = known.get(document);
  if (needed === undefined) known.set(document, (needed = selectedText(schema, document)));
  return needed;
}

function selectedText(schema: GraphQLSchema, document: DocumentNode): TextExtent {
  let needed: TextExtent = 'TITLE';
  const types = new TypeInfo(schema);
  const Field = (): void => {
    const extent = types.getFieldDef()?.extensions[NEEDED_TEXT] as TextExtent | undefined;
    if (extent && !covers(needed, extent)) needed = extent;
  };
  visit(document, visitWithTypeInfo(types, { Field }));
  return needed;
}

/** Whether a text that was read to one extent has what another one needs. */
export function covers(extent: TextExtent, needed: TextExtent): boolean {
  return TEXT_EXTENTS.indexOf(extent) >= TEXT_EXTENTS.indexOf(needed);
}
