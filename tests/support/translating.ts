import { globalId } from '../../src/platform/graphql/schema/global-id.js';
import type { Locale } from '../../src/kernel/locale.js';
import type { Freshness, SegmentKind, TextOrigin } from '../../src/kernel/release.js';
import type { TranslationState } from '../../src/kernel/workflow.js';
import type { GraphqlResponse, StaffClient } from './app.js';

export interface SegmentView {
  readonly key: string;
  readonly kind: SegmentKind;
  readonly source: string | null;
  readonly sourceDigest: string | null;
  readonly target: string | null;
  readonly omitted: boolean;
  readonly freshness: Freshness | null;
  readonly origin: TextOrigin | null;
  readonly sourceWas: string | null;
}

export interface TranslationView {
  readonly id: string;
  readonly state: TranslationState;
  readonly revision: number;
  readonly freshness: Freshness | null;
  readonly completeness: number;
  readonly segments: readonly SegmentView[];
}

export interface ConflictView {
  readonly key: string;
  readonly base: string | null;
  readonly theirs: string | null;
  readonly yours: string | null;
  readonly sourceChanged: boolean;
}

/** Whatever a mutation of a text came to. */
export interface Outcome {
  readonly __typename: string;
  readonly translation?: TranslationView;
  readonly code?: string;
  readonly message?: string;
  readonly path?: readonly string[] | null;
  readonly currentRevision?: number;
  readonly conflicts?: readonly ConflictView[];
  readonly from?: TranslationState;
  readonly allowed?: readonly TranslationState[];
}

export interface TargetView {
  readonly key: string;
  readonly sourceDigest?: string | null;
  readonly text?: string | null;
  readonly omitted?: boolean;
  readonly after?: string | null;
}

const TEXT = `fragment Text on Translation { id state revision freshness completeness
  segments { key kind source sourceDigest target omitted freshness origin sourceWas } }`;

const OUTCOME = `__typename
  ... on TranslationPayload { translation { ...Text } }
  ... on Problem { code message path }
  ... on RevisionConflict { currentRevision conflicts { key base theirs yours sourceChanged } }`;

const INPUTS = {
  saveTranslation: 'SaveTranslationInput',
  confirmCurrent: 'ConfirmCurrentInput',
  restoreRevision: 'RestoreRevisionInput',
  assignTranslation: 'AssignInput',
  submitTranslation: 'TranslationStepInput',
  approveTranslation: 'TranslationStepInput',
  requestChanges: 'TranslationStepInput',
} as const;

export type TextMutation = keyof typeof INPUTS;
export type StepMutation = 'submitTranslation' | 'approveTranslation' | 'requestChanges';

/** One locale of one release, as somebody works on it. */
export class Text {
  readonly releaseId: string;

  constructor(
    uuid: string,
    readonly locale: Locale,
  ) {
    this.releaseId = globalId('EditorialRelease', uuid);
  }

  async read(client: StaffClient): Promise<TranslationView> {
    const document = `query ($releaseId: ID!, $locale: Locale!) {
      translation(releaseId: $releaseId, locale: $locale) { ...Text } } ${TEXT}`;
    const { data, errors } = await client.query<{ translation: TranslationView }>(document, {
      variables: this.place,
    });
    if (errors.length > 0) throw new Error(JSON.stringify(errors));
    return data.translation;
  }

  async send(
    client: StaffClient,
    mutation: TextMutation,
    input: object,
  ): Promise<GraphqlResponse<{ result: Outcome } | null>> {
    const isStep = INPUTS[mutation] === 'TranslationStepInput';
    const document = `mutation ($input: ${INPUTS[mutation]}!) { result: ${mutation}(input: $input) {
      ${OUTCOME} ${isStep ? '... on TransitionProblem { from allowed }' : ''} } } ${TEXT}`;
    return client.mutate(document, { variables: { input: { ...this.place, ...input } } });
  }

  async do(client: StaffClient, mutation: TextMutation, input: object): Promise<Outcome> {
    const { data, errors } = await this.send(client, mutation, input);
    if (!data || errors.length > 0) throw new Error(JSON.stringify(errors));
    return data.result;
  }

  /** Saves these texts on top of the current revision. */
  async write(
    client: StaffClient,
    texts: Readonly<Record<string, string | null>>,
    origin?: TextOrigin,
  ): Promise<Outcome> {
    const { revision, segments } = await this.read(client);
    const digests = new Map(segments.map(({ key, sourceDigest }) => [key, sourceDigest]));
    const targets = Object.entries(texts).map(([key, text]): TargetView => {
      return { key, text, sourceDigest: digests.get(key) ?? null };
    });
    return this.save(client, revision, targets, origin);
  }

  save(
    client: StaffClient,
    expectedRevision: number,
    segments: readonly TargetView[],
    origin?: TextOrigin,
  ): Promise<Outcome> {
    return this.do(client, 'saveTranslation', { expectedRevision, segments, origin });
  }

  step(
    client: StaffClient,
    mutation: StepMutation,
    expectedRevision: number,
    comment?: string,
  ): Promise<Outcome> {
    return this.do(client, mutation, { expectedRevision, comment });
  }

  private get place() {
    return { releaseId: this.releaseId, locale: this.locale };
  }
}

/** The translation that a mutation wrote. @throws where it was refused */
export function written(outcome: Outcome): TranslationView {
  if (!outcome.translation) throw new Error(JSON.stringify(outcome));
  return outcome.translation;
}

/** The target of each segment by its key, in the order of reading. */
export function targetsOf({ segments }: TranslationView): Record<string, string | null> {
  return Object.fromEntries(segments.map(({ key, target }) => [key, target]));
}
