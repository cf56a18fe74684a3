import { GraphQLError, GraphQLScalarType, Kind, type ValueNode } from 'graphql';

import { isCalendarDate } from '../../kernel/calendar-date.js';
import { AppError, type ErrorReason } from '../../kernel/errors.js';
import { canonicalTag } from '../../kernel/language-tag.js';

function stringScalar(
  name: string,
  description: string,
  reason: ErrorReason,
  parse: (value: string) => string,
): GraphQLScalarType<string, string> {
  const parseValue = (value: unknown): string => {
    if (typeof value !== 'string')
      throw new AppError(reason, { value: JSON.stringify(value).slice(0, 40) });
    return parse(value);
  };
  const parseLiteral = (node: ValueNode): string => {
    if (node.kind === Kind.STRING) return parseValue(node.value);
    throw new GraphQLError(name, {
      nodes: node,
      originalError: new AppError(reason, { value: node.kind }),
    });
  };
  return new GraphQLScalarType({ name, description, parseValue, parseLiteral, serialize: String });
}

export const LanguageTag = stringScalar(
  'LanguageTag',
  'A BCP 47 language tag as a device or browser states it: fr-CA, es-419, pt-PT, ht. Malformed tags are BAD_USER_INPUT.',
  'LANGUAGE_TAG_MALFORMED',
  canonicalTag,
);

export const CountryCode = stringScalar(
  'CountryCode',
  'ISO 3166-1 alpha-2 code of a state that is or was a member of the OAS: HT, CA, BR. Where it names the audience for which texts are served, the code of any other country is accepted and counts as no audience: ES, PR. Everywhere else, and for what is no such code, it is BAD_USER_INPUT.',
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
  'A calendar date, ISO 8601: 2012-09-10.',
  'DATE_MALFORMED',
  (value) => {
    if (!isCalendarDate(value)) throw new AppError('DATE_MALFORMED', { value: value.slice(0, 40) });
    return value;
  },
);
