import type { Role } from '../../src/kernel/access.js';
import { type Locale, LOCALES } from '../../src/kernel/locale.js';

/** The objects that the attempts act on. */
export interface Place {
  readonly releaseId: string;
  /** A comment on each locale's text. */
  readonly comments: Readonly<Record<Locale, string>>;
}

/** Who may: `own` in the locales of their grants, `all` everywhere. A role that is absent may not. */
export type Rights = Partial<Record<Role, 'own' | 'all'>>;

/** One thing that somebody may try. */
export interface Attempt {
  /** The name of the field in the schema, and the special case if any. */
  readonly title: string;
  readonly document: string;
  /** In which locales it is tried; null: it is of none. */
  readonly locales: readonly (Locale | null)[];
  readonly variables: (place: Place, locale: Locale) => object;
  readonly rights: Rights;
}

const STAFF: Rights = { TRANSLATOR: 'own', REVISER: 'own', EDITOR: 'all', ADMIN: 'all' };
const WRITERS: Rights = { TRANSLATOR: 'own', REVISER: 'own' };
const REVIEWERS: Rights = { REVISER: 'own', EDITOR: 'all', ADMIN: 'all' };
const EDITORS: Rights = { EDITOR: 'all', ADMIN: 'all' };
const ADMINS: Rights = { ADMIN: 'all' };

/** The release that is tried on has a Spanish original. */
const ORIGINAL: readonly Locale[] = ['ES'];
const TRANSLATIONS = LOCALES.filter((locale) => !ORIGINAL.includes(locale));
const WHOLE: readonly null[] = [null];

function mutation(
  field: string,
  input: string,
  rights: Rights,
  locales: Attempt['locales'],
  variables: (place: Place, locale: Locale) => object,
  note = '',
): Attempt {
  return {
    title: note === '' ? field : `${field}, ${note}`,
    document: `mutation Try($input: ${input}!) { ${field}(input: $input) { __typename } }`,
    locales,
    variables: (place, locale) => ({ input: variables(place, locale) }),
    rights,
  };
}

function query(field: string, selection: string): Attempt {
  return {
    title: field,
    document: selection.includes('$id')
      ? `query Try($id: ID!) { ${selection} }`
      : `{ ${selection} }`,
    locales: WHOLE,
    variables: ({ releaseId }) => ({ id: releaseId }),
    rights: STAFF,
  };
}

const text = ({ releaseId }: Place, locale: Locale) => ({ releaseId, locale });
/** A revision that no text has: a caller who may write gets a conflict, and nothing changes. */
const step = (place: Place, locale: Locale) => ({ ...text(place, locale), expectedRevision: 99 });
const title = [{ kind: 'TITLE', text: 'Un título' }];
const entry = (namespace: string, key: string) => (_: Place, locale: Locale) => {
  return { namespace, key, locale, value: 'Text', expectedRevision: 99 };
};

/**
 * Every mutation and every query for staff, with who may: written out by hand from the contract. What is allowed is
 * attempted in such a way that it changes nothing, so that each attempt finds the same state.
 */
export const ATTEMPTS: readonly Attempt[] = [
  query('worklist', 'worklist { totalCount }'),
  query('editorialRelease', 'editorialRelease(id: $id) { number }'),
  query('editorialReleases', 'editorialReleases { totalCount }'),
  query('translation', 'translation(releaseId: $id, locale: FR) { revision }'),
  query('publicationReadiness', 'publicationReadiness(releaseId: $id) { ready }'),
  query('localeEntries', 'localeEntries { totalCount }'),
  query('audienceRules', 'audienceRules { id }'),

  mutation('createRelease', 'CreateReleaseInput', EDITORS, WHOLE, () => {
    const facts = { type: 'PRESS_RELEASE', date: '2026-05-01', originalLocale: 'ES' };
    return { number: 'no number', ...facts, segments: title };
  }),
  mutation('updateRelease', 'UpdateReleaseInput', EDITORS, WHOLE, ({ releaseId }) => {
    return { releaseId, expectedRevision: 99, date: '2026-05-02' };
  }),
  mutation('reviseOriginal', 'ReviseOriginalInput', EDITORS, WHOLE, ({ releaseId }) => {
    return { releaseId, expectedRevision: 99, change: 'MINOR', segments: title };
  }),
  mutation('saveTranslation', 'SaveTranslationInput', WRITERS, LOCALES, (place, locale) => {
    return { ...step(place, locale), segments: [] };
  }),
  mutation('confirmCurrent', 'ConfirmCurrentInput', WRITERS, LOCALES, (place, locale) => {
    return { ...step(place, locale), keys: ['title'] };
  }),
  ...(
    [
      [WRITERS, TRANSLATIONS, 'of a translation'],
      [EDITORS, ORIGINAL, 'of the original'],
    ] as const
  ).flatMap(([rights, locales, note]) => [
    mutation(
      'restoreRevision',
      'RestoreRevisionInput',
      rights,
      locales,
      (place, locale) => ({ ...step(place, locale), revision: 1 }),
      note,
    ),
    mutation('submitTranslation', 'TranslationStepInput', rights, locales, step, note),
  ]),
  mutation('approveTranslation', 'TranslationStepInput', REVIEWERS, LOCALES, step),
  mutation('requestChanges', 'TranslationStepInput', REVIEWERS, LOCALES, (place, locale) => {
    return { ...step(place, locale), comment: 'Please read again.' };
  }),
  mutation('assignTranslation', 'AssignInput', EDITORS, LOCALES, (place, locale) => {
    return { ...text(place, locale), assigneeId: 'nobody' };
  }),
  mutation('addComment', 'CommentInput', STAFF, LOCALES, (place, locale) => {
    return { ...text(place, locale), body: ' ' };
  }),
  {
    title: 'resolveComment',
    document: 'mutation Try($id: ID!) { resolveComment(id: $id) { __typename } }',
    locales: LOCALES,
    variables: ({ comments }, locale) => ({ id: comments[locale] }),
    rights: STAFF,
  },
  mutation('publish', 'PublishInput', EDITORS, WHOLE, ({ releaseId }) => {
    return { releaseId, locales: ['FR'] };
  }),
  mutation(
    'publish',
    'PublishInput',
    EDITORS,
    WHOLE,
    ({ releaseId }) => {
      return { releaseId, locales: ['FR'], waivers: [{ locale: 'EN', reason: 'Not needed' }] };
    },
    'with a waiver',
  ),
  {
    title: 'cancelSchedule',
    document: 'mutation Try($id: ID!) { cancelSchedule(releaseId: $id) { __typename } }',
    locales: WHOLE,
    variables: ({ releaseId }) => ({ id: releaseId }),
    rights: EDITORS,
  },
  mutation('retract', 'RetractInput', EDITORS, WHOLE, ({ releaseId }) => {
    return { releaseId, reason: 'For a test' };
  }),
  mutation('setAudienceRule', 'AudienceRuleInput', ADMINS, WHOLE, () => {
    return { audience: 'HT', validFrom: '2020-01-01', fallbackChain: [] };
  }),
  mutation('saveTopic', 'TopicInput', ADMINS, WHOLE, () => ({ slug: 'No slug!', names: [] })),
  mutation('saveLocaleEntry', 'SaveLocaleEntryInput', STAFF, LOCALES, entry('shop', 'known')),
  mutation(
    'saveLocaleEntry',
    'SaveLocaleEntryInput',
    EDITORS,
    LOCALES,
    entry('shop', 'unknown'),
    'of a new key',
  ),
  mutation(
    'saveLocaleEntry',
    'SaveLocaleEntryInput',
    ADMINS,
    LOCALES,
    entry('new-shop', 'key'),
    'in a new namespace',
  ),
];

/** What anybody may query; `viewer` is null without a token. */
export const PUBLIC_QUERIES: readonly string[] = [
  'localeBundle',
  'localization',
  'memberState',
  'memberStates',
  'node',
  'nodes',
  'parity',
  'release',
  'releaseChanges',
  'releases',
  'topics',
  'viewer',
];
