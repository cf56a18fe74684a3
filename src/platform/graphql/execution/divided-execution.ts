import {
  type DocumentNode,
  type ExecutionResult,
  type GraphQLField,
  type GraphQLFieldResolver,
  GraphQLObjectType,
  GraphQLSchema,
  isObjectType,
  type OperationDefinitionNode,
} from 'graphql';
import type { CompiledQuery } from 'graphql-jit';

import { memoizeByText } from '../../../kernel/memoize-by-text.js';
import { allMaybe, type MaybePromise, mapMaybe } from '../../../kernel/maybe-promise.js';
import { canonicalJson } from '../../cache/answer-key.js';
import { AnsweredText, jsonOf } from './answered-text.js';
import { compile } from './compile.js';
import { divideDocument } from './divided-document.js';
import { addPartFields, PART_ARGUMENT, type PartFields, type SubjectOf } from './part-fields.js';
import type { PublicHead, ReadTrace, TracedPart } from './read-trace.js';
import type { RequestContext } from './request-context.js';

/** The value of a field as it was answered before, and what it was made of. */
export interface KeptPart {
  readonly value: AnsweredText;
  /** Of the texts in it. */
  readonly languages: readonly string[];
  readonly madeOf: TracedPart;
}

export interface PartKeeper {
  findPart(key: string, trace: ReadTrace): KeptPart | undefined;
  keepPart(key: string, part: KeptPart, head: PublicHead): void;
}

interface CompiledPart {
  readonly query: CompiledQuery['query'];
  readonly variables: readonly string[];
  readonly digest: string;
}

/** A query whose parts are answered, and kept, by themselves. */
export interface DividedQuery {
  readonly query: CompiledQuery['query'];
  readonly parts: readonly CompiledPart[];
}

/** What the parts of one operation share. */
interface Division {
  readonly parts: readonly CompiledPart[];
  readonly variables: Record<string, unknown>;
  /** By which each part begins its keys. */
  readonly prefixes: { readonly reader: string; readonly prefix: string }[];
}

interface AskedPart {
  readonly key: string;
  readonly madeOf: TracedPart;
  /** What the fields of the part are read from. */
  readonly root: object;
  readonly part: CompiledPart;
}

/**
 * Answers some fields from values that were answered before: what a release is to one reader is the same in each list,
 * in whatever words the rest is asked for.
 */
export class DividedExecution {
  private readonly divisions = new WeakMap<RequestContext, Division>();
  private readonly schemas = new Map<string, GraphQLSchema>();

  constructor(
    private readonly schema: GraphQLSchema,
    private readonly keeper: PartKeeper,
    private readonly fields: PartFields,
  ) {
    addPartFields(schema, fields, (field, subjectOf) => this.resolver(field, subjectOf));
  }

  /** Whether what is kept may be used: of what anybody may see, as long as the operation reads nothing newer. */
  isFor({ viewer, usesModels }: RequestContext): boolean {
    return viewer === null && usesModels;
  }

  /** Null where there is nothing to divide. */
  compile(document: DocumentNode, operation: OperationDefinitionNode): DividedQuery | null {
    const divided = divideDocument(this.schema, document, operation, this.fields);
    if (divided.parts.length === 0) return null;
    const whole = compile(this.schema, divided.document, operation.name?.value);
    const parts = divided.parts.map(({ type, document: part, variables, digest }) => {
      const made = compile(this.schemaOf(type), part);
      return made && { query: made.query, variables, digest };
    });
    const compiled = parts.filter((part) => part !== null);
    if (!whole || compiled.length < parts.length) return null;
    return { query: whole.query, parts: compiled };
  }

  /** @returns null where something went wrong, which is to be told as it stands in the whole */
  run(
    divided: DividedQuery,
    context: RequestContext,
    variables: Record<string, unknown> = {},
  ): MaybePromise<ExecutionResult | null> {
    this.divisions.set(context, { parts: divided.parts, variables, prefixes: [] });
    return mapMaybe(divided.query(undefined, context, variables), (result) => {
      if (!result.errors) return result;
      context.forget();
      return null;
    });
  }

  private resolver(
    { name, resolve }: GraphQLField<unknown, unknown>,
    subjectOf: SubjectOf,
  ): GraphQLFieldResolver<unknown, RequestContext> {
    const original = (resolve ?? ((root: Record<string, unknown>) => root[name])) as (
      ...args: Parameters<GraphQLFieldResolver<unknown, RequestContext>>
    ) => unknown;
    return (root, args: Record<string, unknown>, context, info) => {
      const division = this.divisions.get(context);
      const part = division?.parts[args[PART_ARGUMENT] as number];
      if (!division || !part) throw new Error('a part of no operation');
      const { reader, name: subject, madeOf } = subjectOf(root as never, args, context);
      const key = `${prefixOf(division, part, context, reader)} ${subject}`;
      const found = this.keeper.findPart(key, context.trace);
      if (found) {
        context.trace.add(found.madeOf);
        context.serveAll(found.languages);
        return found.value;
      }
      const value = original(root, args, context, info) as MaybePromise<object | null>;
      return mapMaybe(value, (there) => {
        return there && this.answer({ key, madeOf, root: there, part }, division, context);
      });
    };
  }

  private answer(
    { key, madeOf, root, part }: AskedPart,
    { variables }: Division,
    context: RequestContext,
  ): MaybePromise<unknown> {
    const own = context.part();
    own.trace.add(madeOf);
    const answers = (Array.isArray(root) ? (root as object[]) : [root]).map((one) =>
      part.query(one, own, variables),
    );
    return mapMaybe(allMaybe(answers), (there) => {
      const { trace, contentLanguages: languages } = own;
      context.takeIn(own);
      if (there.some(({ errors }) => errors)) throw new Error('a part met an error');
      const values = there.map(({ data }) => data);
      const value = new AnsweredText(jsonOf(Array.isArray(root) ? values : values[0]));
      // The root may be as of another state than what was read for the part.
      const { head, isMixed } = context.trace;
      const isForOthers = !trace.isOpaque && !isMixed && !trace.usedHeader;
      if (isForOthers && head) {
        this.keeper.keepPart(key, { value, languages, madeOf: trace.summary() }, head);
      }
      return value;
    });
  }

  /** Its values are the roots of queries. */
  private schemaOf(typeName: string): GraphQLSchema {
    const known = this.schemas.get(typeName);
    if (known) return known;
    const query = this.schema.getType(typeName);
    if (!isObjectType(query)) throw new Error(`${typeName} has no fields`);
    const types = Object.values(this.schema.getTypeMap()).filter(
      (type) => type instanceof GraphQLObjectType && !type.name.startsWith('__'),
    );
    const made = new GraphQLSchema({ query, types, directives: this.schema.getDirectives() });
    this.schemas.set(typeName, made);
    return made;
  }
}

/** Short: there are as many of them as parts. */
function prefixOf(
  division: Division,
  part: CompiledPart,
  { today, directive }: RequestContext,
  reader: string,
): string {
  const index = division.parts.indexOf(part);
  const known = division.prefixes[index];
  if (known?.reader === reader) return known.prefix;
  const { variables } = division;
  // One that is not given is not null: it may have a default.
  const used = part.variables.map((name) => (name in variables ? [variables[name]] : []));
  const prefix = shortNameOf(
    `${part.digest} ${today} ${canonicalJson([used, directive])} ${reader}`,
  );
  division.prefixes[index] = { reader, prefix };
  return prefix;
}

let lastName = 0;

/** Never the same one for two texts, though perhaps a new one for an old text. */
const shortNameOf = memoizeByText(() => (lastName += 1).toString(36), 10_000);
