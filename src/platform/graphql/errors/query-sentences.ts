import type { MessageKey, MessageVariables } from '../../i18n/messages.js';

/** A message of the catalogs, with its variables. */
export interface Sentence {
  readonly key: MessageKey;
  readonly vars: MessageVariables;
}

/**
 * Messages of graphql-js 16 about a document or its variables, and the name of our message for each in the group
 * `graphql` of the errors. Named capture groups are the variables of our message.
 */
const SENTENCES: readonly (readonly [name: string, pattern: RegExp])[] = [
  ['fieldUnknown', /^Cannot query field "(?<field>\w+)" on type "(?<type>\w+)"/],
  ['fieldUnknown', /^Field "(?<field>\w+)" is not defined by type "(?<type>\w+)"/],
  ['argumentUnknown', /^Unknown argument "(?<argument>\w+)" on \w+ "(?<place>[^"]+)"/],
  [
    'argumentMissing',
    /^(?:Field|Directive) "(?<place>[^"]+)" argument "(?<argument>\w+)" of type "(?<type>[^"]+)" is required/,
  ],
  ['inputFieldMissing', /^Field "(?<place>[\w.]+)" of required type "(?<type>[^"]+)" was not/],
  ['valueInvalid', /^Expected value of type "(?<type>[^"]+)", found (?<value>.*?)(?:; .*|\.)$/s],
  ['valueInvalid', /^Value "(?<value>.*)" does not exist in "(?<type>\w+)" enum/s],
  ['valueInvalid', /^Enum "(?<type>\w+)" cannot represent non-\w+ value: (?<value>.*?)\.?$/s],
  ['valueInvalid', /^(?<type>\w+) cannot represent [\w -]+: (?<value>.*)$/s],
  ['valueInvalid', /^Expected type "(?<type>\w+)"/],
  ['valueInvalid', /^Expected non-nullable type "(?<type>[^"]+)" not to be null/],
  ['typeUnknown', /^Unknown type "(?<type>\w+)"/],
  ['typeNotInput', /^Variable "\$(?<variable>\w+)" cannot be non-input type "(?<type>[^"]+)"/],
  ['directiveUnknown', /^Unknown directive "@(?<directive>\w+)"/],
  ['directiveMisplaced', /^Directive "@(?<directive>\w+)" may not be used on/],
  ['directiveTwice', /^The directive "@(?<directive>\w+)" can only be used once/],
  ['variableUnused', /^Variable "\$(?<variable>\w+)" is never used/],
  ['variableUndefined', /^Variable "\$(?<variable>\w+)" is not defined/],
  [
    'variableMismatch',
    /^Variable "\$(?<variable>\w+)" of type "(?<type>[^"]+)" used in position expecting type "(?<expected>[^"]+)"/,
  ],
  [
    'variableMissing',
    /^Variable "\$(?<variable>\w+)" of (?:required|non-null) type "(?<type>[^"]+)" (?:was|must) not/,
  ],
  [
    'selectionMissing',
    /^Field "(?<field>\w+)" of type "(?<type>[^"]+)" must have (?:a selection|at least one)/,
  ],
  [
    'selectionImpossible',
    /^Field "(?<field>\w+)" must not have a selection since type "(?<type>[^"]+)" has no/,
  ],
  ['fieldsConflict', /^Fields "(?<field>[^"]+)" conflict because/],
  ['duplicate', /^There can be only one [a-z ]+ named "(?<name>[^"]+)"/],
  ['operationUnknown', /^Unknown operation named "(?<name>.*)"\.$/s],
  ['operationMissing', /^(?:Must provide an operation\.|Unknown operation\.)/],
  ['operationNameMissing', /^Must provide operation name/],
  ['operationNotAlone', /^This anonymous operation must be the only/],
  ['operationUnsupported', /^Schema is not configured to execute (?<kind>\w+) operation/],
  ['fragmentUnknown', /^Unknown fragment "(?<name>\w+)"/],
  ['fragmentUnused', /^Fragment "(?<name>\w+)" is never used/],
  ['fragmentCycle', /^Cannot spread fragment "(?<name>\w+)" within itself/],
  [
    'fragmentImpossible',
    /^Fragment (?:"\w+" )?cannot be spread here as objects of type "(?<parent>\w+)" can never be of type "(?<type>\w+)"/,
  ],
  [
    'fragmentOnLeaf',
    /^Fragment (?:"\w+" )?cannot condition on non composite type "(?<type>[^"]+)"/,
  ],
  ['subscriptionSingle', /ubscription(?: "\w+")? must (?:select only|not select an introspection)/],
  ['subscriptionConditional', /^A subscription must not use @skip or @include/],
  ['notExecutable', /^The .+ definition is not executable/],
  ['tooManyErrors', /^Too many (?:validation errors|errors processing variables)/],
];

/** `Variable "$filter" got invalid value "x" at "filter.dateFrom"; …`, where `…` is the problem. */
const VARIABLE =
  /^Variable "\$(?<variable>\w+)" got invalid value (?<value>.*?)(?: at "(?<place>[^"]+)")?; (?<problem>(?:Expected |Value "|Enum "|Field "|\w+ cannot represent ).*)$/s;

/**
 * Our message in place of one of graphql-js, so that a caller reads it in one language; null if there is none.
 *
 * @param render renders a message; that for a variable contains another one
 */
export function querySentence(
  message: string,
  render: (sentence: Sentence) => string,
): Sentence | null {
  const variable = VARIABLE.exec(message)?.groups;
  if (variable) {
    const { variable: name = '', place = name, problem = '', value = '' } = variable;
    const inner = sentenceOf(problem, { value });
    return inner && { key: keyOf('variable'), vars: { variable: place, problem: render(inner) } };
  }
  return sentenceOf(message, {});
}

function sentenceOf(message: string, known: MessageVariables): Sentence | null {
  for (const [name, pattern] of SENTENCES) {
    const match = pattern.exec(message);
    if (match) return { key: keyOf(name), vars: { ...known, ...match.groups } };
  }
  return null;
}

function keyOf(name: string): MessageKey {
  return `errors:graphql.${name}`;
}
