import { GraphQLError, GraphQLScalarType, Kind, print, type ValueNode } from 'graphql';

import { isCalendarDate } from '../../../kernel/calendar-date.js';
import { AppError, type ErrorReason } from '../../../kernel/errors.js';
import { canonicalTag } from '../../../kernel/language-tag.js';

/** Maximum length of a value that is not a string, as an error message repeats it; in characters. */
const MAX_QUOTE = 40;

function stringScalar(
  name: string,
  description: string,
  reason: ErrorReason,
  parse: (value: string) => string,
): GraphQLScalarType<string, string> {
  const parseValue = (value: unknown): string => {
    if (typeof value !== 'string')
      throw new AppError(reason, { value: JSON.stringify(value).slice(0, MAX_QUOTE) });
    return parse(value);
  };
  const parseLiteral = (node: ValueNode): string => {
    if (node.kind === Kind.STRING) return parseValue(node.value);
    throw new GraphQLError(name, {
      nodes: node,
      originalError: new AppError('STRING_EXPECTED', { value: print(node).slice(0, MAX_QUOTE) }),
    });
  };
  return new GraphQLScalarType({ name, description, parseValue, parseLiteral, serialize: String });
}

export const LanguageTag = stringScalar(
  'LanguageTag',
  'A BCP 47 language tag as a device or browser sends it: fr-CA, es-419, pt-PT, ht. A malformed tag is BAD_USER_INPUT, reason LANGUAGE_TAG_MALFORMED.',
  'LANGUAGE_TAG_MALFORMED',
  canonicalTag,
);

export const CountryCode = stringScalar(
  'CountryCode',
  'ISO 3166-1 alpha-2 code of a state that is or was a member of the OAS: HT, CA, BR. As the audience of a reader the code of any other country (ES, PR) is accepted and counts as no audience. Everywhere else, and for any other text, the error is BAD_USER_INPUT, reason COUNTRY_UNKNOWN.',
  'COUNTRY_UNKNOWN',
  (value) => {
    const code = value.toUpperCase();
    if (!/^[A-Z]{2}$/.test(code))
      throw new AppError('COUNTRY_UNKNOWN', { value: value.slice(0, 20) });
    return code;
  },
);

export const CalendarDate = stringScalar(
  'Date',
  'A calendar date by ISO 8601, without a time zone: 2012-09-10. Any other text is BAD_USER_INPUT, reason DATE_MALFORMED.',
  'DATE_MALFORMED',
  (value) => {
    if (!isCalendarDate(value)) throw new AppError('DATE_MALFORMED', { value: value.slice(0, 40) });
    return value;
  },
);
