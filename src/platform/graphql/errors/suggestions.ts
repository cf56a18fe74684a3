import type { GraphQLSchema } from 'graphql';
import { suggestionList } from 'graphql/jsutils/suggestionList.js';

import type { Locale } from '../../../kernel/locale.js';
import type { Messages } from '../../i18n/messages.js';

/** The end of a message of graphql-js that suggests names. */
const SUGGESTION = / Did you mean (?<intent>[^"]*)(?<names>"\w+"[^]*)\?$/;
const UNKNOWN_DIRECTIVE = /^Unknown directive "@(\w+)"/;
const MAX_NAMES = 5;

interface Suggestion {
  readonly key: 'suggestion' | 'suggestedFragment';
  readonly names: readonly string[];
}

/** A message of graphql-js without the names of the schema that it suggests. */
export function withoutSuggestion(message: string): string {
  return message.replace(/ Did you mean [^]*$/, '');
}

/**
 * The names that a message of graphql-js suggests, as a sentence in the given language. For an unknown directive, for
 * which graphql-js has no suggestion, these are directives with similar names.
 *
 * @returns null if there are none
 */
export function suggestionText(
  message: string,
  schema: GraphQLSchema,
  messages: Messages,
  locale: Locale,
): string | null {
  const found = suggestionIn(message) ?? similarDirectives(message, schema);
  if (!found) return null;
  const names = found.names.map((name) => {
    return messages.text(locale, 'errors:graphql.quotedName', { name });
  });
  return messages.text(locale, `errors:graphql.${found.key}`, { names });
}

function suggestionIn(message: string): Suggestion | null {
  const { intent = '', names = '' } = SUGGESTION.exec(message)?.groups ?? {};
  const found = [...names.matchAll(/"(\w+)"/g)].map(([, name = '']) => name);
  if (found.length === 0) return null;
  const isFragment = intent.includes('inline fragment');
  return { key: isFragment ? 'suggestedFragment' : 'suggestion', names: found };
}

function similarDirectives(message: string, schema: GraphQLSchema): Suggestion | null {
  const name = UNKNOWN_DIRECTIVE.exec(message)?.[1];
  if (name === undefined) return null;
  const known = schema.getDirectives().map((directive) => directive.name);
  const similar = suggestionList(name, known).slice(0, MAX_NAMES);
  if (similar.length === 0) return null;
  return { key: 'suggestion', names: similar.map((one) => `@${one}`) };
}
