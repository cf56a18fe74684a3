import type { DocumentNode, GraphQLSchema } from 'graphql';
import { type CompiledQuery, compileQuery, isCompiledQuery } from 'graphql-jit';

/** @returns null for a document that cannot be compiled: graphql-js reports its errors */
export function compile(
  schema: GraphQLSchema,
  document: DocumentNode,
  operationName?: string,
): CompiledQuery | null {
  const made = compileQuery(schema, document, operationName, {
    disablingCapturingStackErrors: true,
  });
  return isCompiledQuery(made) ? made : null;
}
