/** Operations that a client of the staff would send; shared by tests. */

const PROBLEMS = `
  ... on ValidationProblem { code message path }
  ... on RevisionConflict { code message currentRevision conflicts { key base theirs yours sourceChanged } }`;

const RELEASE = `id number type date originalLocale publishPolicy revision
  topics { slug } audiences { code } mentions { code } retractedAt published { edition }
  translations { locale isOriginal state revision publishedRevision freshness completeness
    segments { key kind source sourceDigest target omitted freshness origin sourceWas } }`;

export const CREATE = `mutation Create($input: CreateReleaseInput!) { createRelease(input: $input) {
  __typename ... on ReleasePayload { release { ${RELEASE} } } ${PROBLEMS.split('\n')[1] ?? ''} } }`;

export const UPDATE = `mutation Update($input: UpdateReleaseInput!) { updateRelease(input: $input) {
  __typename ... on ReleasePayload { release { ${RELEASE} } } ${PROBLEMS} } }`;

export const REVISE = `mutation Revise($input: ReviseOriginalInput!) { reviseOriginal(input: $input) {
  __typename ... on ReleasePayload { release { ${RELEASE} } } ${PROBLEMS} } }`;

export const EDITORIAL_RELEASE = `query Find($id: ID, $number: String) {
  editorialRelease(id: $id, number: $number) { ${RELEASE} } }`;

const TRANSLATION = `translation { locale state revision publishedRevision freshness completeness
  segments { key sourceDigest target omitted freshness sourceWas } }`;

export const TRANSLATION_OF = `query Translation($releaseId: ID!, $locale: Locale!) {
  translation(releaseId: $releaseId, locale: $locale) { revision state freshness
    segments { key kind source sourceDigest target omitted freshness origin sourceWas } } }`;

export const SAVE = `mutation Save($input: SaveTranslationInput!) { saveTranslation(input: $input) {
  __typename ... on TranslationPayload { ${TRANSLATION} } ${PROBLEMS} } }`;

export const CONFIRM = `mutation Confirm($input: ConfirmCurrentInput!) { confirmCurrent(input: $input) {
  __typename ... on TranslationPayload { ${TRANSLATION} } ${PROBLEMS} } }`;

export type Step = 'submitTranslation' | 'approveTranslation' | 'requestChanges';

export const step = (
  name: Step,
): string => `mutation Step($input: TranslationStepInput!) { ${name}(input: $input) {
  __typename ... on TranslationPayload { ${TRANSLATION} } ${PROBLEMS}
  ... on TransitionProblem { code message from allowed } } }`;

const READINESS = 'ready unmet { audience locale reason blocking message segmentKey }';

export const READY = `query Ready($releaseId: ID!, $locales: [Locale!]) {
  publicationReadiness(releaseId: $releaseId, locales: $locales) { ${READINESS} } }`;

const EDITION = `__typename
  ... on EditionPayload { edition locales publishedAt scheduledFor
    release { published { edition } schedule { at locales state unmet { locale reason } } retractedAt } }
  ... on NotReadyProblem { code message readiness { ${READINESS} } }
  ... on ValidationProblem { code message path }`;

export const PUBLISH = `mutation Publish($input: PublishInput!) { publish(input: $input) { ${EDITION} } }`;

export const RETRACT = `mutation Retract($input: RetractInput!) { retract(input: $input) { ${EDITION} } }`;

export interface SegmentResult {
  readonly key: string;
  readonly kind: string;
  readonly source: string | null;
  readonly sourceDigest: string | null;
  readonly target: string | null;
  readonly omitted: boolean;
  readonly freshness: string | null;
  readonly origin: string | null;
  readonly sourceWas: string | null;
}

export interface TranslationResult {
  readonly locale: string;
  readonly isOriginal: boolean;
  readonly state: string;
  readonly revision: number;
  readonly publishedRevision: number | null;
  readonly freshness: string | null;
  readonly completeness: number;
  readonly segments: readonly SegmentResult[];
}

export interface ReleaseResult {
  readonly id: string;
  readonly number: string;
  readonly type: string;
  readonly date: string;
  readonly originalLocale: string;
  readonly publishPolicy: string;
  readonly revision: number;
  readonly topics: readonly { readonly slug: string }[];
  readonly audiences: readonly { readonly code: string }[];
  readonly mentions: readonly { readonly code: string }[];
  readonly retractedAt: string | null;
  readonly published: { readonly edition: number } | null;
  readonly translations: readonly TranslationResult[];
}

/** Whatever a mutation of one release came to: a payload or a problem. */
export interface ReleaseOutcome {
  readonly __typename: string;
  readonly release: ReleaseResult;
  readonly code: string;
  readonly message: string;
  readonly path: readonly string[] | null;
  readonly currentRevision: number;
  readonly conflicts: readonly {
    readonly key: string;
    readonly base: string | null;
    readonly theirs: string | null;
    readonly yours: string | null;
    readonly sourceChanged: boolean;
  }[];
}
