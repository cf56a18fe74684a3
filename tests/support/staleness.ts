import type { MarkedRelease, MarkedState } from './marked-editions.js';

/** What a response shows of one release; null: nothing at all. */
export interface Shown {
  readonly edition: number;
  readonly en: Marked;
  readonly es: Marked;
}

interface Marked {
  readonly title: { readonly value: string };
  readonly body: { readonly plainText: string };
}

/** After this time every response must show the new state. */
const ALLOWED_MS = 1_000;

/** Judges responses by when they were requested and what was acknowledged by then. */
export class Staleness {
  responses = 0;
  /** Responses requested long after the state that they show had been replaced. */
  outdated = 0;
  /** Responses with a text that was retracted long before they were requested. */
  retracted = 0;
  /** Responses that match no single state of a release. */
  inconsistent = 0;
  /** Responses requested after an acknowledgement that do not show the change yet. */
  late = 0;
  /** The maximum time between an acknowledgement and the request of such a response, in milliseconds. */
  latestMs = 0;

  /** @param shown by number; a release that is absent from it was not in the response */
  judge(
    releases: readonly MarkedRelease[],
    shown: ReadonlyMap<string, Shown>,
    sentAt: number,
  ): void {
    const found = releases.map((release) => this.stateOf(release, shown.get(release.number)));
    this.responses += 1;
    this.inconsistent += Number(found.includes(-1));
    const ages = releases.map(({ states }, place) => ageOf(states, found[place] ?? -1, sentAt));
    const oldest = Math.max(...ages);
    this.late += Number(oldest > 0);
    this.latestMs = Math.max(this.latestMs, oldest);
    this.outdated += Number(oldest >= ALLOWED_MS);
    const isGone = releases.some(({ states, number }) => {
      return showsRetracted(states, shown.get(number), sentAt - ALLOWED_MS);
    });
    this.retracted += Number(isGone);
  }

  /** The index of the newest state that matches what is shown; -1: none. */
  private stateOf({ states }: MarkedRelease, shown: Shown | undefined): number {
    if (!shown) return states.findLastIndex(({ edition }) => edition === null);
    return states.findLastIndex(({ edition, en, es }) => {
      const spanish = es ?? en;
      return (
        edition === shown.edition &&
        textsOf(shown.en).every((text) => text === en) &&
        textsOf(shown.es).every((text) => text === spanish)
      );
    });
  }
}

/** How long before the request the state that followed was acknowledged, in milliseconds; 0 where it was not yet. */
function ageOf(states: readonly MarkedState[], index: number, sentAt: number): number {
  const next = index < 0 ? undefined : states[index + 1];
  return next ? Math.max(0, sentAt - next.ackAt) : 0;
}

/** Whether a text is shown that no state since that time has, but an older one that a retraction ended. */
function showsRetracted(
  states: readonly MarkedState[],
  shown: Shown | undefined,
  since: number,
): boolean {
  if (!shown) return false;
  const present = states.findLastIndex(({ ackAt }) => ackAt <= since);
  return [...textsOf(shown.en), ...textsOf(shown.es)].some((text) => {
    const last = states.findLastIndex(({ en, es }) => text === en || text === es);
    const end = states[last + 1]?.by;
    return last < present && (end === 'RETRACTION' || end === 'PARTIAL_RETRACTION');
  });
}

function textsOf({ title, body }: Marked): string[] {
  return [title.value, body.plainText];
}
