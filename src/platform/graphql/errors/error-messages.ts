import type { GraphQLFormattedError } from 'graphql';

import { TAG_OF } from '../../../kernel/locale.js';
import type { Messages } from '../../i18n/messages.js';
import { boundedErrors } from '../limits/error-bounds.js';
import { type Fault, formatFault, omission } from './faults.js';
import type { RequestContext } from '../execution/request-context.js';

export interface ErrorMessages {
  readonly messages: Messages;
  /** Whether callers may read the schema; if so, messages suggest names from it. */
  readonly introspection: boolean;
}

/** An error as it was thrown, and as GraphQL formats it. */
export interface ThrownError {
  readonly thrown: unknown;
  readonly formatted: GraphQLFormattedError;
}

/**
 * Formats the errors of an operation for the caller, each in the languages of its field, else of the request. Their
 * languages become part of Content-Language.
 *
 * @param onFault is called with each error and its real cause, for the log
 */
export function formatErrors(
  errors: readonly ThrownError[],
  context: RequestContext,
  { messages, introspection }: ErrorMessages,
  onFault: (fault: Fault) => void,
): GraphQLFormattedError[] {
  const { requestId, requested } = context.caller;
  const schema = introspection ? (requested?.schema ?? null) : null;
  const languages: (string | undefined)[] = [];
  const { shown, omitted } = boundedErrors(errors, ({ thrown, formatted }, index) => {
    const locale = context.caller.messageLocaleOf(formatted);
    const found = formatFault(thrown, formatted, { messages, locale, requestId, schema });
    onFault(found.fault);
    // A message that a protocol prescribes has no language.
    if (found.formatted.extensions?.['reason'] !== undefined) languages[index] = TAG_OF[locale];
    return found.formatted;
  });
  for (const tag of languages.slice(0, shown.length)) if (tag !== undefined) context.served(tag);
  if (omitted === 0) return shown;
  const locale = context.caller.messageLocale;
  context.served(TAG_OF[locale]);
  return [...shown, omission(omitted, messages, locale, requestId)];
}
