/* Written by .ci/web-types.mjs. */
/* eslint-disable max-lines */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> =
  T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
/** How an audience is served. "Current" means not STALE. Required locales and membership are those of the date of the release. An audience with no required locale at that date (not yet or no longer a member) is COMPLETE only if the first language of its chain is served, else FALLBACK. */
export type AvailabilityStatus =
  /** Every locale that this audience requires is published and current. */
  | 'COMPLETE'
  /** No required locale may be served (none is published, or the policy withholds it); the audience gets another one, marked as a fallback. */
  | 'FALLBACK'
  /** A required locale is served, but another one is missing, or one of them is stale. */
  | 'PARTIAL'
  /** Nothing may be served to this audience. */
  | 'UNAVAILABLE';

/** What to do with the copy of a release. */
export type ChangeKind =
  /** Delete it. */
  | 'REMOVE'
  /** Add it, or replace the present copy. */
  | 'UPSERT';

/** Why the copy of a reader changes. */
export type ChangeReason =
  /** The reader had a fallback and now gets another language. */
  | 'FALLBACK_REPLACED'
  /** No longer addressed to the state in addressedTo. */
  | 'NO_LONGER_ADDRESSED'
  /** Published, but not for this reader any longer: coherence STRICT, a stale text that the audience does not get, or a corrected date before dateFrom. */
  | 'NO_LONGER_SERVED'
  /** The reader is served the release for the first time, or again. */
  | 'PUBLISHED'
  /** The release, or its only text for this reader, was retracted. */
  | 'RETRACTED'
  /** Something that this reader is served has changed. In a page after the first of one sync, and for an operation that does not select metadataChanges, the text may be the same. */
  | 'UPDATED';

/** How a translated text stands against its original; computed, never set by hand. An original is always CURRENT. For readers: against the original of the same edition. For staff: against the newest saved original. */
export type Freshness =
  /** Made from the source as it is now. */
  | 'CURRENT'
  /** The source has changed since, but not in substance. */
  | 'MINOR_DRIFT'
  /** The source has changed in substance since, or has more text. */
  | 'STALE';

/** The four official languages of the OAS. */
export type Locale =
  /** English; letter E of references. */
  | 'EN'
  /** Spanish; letter C of references. */
  | 'ES'
  /** French; letter F of references. */
  | 'FR'
  /** Portuguese; letter P of references. */
  | 'PT';

/** What became of a locale in the decision. */
export type LocaleOutcome =
  /** Published, but without a field that the original has, and coherence does not allow a mix. */
  | 'INCOMPLETE'
  /** The release is not published in this locale. */
  | 'NOT_PUBLISHED'
  /** An earlier locale of the chain was chosen. */
  | 'NOT_TRIED'
  /** Was published in this locale and has been retracted. */
  | 'RETRACTED'
  /** The locale that the reader gets. */
  | 'SERVED'
  /** Published, but STALE, and the policy of the audience withholds such a text. */
  | 'STALE_WITHHELD';

/** A condition on the set of locales in which a release is published. Several fields must all hold. */
export type LocaleSetFilter = {
  /** Published in each of these. */
  readonly all?: ReadonlyArray<Locale> | null | undefined;
  /** Published in at least one of these. */
  readonly any?: ReadonlyArray<Locale> | null | undefined;
  /** Published in none of these. */
  readonly none?: ReadonlyArray<Locale> | null | undefined;
};

/** Conditions on releases. All of them must hold; a list holds if one of its members does. An omitted or null field is no condition; an empty list matches nothing. A list has at most 100 members. */
export type ReleaseFilter = {
  /** Releases addressed to this state, by name or because they are addressed to all. */
  readonly addressedTo?: string | null | undefined;
  /** Status for the audience of the request. Without an audience: BAD_USER_INPUT, reason AUDIENCE_MISSING. */
  readonly availability?: ReadonlyArray<AvailabilityStatus> | null | undefined;
  /** Releases dated on this day or later. */
  readonly dateFrom?: string | null | undefined;
  /** Releases dated on this day or earlier. */
  readonly dateTo?: string | null | undefined;
  /** States that the release is about. */
  readonly mentions?: ReadonlyArray<string> | null | undefined;
  /** Languages in which the release was written. */
  readonly originalLocale?: ReadonlyArray<Locale> | null | undefined;
  /** Locales in which the release is, or is not, published now; fallbacks do not count. */
  readonly publishedIn?: LocaleSetFilter | null | undefined;
  /** Slugs of topics, as Topic.slug has them. */
  readonly topic?: ReadonlyArray<string> | null | undefined;
  /** Types of release. */
  readonly type?: ReadonlyArray<ReleaseType> | null | undefined;
};

/** Series in which a release appears. */
export type ReleaseType =
  /** Media advisory, announcing an event: AVI-127/13. */
  | 'ADVISORY'
  /** Photographs with captions, numbered through: FNE-4622. */
  | 'PHOTO_NEWS'
  /** Press release, numbered by year and language: E-305/12. */
  | 'PRESS_RELEASE'
  /** Speech as delivered, with the year first: 26-0014. */
  | 'SPEECH'
  /** Statement of the Organization, numbered as press releases. */
  | 'STATEMENT';

/** Writing direction of a text. */
export type TextDirection =
  /** Left to right; dir="ltr" in HTML. */
  | 'LTR'
  /** Right to left; dir="rtl" in HTML. */
  | 'RTL';

/** How a text came about. */
export type TextOrigin =
  /** Translated by a person. */
  | 'HUMAN'
  /** Taken over from an earlier publication; who translated it is unknown. */
  | 'IMPORTED'
  /** Translated by a machine and not reviewed. */
  | 'MACHINE'
  /** Translated by a machine, then reviewed by a person. */
  | 'MACHINE_REVIEWED'
  /** Written in the original language of the release. */
  | 'ORIGINAL';

export type AppChangedSubscriptionVariables = Exact<{
  since?: string | null | undefined;
  languages: ReadonlyArray<string> | string;
  audience?: string | null | undefined;
  dateFrom?: string | null | undefined;
}>;

export type AppChangedSubscription = {
  readonly releaseChanged: {
    readonly __typename: 'SyncPage';
    readonly cursor: string;
    readonly hasMore: boolean;
    readonly reset: boolean;
    readonly total: number | null;
    readonly serverTime: string;
    readonly changes: ReadonlyArray<{
      readonly __typename: 'ReleaseChange';
      readonly kind: ChangeKind;
      readonly reason: ChangeReason;
      readonly releaseId: string;
      readonly localizedId: string;
      readonly number: string;
      readonly at: string;
      readonly localized: {
        readonly __typename: 'LocalizedRelease';
        readonly id: string;
        readonly reference: string;
        readonly slug: string;
        readonly dateText: string;
        readonly publishedAt: string;
        readonly modifiedAt: string;
        readonly resolution: {
          readonly __typename: 'LocaleResolution';
          readonly locale: Locale | null;
          readonly isFallback: boolean;
          readonly trail: ReadonlyArray<{
            readonly __typename: 'LocaleStep';
            readonly locale: Locale;
            readonly outcome: LocaleOutcome;
          }>;
        };
        readonly title: {
          readonly __typename: 'LocalizedText';
          readonly value: string;
          readonly locale: Locale;
          readonly lang: string;
          readonly dir: TextDirection;
          readonly isFallback: boolean;
          readonly freshness: Freshness;
          readonly origin: TextOrigin;
        };
        readonly summary: {
          readonly __typename: 'LocalizedText';
          readonly value: string;
          readonly locale: Locale;
          readonly lang: string;
          readonly dir: TextDirection;
          readonly isFallback: boolean;
          readonly freshness: Freshness;
          readonly origin: TextOrigin;
        } | null;
        readonly excerpt: {
          readonly __typename: 'LocalizedText';
          readonly value: string;
          readonly locale: Locale;
          readonly lang: string;
          readonly dir: TextDirection;
          readonly isFallback: boolean;
          readonly freshness: Freshness;
          readonly origin: TextOrigin;
        };
        readonly body: {
          readonly __typename: 'LocalizedRichText';
          readonly html: string;
          readonly plainText: string;
          readonly locale: Locale;
          readonly lang: string;
          readonly dir: TextDirection;
          readonly freshness: Freshness;
          readonly origin: TextOrigin;
        };
        readonly corrections: ReadonlyArray<{
          readonly __typename: 'Correction';
          readonly edition: number;
          readonly at: string;
          readonly note: {
            readonly __typename: 'LocalizedText';
            readonly value: string;
            readonly locale: Locale;
            readonly lang: string;
            readonly dir: TextDirection;
            readonly isFallback: boolean;
            readonly freshness: Freshness;
            readonly origin: TextOrigin;
          };
        }>;
        readonly release: {
          readonly __typename: 'Release';
          readonly id: string;
          readonly number: string;
          readonly type: ReleaseType;
          readonly date: string;
          readonly originalLocale: Locale;
          readonly edition: number;
          readonly publishedAt: string;
          readonly alternates: ReadonlyArray<{
            readonly __typename: 'Alternate';
            readonly locale: Locale;
            readonly slug: string;
            readonly reference: string;
          }>;
          readonly topics: ReadonlyArray<{
            readonly __typename: 'Topic';
            readonly id: string;
            readonly slug: string;
          }>;
          readonly audiences: ReadonlyArray<{
            readonly __typename: 'MemberState';
            readonly id: string;
            readonly code: string;
          }>;
          readonly mentions: ReadonlyArray<{
            readonly __typename: 'MemberState';
            readonly id: string;
            readonly code: string;
          }>;
        };
      } | null;
    }>;
    readonly metadataChanges: ReadonlyArray<{
      readonly __typename: 'MetadataChange';
      readonly releaseId: string;
      readonly localizedId: string;
      readonly number: string;
      readonly at: string;
      readonly release: {
        readonly __typename: 'Release';
        readonly id: string;
        readonly number: string;
        readonly type: ReleaseType;
        readonly date: string;
        readonly originalLocale: Locale;
        readonly edition: number;
        readonly publishedAt: string;
        readonly alternates: ReadonlyArray<{
          readonly __typename: 'Alternate';
          readonly locale: Locale;
          readonly slug: string;
          readonly reference: string;
        }>;
        readonly topics: ReadonlyArray<{
          readonly __typename: 'Topic';
          readonly id: string;
          readonly slug: string;
        }>;
        readonly audiences: ReadonlyArray<{
          readonly __typename: 'MemberState';
          readonly id: string;
          readonly code: string;
        }>;
        readonly mentions: ReadonlyArray<{
          readonly __typename: 'MemberState';
          readonly id: string;
          readonly code: string;
        }>;
      };
      readonly resolution: {
        readonly __typename: 'LocaleResolution';
        readonly locale: Locale | null;
        readonly isFallback: boolean;
        readonly trail: ReadonlyArray<{
          readonly __typename: 'LocaleStep';
          readonly locale: Locale;
          readonly outcome: LocaleOutcome;
        }>;
      };
    }>;
  };
};

export type AppFactsFragment = {
  readonly __typename: 'Release';
  readonly id: string;
  readonly number: string;
  readonly type: ReleaseType;
  readonly date: string;
  readonly originalLocale: Locale;
  readonly edition: number;
  readonly publishedAt: string;
  readonly alternates: ReadonlyArray<{
    readonly __typename: 'Alternate';
    readonly locale: Locale;
    readonly slug: string;
    readonly reference: string;
  }>;
  readonly topics: ReadonlyArray<{
    readonly __typename: 'Topic';
    readonly id: string;
    readonly slug: string;
  }>;
  readonly audiences: ReadonlyArray<{
    readonly __typename: 'MemberState';
    readonly id: string;
    readonly code: string;
  }>;
  readonly mentions: ReadonlyArray<{
    readonly __typename: 'MemberState';
    readonly id: string;
    readonly code: string;
  }>;
};

export type AppPageFragment = {
  readonly __typename: 'SyncPage';
  readonly cursor: string;
  readonly hasMore: boolean;
  readonly reset: boolean;
  readonly total: number | null;
  readonly serverTime: string;
  readonly changes: ReadonlyArray<{
    readonly __typename: 'ReleaseChange';
    readonly kind: ChangeKind;
    readonly reason: ChangeReason;
    readonly releaseId: string;
    readonly localizedId: string;
    readonly number: string;
    readonly at: string;
    readonly localized: {
      readonly __typename: 'LocalizedRelease';
      readonly id: string;
      readonly reference: string;
      readonly slug: string;
      readonly dateText: string;
      readonly publishedAt: string;
      readonly modifiedAt: string;
      readonly resolution: {
        readonly __typename: 'LocaleResolution';
        readonly locale: Locale | null;
        readonly isFallback: boolean;
        readonly trail: ReadonlyArray<{
          readonly __typename: 'LocaleStep';
          readonly locale: Locale;
          readonly outcome: LocaleOutcome;
        }>;
      };
      readonly title: {
        readonly __typename: 'LocalizedText';
        readonly value: string;
        readonly locale: Locale;
        readonly lang: string;
        readonly dir: TextDirection;
        readonly isFallback: boolean;
        readonly freshness: Freshness;
        readonly origin: TextOrigin;
      };
      readonly summary: {
        readonly __typename: 'LocalizedText';
        readonly value: string;
        readonly locale: Locale;
        readonly lang: string;
        readonly dir: TextDirection;
        readonly isFallback: boolean;
        readonly freshness: Freshness;
        readonly origin: TextOrigin;
      } | null;
      readonly excerpt: {
        readonly __typename: 'LocalizedText';
        readonly value: string;
        readonly locale: Locale;
        readonly lang: string;
        readonly dir: TextDirection;
        readonly isFallback: boolean;
        readonly freshness: Freshness;
        readonly origin: TextOrigin;
      };
      readonly body: {
        readonly __typename: 'LocalizedRichText';
        readonly html: string;
        readonly plainText: string;
        readonly locale: Locale;
        readonly lang: string;
        readonly dir: TextDirection;
        readonly freshness: Freshness;
        readonly origin: TextOrigin;
      };
      readonly corrections: ReadonlyArray<{
        readonly __typename: 'Correction';
        readonly edition: number;
        readonly at: string;
        readonly note: {
          readonly __typename: 'LocalizedText';
          readonly value: string;
          readonly locale: Locale;
          readonly lang: string;
          readonly dir: TextDirection;
          readonly isFallback: boolean;
          readonly freshness: Freshness;
          readonly origin: TextOrigin;
        };
      }>;
      readonly release: {
        readonly __typename: 'Release';
        readonly id: string;
        readonly number: string;
        readonly type: ReleaseType;
        readonly date: string;
        readonly originalLocale: Locale;
        readonly edition: number;
        readonly publishedAt: string;
        readonly alternates: ReadonlyArray<{
          readonly __typename: 'Alternate';
          readonly locale: Locale;
          readonly slug: string;
          readonly reference: string;
        }>;
        readonly topics: ReadonlyArray<{
          readonly __typename: 'Topic';
          readonly id: string;
          readonly slug: string;
        }>;
        readonly audiences: ReadonlyArray<{
          readonly __typename: 'MemberState';
          readonly id: string;
          readonly code: string;
        }>;
        readonly mentions: ReadonlyArray<{
          readonly __typename: 'MemberState';
          readonly id: string;
          readonly code: string;
        }>;
      };
    } | null;
  }>;
  readonly metadataChanges: ReadonlyArray<{
    readonly __typename: 'MetadataChange';
    readonly releaseId: string;
    readonly localizedId: string;
    readonly number: string;
    readonly at: string;
    readonly release: {
      readonly __typename: 'Release';
      readonly id: string;
      readonly number: string;
      readonly type: ReleaseType;
      readonly date: string;
      readonly originalLocale: Locale;
      readonly edition: number;
      readonly publishedAt: string;
      readonly alternates: ReadonlyArray<{
        readonly __typename: 'Alternate';
        readonly locale: Locale;
        readonly slug: string;
        readonly reference: string;
      }>;
      readonly topics: ReadonlyArray<{
        readonly __typename: 'Topic';
        readonly id: string;
        readonly slug: string;
      }>;
      readonly audiences: ReadonlyArray<{
        readonly __typename: 'MemberState';
        readonly id: string;
        readonly code: string;
      }>;
      readonly mentions: ReadonlyArray<{
        readonly __typename: 'MemberState';
        readonly id: string;
        readonly code: string;
      }>;
    };
    readonly resolution: {
      readonly __typename: 'LocaleResolution';
      readonly locale: Locale | null;
      readonly isFallback: boolean;
      readonly trail: ReadonlyArray<{
        readonly __typename: 'LocaleStep';
        readonly locale: Locale;
        readonly outcome: LocaleOutcome;
      }>;
    };
  }>;
};

export type AppReleaseFragment = {
  readonly __typename: 'LocalizedRelease';
  readonly id: string;
  readonly reference: string;
  readonly slug: string;
  readonly dateText: string;
  readonly publishedAt: string;
  readonly modifiedAt: string;
  readonly resolution: {
    readonly __typename: 'LocaleResolution';
    readonly locale: Locale | null;
    readonly isFallback: boolean;
    readonly trail: ReadonlyArray<{
      readonly __typename: 'LocaleStep';
      readonly locale: Locale;
      readonly outcome: LocaleOutcome;
    }>;
  };
  readonly title: {
    readonly __typename: 'LocalizedText';
    readonly value: string;
    readonly locale: Locale;
    readonly lang: string;
    readonly dir: TextDirection;
    readonly isFallback: boolean;
    readonly freshness: Freshness;
    readonly origin: TextOrigin;
  };
  readonly summary: {
    readonly __typename: 'LocalizedText';
    readonly value: string;
    readonly locale: Locale;
    readonly lang: string;
    readonly dir: TextDirection;
    readonly isFallback: boolean;
    readonly freshness: Freshness;
    readonly origin: TextOrigin;
  } | null;
  readonly excerpt: {
    readonly __typename: 'LocalizedText';
    readonly value: string;
    readonly locale: Locale;
    readonly lang: string;
    readonly dir: TextDirection;
    readonly isFallback: boolean;
    readonly freshness: Freshness;
    readonly origin: TextOrigin;
  };
  readonly body: {
    readonly __typename: 'LocalizedRichText';
    readonly html: string;
    readonly plainText: string;
    readonly locale: Locale;
    readonly lang: string;
    readonly dir: TextDirection;
    readonly freshness: Freshness;
    readonly origin: TextOrigin;
  };
  readonly corrections: ReadonlyArray<{
    readonly __typename: 'Correction';
    readonly edition: number;
    readonly at: string;
    readonly note: {
      readonly __typename: 'LocalizedText';
      readonly value: string;
      readonly locale: Locale;
      readonly lang: string;
      readonly dir: TextDirection;
      readonly isFallback: boolean;
      readonly freshness: Freshness;
      readonly origin: TextOrigin;
    };
  }>;
  readonly release: {
    readonly __typename: 'Release';
    readonly id: string;
    readonly number: string;
    readonly type: ReleaseType;
    readonly date: string;
    readonly originalLocale: Locale;
    readonly edition: number;
    readonly publishedAt: string;
    readonly alternates: ReadonlyArray<{
      readonly __typename: 'Alternate';
      readonly locale: Locale;
      readonly slug: string;
      readonly reference: string;
    }>;
    readonly topics: ReadonlyArray<{
      readonly __typename: 'Topic';
      readonly id: string;
      readonly slug: string;
    }>;
    readonly audiences: ReadonlyArray<{
      readonly __typename: 'MemberState';
      readonly id: string;
      readonly code: string;
    }>;
    readonly mentions: ReadonlyArray<{
      readonly __typename: 'MemberState';
      readonly id: string;
      readonly code: string;
    }>;
  };
};

export type AppResolutionFragment = {
  readonly __typename: 'LocaleResolution';
  readonly locale: Locale | null;
  readonly isFallback: boolean;
  readonly trail: ReadonlyArray<{
    readonly __typename: 'LocaleStep';
    readonly locale: Locale;
    readonly outcome: LocaleOutcome;
  }>;
};

export type ReleaseFactsFragment = {
  readonly __typename: 'Release';
  readonly id: string;
  readonly number: string;
  readonly type: ReleaseType;
  readonly date: string;
  readonly originalLocale: Locale;
  readonly edition: number;
  readonly publishedAt: string;
};

export type TextFieldsFragment = {
  readonly __typename: 'LocalizedText';
  readonly value: string;
  readonly locale: Locale;
  readonly lang: string;
  readonly dir: TextDirection;
  readonly isFallback: boolean;
  readonly freshness: Freshness;
  readonly origin: TextOrigin;
};

export type AppChangesQueryVariables = Exact<{
  since?: string | null | undefined;
  first?: number | null | undefined;
  languages: ReadonlyArray<string> | string;
  audience?: string | null | undefined;
  dateFrom?: string | null | undefined;
}>;

export type AppChangesQuery = {
  readonly releaseChanges: {
    readonly __typename: 'SyncPage';
    readonly cursor: string;
    readonly hasMore: boolean;
    readonly reset: boolean;
    readonly total: number | null;
    readonly serverTime: string;
    readonly changes: ReadonlyArray<{
      readonly __typename: 'ReleaseChange';
      readonly kind: ChangeKind;
      readonly reason: ChangeReason;
      readonly releaseId: string;
      readonly localizedId: string;
      readonly number: string;
      readonly at: string;
      readonly localized: {
        readonly __typename: 'LocalizedRelease';
        readonly id: string;
        readonly reference: string;
        readonly slug: string;
        readonly dateText: string;
        readonly publishedAt: string;
        readonly modifiedAt: string;
        readonly resolution: {
          readonly __typename: 'LocaleResolution';
          readonly locale: Locale | null;
          readonly isFallback: boolean;
          readonly trail: ReadonlyArray<{
            readonly __typename: 'LocaleStep';
            readonly locale: Locale;
            readonly outcome: LocaleOutcome;
          }>;
        };
        readonly title: {
          readonly __typename: 'LocalizedText';
          readonly value: string;
          readonly locale: Locale;
          readonly lang: string;
          readonly dir: TextDirection;
          readonly isFallback: boolean;
          readonly freshness: Freshness;
          readonly origin: TextOrigin;
        };
        readonly summary: {
          readonly __typename: 'LocalizedText';
          readonly value: string;
          readonly locale: Locale;
          readonly lang: string;
          readonly dir: TextDirection;
          readonly isFallback: boolean;
          readonly freshness: Freshness;
          readonly origin: TextOrigin;
        } | null;
        readonly excerpt: {
          readonly __typename: 'LocalizedText';
          readonly value: string;
          readonly locale: Locale;
          readonly lang: string;
          readonly dir: TextDirection;
          readonly isFallback: boolean;
          readonly freshness: Freshness;
          readonly origin: TextOrigin;
        };
        readonly body: {
          readonly __typename: 'LocalizedRichText';
          readonly html: string;
          readonly plainText: string;
          readonly locale: Locale;
          readonly lang: string;
          readonly dir: TextDirection;
          readonly freshness: Freshness;
          readonly origin: TextOrigin;
        };
        readonly corrections: ReadonlyArray<{
          readonly __typename: 'Correction';
          readonly edition: number;
          readonly at: string;
          readonly note: {
            readonly __typename: 'LocalizedText';
            readonly value: string;
            readonly locale: Locale;
            readonly lang: string;
            readonly dir: TextDirection;
            readonly isFallback: boolean;
            readonly freshness: Freshness;
            readonly origin: TextOrigin;
          };
        }>;
        readonly release: {
          readonly __typename: 'Release';
          readonly id: string;
          readonly number: string;
          readonly type: ReleaseType;
          readonly date: string;
          readonly originalLocale: Locale;
          readonly edition: number;
          readonly publishedAt: string;
          readonly alternates: ReadonlyArray<{
            readonly __typename: 'Alternate';
            readonly locale: Locale;
            readonly slug: string;
            readonly reference: string;
          }>;
          readonly topics: ReadonlyArray<{
            readonly __typename: 'Topic';
            readonly id: string;
            readonly slug: string;
          }>;
          readonly audiences: ReadonlyArray<{
            readonly __typename: 'MemberState';
            readonly id: string;
            readonly code: string;
          }>;
          readonly mentions: ReadonlyArray<{
            readonly __typename: 'MemberState';
            readonly id: string;
            readonly code: string;
          }>;
        };
      } | null;
    }>;
    readonly metadataChanges: ReadonlyArray<{
      readonly __typename: 'MetadataChange';
      readonly releaseId: string;
      readonly localizedId: string;
      readonly number: string;
      readonly at: string;
      readonly release: {
        readonly __typename: 'Release';
        readonly id: string;
        readonly number: string;
        readonly type: ReleaseType;
        readonly date: string;
        readonly originalLocale: Locale;
        readonly edition: number;
        readonly publishedAt: string;
        readonly alternates: ReadonlyArray<{
          readonly __typename: 'Alternate';
          readonly locale: Locale;
          readonly slug: string;
          readonly reference: string;
        }>;
        readonly topics: ReadonlyArray<{
          readonly __typename: 'Topic';
          readonly id: string;
          readonly slug: string;
        }>;
        readonly audiences: ReadonlyArray<{
          readonly __typename: 'MemberState';
          readonly id: string;
          readonly code: string;
        }>;
        readonly mentions: ReadonlyArray<{
          readonly __typename: 'MemberState';
          readonly id: string;
          readonly code: string;
        }>;
      };
      readonly resolution: {
        readonly __typename: 'LocaleResolution';
        readonly locale: Locale | null;
        readonly isFallback: boolean;
        readonly trail: ReadonlyArray<{
          readonly __typename: 'LocaleStep';
          readonly locale: Locale;
          readonly outcome: LocaleOutcome;
        }>;
      };
    }>;
  };
};

export type AppReferenceQueryVariables = Exact<{
  languages: ReadonlyArray<string> | string;
}>;

export type AppReferenceQuery = {
  readonly topics: ReadonlyArray<{
    readonly __typename: 'Topic';
    readonly id: string;
    readonly slug: string;
    readonly name: {
      readonly __typename: 'LocalizedName';
      readonly value: string;
      readonly lang: string;
      readonly dir: TextDirection;
      readonly isFallback: boolean;
    };
  }>;
  readonly memberStates: ReadonlyArray<{
    readonly __typename: 'MemberState';
    readonly id: string;
    readonly code: string;
    readonly name: {
      readonly __typename: 'LocalizedName';
      readonly value: string;
      readonly lang: string;
      readonly dir: TextDirection;
      readonly isFallback: boolean;
    };
  }>;
};

export type NameFieldsFragment = {
  readonly __typename: 'LocalizedName';
  readonly value: string;
  readonly lang: string;
  readonly dir: TextDirection;
  readonly isFallback: boolean;
};

export type SiteLanguagesQueryVariables = Exact<{
  languages: ReadonlyArray<string> | string;
  from?: string | null | undefined;
  to?: string | null | undefined;
}>;

export type SiteLanguagesQuery = {
  readonly parity: {
    readonly __typename: 'ParityReport';
    readonly releases: number;
    readonly locales: ReadonlyArray<{
      readonly __typename: 'LocaleParity';
      readonly locale: Locale;
      readonly published: number;
      readonly current: number;
      readonly stale: number;
      readonly simultaneous: number;
      readonly lagMedian: number | null;
    }>;
    readonly months: ReadonlyArray<{
      readonly __typename: 'ParityMonth';
      readonly month: string;
      readonly releases: number;
      readonly locales: ReadonlyArray<{
        readonly __typename: 'ParityMonthLocale';
        readonly locale: Locale;
        readonly published: number;
        readonly current: number;
        readonly simultaneous: number;
      }>;
    }>;
    readonly audiences: ReadonlyArray<{
      readonly __typename: 'AudienceParity';
      readonly complete: number;
      readonly partial: number;
      readonly fallback: number;
      readonly unavailable: number;
      readonly audience: {
        readonly __typename: 'MemberState';
        readonly id: string;
        readonly code: string;
        readonly name: {
          readonly __typename: 'LocalizedName';
          readonly value: string;
          readonly lang: string;
          readonly dir: TextDirection;
          readonly isFallback: boolean;
        };
      };
    }>;
  };
};

export type SiteListQueryVariables = Exact<{
  languages: ReadonlyArray<string> | string;
  audience?: string | null | undefined;
  first?: number | null | undefined;
  last?: number | null | undefined;
  after?: string | null | undefined;
  before?: string | null | undefined;
  search?: string | null | undefined;
  filter?: ReleaseFilter | null | undefined;
  withTotal: boolean;
  withAvailability: boolean;
}>;

export type SiteListQuery = {
  readonly releases: {
    readonly __typename: 'ReleaseConnection';
    readonly totalCount?: number;
    readonly pageInfo: {
      readonly __typename: 'PageInfo';
      readonly hasNextPage: boolean;
      readonly hasPreviousPage: boolean;
      readonly startCursor: string | null;
      readonly endCursor: string | null;
    };
    readonly edges: ReadonlyArray<{
      readonly __typename: 'ReleaseEdge';
      readonly cursor: string;
      readonly node: {
        readonly __typename: 'Release';
        readonly id: string;
        readonly number: string;
        readonly type: ReleaseType;
        readonly date: string;
        readonly originalLocale: Locale;
        readonly edition: number;
        readonly publishedAt: string;
        readonly availability?: {
          readonly __typename: 'AudienceAvailability';
          readonly status: AvailabilityStatus;
        };
      };
      readonly localized: {
        readonly __typename: 'LocalizedRelease';
        readonly id: string;
        readonly reference: string;
        readonly slug: string;
        readonly dateText: string;
        readonly resolution: {
          readonly __typename: 'LocaleResolution';
          readonly locale: Locale | null;
          readonly isFallback: boolean;
        };
        readonly title: {
          readonly __typename: 'LocalizedText';
          readonly value: string;
          readonly locale: Locale;
          readonly lang: string;
          readonly dir: TextDirection;
          readonly isFallback: boolean;
          readonly freshness: Freshness;
          readonly origin: TextOrigin;
        };
        readonly excerpt: {
          readonly __typename: 'LocalizedText';
          readonly value: string;
          readonly locale: Locale;
          readonly lang: string;
          readonly dir: TextDirection;
          readonly isFallback: boolean;
          readonly freshness: Freshness;
          readonly origin: TextOrigin;
        };
      } | null;
      readonly match: {
        readonly __typename: 'SearchMatch';
        readonly title: ReadonlyArray<{
          readonly __typename: 'TextRange';
          readonly start: number;
          readonly end: number;
        }>;
        readonly snippet: {
          readonly __typename: 'LocalizedText';
          readonly value: string;
          readonly locale: Locale;
          readonly lang: string;
          readonly dir: TextDirection;
          readonly isFallback: boolean;
          readonly freshness: Freshness;
          readonly origin: TextOrigin;
        };
        readonly snippetRanges: ReadonlyArray<{
          readonly __typename: 'TextRange';
          readonly start: number;
          readonly end: number;
        }>;
      } | null;
    }>;
  };
  readonly topics: ReadonlyArray<{
    readonly __typename: 'Topic';
    readonly id: string;
    readonly slug: string;
    readonly name: {
      readonly __typename: 'LocalizedName';
      readonly value: string;
      readonly lang: string;
      readonly dir: TextDirection;
      readonly isFallback: boolean;
    };
  }>;
  readonly memberStates: ReadonlyArray<{
    readonly __typename: 'MemberState';
    readonly id: string;
    readonly code: string;
    readonly name: {
      readonly __typename: 'LocalizedName';
      readonly value: string;
      readonly lang: string;
      readonly dir: TextDirection;
      readonly isFallback: boolean;
    };
  }>;
};

export type HeadlineFragment = {
  readonly __typename: 'LocalizedRelease';
  readonly id: string;
  readonly reference: string;
  readonly slug: string;
  readonly dateText: string;
  readonly resolution: {
    readonly __typename: 'LocaleResolution';
    readonly locale: Locale | null;
    readonly isFallback: boolean;
  };
  readonly title: {
    readonly __typename: 'LocalizedText';
    readonly value: string;
    readonly locale: Locale;
    readonly lang: string;
    readonly dir: TextDirection;
    readonly isFallback: boolean;
    readonly freshness: Freshness;
    readonly origin: TextOrigin;
  };
  readonly excerpt: {
    readonly __typename: 'LocalizedText';
    readonly value: string;
    readonly locale: Locale;
    readonly lang: string;
    readonly dir: TextDirection;
    readonly isFallback: boolean;
    readonly freshness: Freshness;
    readonly origin: TextOrigin;
  };
};

export type SiteReleaseQueryVariables = Exact<{
  slug: string;
  languages: ReadonlyArray<string> | string;
  audience?: string | null | undefined;
}>;

export type SiteReleaseQuery = {
  readonly release: {
    readonly __typename: 'Release';
    readonly id: string;
    readonly number: string;
    readonly type: ReleaseType;
    readonly date: string;
    readonly originalLocale: Locale;
    readonly edition: number;
    readonly publishedAt: string;
    readonly addressed: {
      readonly __typename: 'LocalizedRelease';
      readonly id: string;
      readonly slug: string;
      readonly resolution: {
        readonly __typename: 'LocaleResolution';
        readonly locale: Locale | null;
        readonly isFallback: boolean;
      };
    } | null;
    readonly localized: {
      readonly __typename: 'LocalizedRelease';
      readonly id: string;
      readonly reference: string;
      readonly slug: string;
      readonly publishedAt: string;
      readonly modifiedAt: string;
      readonly jsonLd: unknown;
      readonly resolution: {
        readonly __typename: 'LocaleResolution';
        readonly locale: Locale | null;
        readonly isFallback: boolean;
        readonly trail: ReadonlyArray<{
          readonly __typename: 'LocaleStep';
          readonly locale: Locale;
          readonly outcome: LocaleOutcome;
        }>;
      };
      readonly title: {
        readonly __typename: 'LocalizedText';
        readonly value: string;
        readonly locale: Locale;
        readonly lang: string;
        readonly dir: TextDirection;
        readonly isFallback: boolean;
        readonly freshness: Freshness;
        readonly origin: TextOrigin;
      };
      readonly summary: {
        readonly __typename: 'LocalizedText';
        readonly value: string;
        readonly locale: Locale;
        readonly lang: string;
        readonly dir: TextDirection;
        readonly isFallback: boolean;
        readonly freshness: Freshness;
        readonly origin: TextOrigin;
      } | null;
      readonly excerpt: {
        readonly __typename: 'LocalizedText';
        readonly value: string;
        readonly locale: Locale;
        readonly lang: string;
        readonly dir: TextDirection;
        readonly isFallback: boolean;
        readonly freshness: Freshness;
        readonly origin: TextOrigin;
      };
      readonly body: {
        readonly __typename: 'LocalizedRichText';
        readonly html: string;
        readonly lang: string;
        readonly dir: TextDirection;
        readonly freshness: Freshness;
        readonly origin: TextOrigin;
      };
      readonly corrections: ReadonlyArray<{
        readonly __typename: 'Correction';
        readonly edition: number;
        readonly at: string;
        readonly note: {
          readonly __typename: 'LocalizedText';
          readonly value: string;
          readonly locale: Locale;
          readonly lang: string;
          readonly dir: TextDirection;
          readonly isFallback: boolean;
          readonly freshness: Freshness;
          readonly origin: TextOrigin;
        };
      }>;
    } | null;
    readonly alternates: ReadonlyArray<{
      readonly __typename: 'Alternate';
      readonly locale: Locale;
      readonly slug: string;
      readonly reference: string;
    }>;
    readonly topics: ReadonlyArray<{
      readonly __typename: 'Topic';
      readonly id: string;
      readonly slug: string;
      readonly name: {
        readonly __typename: 'LocalizedName';
        readonly value: string;
        readonly lang: string;
        readonly dir: TextDirection;
        readonly isFallback: boolean;
      };
    }>;
    readonly audiences: ReadonlyArray<{
      readonly __typename: 'MemberState';
      readonly id: string;
      readonly code: string;
      readonly name: {
        readonly __typename: 'LocalizedName';
        readonly value: string;
        readonly lang: string;
        readonly dir: TextDirection;
        readonly isFallback: boolean;
      };
    }>;
    readonly mentions: ReadonlyArray<{
      readonly __typename: 'MemberState';
      readonly id: string;
      readonly code: string;
      readonly name: {
        readonly __typename: 'LocalizedName';
        readonly value: string;
        readonly lang: string;
        readonly dir: TextDirection;
        readonly isFallback: boolean;
      };
    }>;
  } | null;
};
