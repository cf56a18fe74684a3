import { setTimeout as pause } from 'node:timers/promises';

import type { Locale } from '../../src/kernel/locale.js';
import { globalId } from '../../src/platform/graphql/schema/global-id.js';
import type { GraphqlResponse, StaffClient, TestApp } from './app.js';

const RULES = 'audience locale reason blocking message segmentKey assignee { name }';

const RESULT = `
  __typename
  ... on EditionPayload { edition locales publishedAt scheduledFor release { number schedule { at locales state heldBackReason by { name } unmet { ${RULES} } } published { edition } } }
  ... on NotReadyProblem { code message path readiness { ready at unmet { ${RULES} } } }
  ... on ValidationProblem { code message path }`;

export interface Unmet {
  readonly audience: string | null;
  readonly locale: Locale;
  readonly reason: string;
  readonly blocking: boolean;
  readonly message: string;
  readonly segmentKey: string | null;
  readonly assignee: { readonly name: string } | null;
}

export interface ScheduleSeen {
  readonly at: string;
  readonly locales: readonly Locale[];
  readonly state: 'WAITING' | 'HELD_BACK';
  readonly heldBackReason: 'RULES_UNMET' | 'RESTORED' | null;
  readonly by: { readonly name: string };
  readonly unmet: readonly Unmet[];
}

/** The result of `publish`, `retract` or `cancelSchedule`. */
export interface PublishOutcome {
  readonly __typename: 'EditionPayload' | 'NotReadyProblem' | 'ValidationProblem';
  readonly edition: number | null;
  readonly locales: readonly Locale[];
  readonly publishedAt: string | null;
  readonly scheduledFor: string | null;
  readonly release: {
    readonly number: string;
    readonly schedule: ScheduleSeen | null;
    readonly published: { readonly edition: number } | null;
  };
  readonly code: string;
  readonly message: string;
  readonly path: readonly string[] | null;
  readonly readiness: { readonly ready: boolean; readonly unmet: readonly Unmet[] };
}

export interface PublishInput {
  readonly locales?: readonly Locale[] | null;
  readonly at?: string | null;
  readonly waivers?: readonly { locale: Locale; audience?: string | null; reason: string }[];
  readonly correctionNotes?: readonly { locale: Locale; text: string }[] | null;
}

/** What a press officer does to publish a release, over HTTP. */
export class PressOffice {
  readonly editor: StaffClient;

  constructor(private readonly gateway: TestApp) {
    this.editor = gateway.as('EDITOR', null, 'Inés Paredes');
  }

  async idOf(number: string): Promise<string> {
    const rows = await this.gateway.database.dataSource.query<{ id: string }[]>(
      'SELECT id FROM authoring.release WHERE number = $1',
      [number],
    );
    return globalId('EditorialRelease', rows[0]?.id);
  }

  async publish(
    number: string,
    input: PublishInput = {},
    language = 'en',
  ): Promise<PublishOutcome> {
    const variables = { input: { releaseId: await this.idOf(number), ...input } };
    const document = `mutation ($input: PublishInput!) { done: publish(input: $input) { ${RESULT} } }`;
    return this.mutate(document, variables, language);
  }

  async retract(number: string, locales: readonly Locale[] | null = null, reason = 'An error') {
    const variables = { input: { releaseId: await this.idOf(number), locales, reason } };
    const document = `mutation ($input: RetractInput!) { done: retract(input: $input) { ${RESULT} } }`;
    return this.mutate(document, variables);
  }

  async cancel(number: string): Promise<PublishOutcome> {
    const variables = { id: await this.idOf(number) };
    return this.mutate(
      `mutation ($id: ID!) { done: cancelSchedule(releaseId: $id) { ${RESULT} } }`,
      variables,
    );
  }

  private async mutate(document: string, variables: object, language = 'en') {
    const headers = { 'accept-language': language };
    const response = await this.editor.mutate<{ done: PublishOutcome }>(document, {
      variables,
      headers,
    });
    return fine(response).done;
  }

  async readiness(number: string, locales: readonly Locale[] | null = null, language = 'en') {
    const response = await this.editor.query<{ publicationReadiness: PublishOutcome['readiness'] }>(
      `query ($id: ID!, $locales: [Locale!]) { publicationReadiness(releaseId: $id, locales: $locales) {
         ready at unmet { ${RULES} } } }`,
      {
        variables: { id: await this.idOf(number), locales },
        headers: { 'accept-language': language },
      },
    );
    return fine(response).publicationReadiness;
  }

  async schedule(number: string): Promise<ScheduleSeen | null> {
    const response = await this.editor.query<{
      editorialRelease: { schedule: ScheduleSeen | null };
    }>(
      `query ($number: String) { editorialRelease(number: $number) {
         schedule { at locales state heldBackReason by { name } unmet { ${RULES} } } } }`,
      { variables: { number } },
    );
    return fine(response).editorialRelease.schedule;
  }

  /** An instant by the database's clock. */
  async inMs(ms: number): Promise<string> {
    const rows = await this.gateway.database.dataSource.query<{ at: Date }[]>(
      `SELECT clock_timestamp() + make_interval(secs => $1) AS at`,
      [ms / 1000],
    );
    return rows[0]?.at.toISOString() ?? '';
  }
}

function fine<T>({ data, errors }: GraphqlResponse<T>): T {
  if (errors.length > 0) throw new Error(JSON.stringify(errors));
  return data;
}

/** `! CA FR STALE b2`: `!` where it blocks. */
export function asLines(unmet: readonly Unmet[]): string[] {
  return unmet.map(({ blocking, audience, locale, reason, segmentKey }) => {
    return [blocking ? '!' : '-', audience, locale, reason, segmentKey].filter(Boolean).join(' ');
  });
}

/** Polls until there is a result. */
export async function eventually<T>(
  attempt: () => Promise<T | null | false>,
  ms = 40_000,
): Promise<T> {
  for (const deadline = Date.now() + ms; ; await pause(20)) {
    const found = await attempt();
    if (found !== null && found !== false) return found;
    if (Date.now() > deadline) throw new Error('the condition was not met in time');
  }
}
