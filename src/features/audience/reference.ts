import { AppError } from '../../kernel/errors.js';
import { type ChainStep, type Locale, LOCALES, TAG_OF } from '../../kernel/locale.js';
import { type AudienceTerms, NO_TERMS } from '../../kernel/localization.js';
import {
  type AudienceRule,
  audienceTerms,
  type CalendarDate,
  type MemberState,
  type MembershipPeriod,
} from '../../kernel/member-state.js';
import type { ReleaseType } from '../../kernel/release.js';
import { memoizeByText } from '../../kernel/memoize-by-text.js';

export interface Topic {
  readonly id: string;
  readonly slug: string;
  readonly names: Partial<Record<Locale, string>>;
}

/** A rule with its id. */
export interface StoredRule extends AudienceRule {
  readonly id: string;
}

export interface StateNames {
  readonly code: string;
  readonly oasNames: Readonly<Partial<Record<Locale, string>>>;
}

/** The whole schema `reference` in memory: it is small, and every response needs it. */
export class ReferenceData {
  private readonly statesByCode: ReadonlyMap<string, MemberState>;
  private readonly rulesByAudience = new Map<string, StoredRule[]>();
  private readonly topicsById: ReadonlyMap<string, Topic>;

  constructor(
    readonly revision: number,
    readonly states: readonly MemberState[],
    readonly rules: readonly StoredRule[],
    readonly topics: readonly Topic[],
    /** The states with the names that the OAS uses if they differ from CLDR. */
    readonly namedStates: readonly StateNames[],
    /** Whether all texts have the lexemes of migration 0011; it moves the revision too. */
    readonly searchesLexemes: boolean,
  ) {
    this.statesByCode = new Map(states.map((state) => [state.code, state]));
    this.topicsById = new Map(topics.map((topic) => [topic.id, topic]));
    for (const rule of rules) {
      this.rulesByAudience.set(rule.audience, [...this.rulesOf(rule.audience), rule]);
    }
  }

  findState(code: string): MemberState | null {
    return this.statesByCode.get(code) ?? null;
  }

  /** @throws AppError COUNTRY_UNKNOWN for a code that is not in the table of member states */
  getState(code: string): MemberState {
    const state = this.findState(code);
    if (!state) throw new AppError('COUNTRY_UNKNOWN', { value: code.slice(0, 20) });
    return state;
  }

  rulesOf(audience: string): readonly StoredRule[] {
    return this.rulesByAudience.get(audience) ?? [];
  }

  findTopic(id: string): Topic | null {
    return this.topicsById.get(id) ?? null;
  }

  /** The terms without a particular release: by the rule for all types that is in force today. */
  generalTerms(audience: string, today: CalendarDate): AudienceTerms {
    return audienceTerms(
      this.getState(audience),
      this.rulesOf(audience),
      { type: null, date: today },
      today,
    );
  }

  /** The locales in which an audience is served, whatever the original, by the rule in force today. */
  localesOf(audience: string, today: CalendarDate): Locale[] {
    const { chain } = this.generalTerms(audience, today);
    return chain.filter((step): step is Locale => step !== 'ORIGINAL');
  }

  /** The terms of an audience for one release; none without an audience. */
  termsFor(
    audience: string | null,
    release: { readonly type: ReleaseType; readonly date: CalendarDate },
    today: CalendarDate,
  ): AudienceTerms {
    if (audience === null) return NO_TERMS;
    const { code } = this.getState(audience);
    return this.knownTerms(`${code} ${release.type} ${release.date} ${today}`);
  }

  private readonly knownTerms = memoizeByText((key): AudienceTerms => {
    const [audience = '', type = '', date = '', today = ''] = key.split(' ');
    const release = { type: type as ReleaseType, date };
    return audienceTerms(this.getState(audience), this.rulesOf(audience), release, today);
  }, 10_000);
}

/** Rows as the repository reads them, one JSON document for each table. */
export interface ReferenceRows {
  revision: number;
  states: {
    code: string;
    since_year: number;
    national_languages: string[];
    tags: string[];
    time_zone: string;
    oas_names: Record<string, string>;
    periods: {
      status: MembershipPeriod['status'];
      valid_from: string;
      valid_until: string | null;
    }[];
  }[];
  rules: {
    id: string;
    audience: string;
    type: ReleaseType | null;
    valid_from: string;
    valid_to: string | null;
    required_locales: Locale[];
    fallback_chain: ChainStep[];
    stale_policy: 'SERVE' | 'WITHHOLD';
  }[];
  topics: { id: string; slug: string; names: Partial<Record<Locale, string>> }[];
  searches_lexemes: boolean;
}

export function referenceFrom(rows: ReferenceRows): ReferenceData {
  const states = rows.states.map((row): MemberState => {
    const periods = row.periods.map(({ status, valid_from: from, valid_until: until }) => {
      return { status, from, until };
    });
    return {
      code: row.code,
      sinceYear: row.since_year,
      periods,
      nationalLanguages: row.national_languages,
      tags: row.tags,
      timeZone: row.time_zone,
    };
  });
  const rules = rows.rules.map((row): StoredRule => {
    return {
      id: row.id,
      audience: row.audience,
      type: row.type,
      validFrom: row.valid_from,
      validTo: row.valid_to,
      requiredLocales: row.required_locales,
      fallbackChain: row.fallback_chain,
      stalePolicy: row.stale_policy,
    };
  });
  const names = rows.states.map(({ code, oas_names }): StateNames => {
    const of = (locale: Locale) => oas_names[TAG_OF[locale]];
    const known = LOCALES.flatMap((locale) => {
      const name = of(locale);
      return name === undefined ? [] : [[locale, name] as const];
    });
    return { code, oasNames: Object.fromEntries(known) };
  });
  return new ReferenceData(rows.revision, states, rules, rows.topics, names, rows.searches_lexemes);
}
