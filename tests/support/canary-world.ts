import { randomBytes } from 'node:crypto';

import { aRelease, type ReleaseBuilder } from './a-release.js';

/** The number of a draft that readers must not know of. */
export const DRAFT = '81349/19';

interface TestText {
  readonly title: string;
  readonly summary: string | null;
  readonly body: string[];
}

/** Releases that are public, some of them with a past that is not, and others that are not, or no longer. */
export interface CanaryWorld {
  /** Stands in every text that is not public; a reader cannot know it. */
  readonly canary: string;
  /** Stands beside it; an attacker may know it, and searches for it. */
  readonly lure: string;
  /** A text that must not be public. */
  readonly secret: (what: string) => TestText;
  readonly publicReleases: readonly ReleaseBuilder[];
  /** Nothing else is of their type, on their days, or speaks of Guyana. */
  readonly hiddenReleases: readonly ReleaseBuilder[];
}

/** @param withdrawn the release that was public and is retracted */
export function canaryWorld(withdrawn: { number: string; date: string }): CanaryWorld {
  const canary = `zq${randomBytes(6).toString('hex')}`;
  const lure = 'Quetzalbird';
  const secret = (what: string): TestText => ({
    title: `${what}: ${lure} ${canary} agreement`,
    summary: `Summary ${canary} of ${lure}.`,
    body: [`A paragraph about ${lure} and ${canary}.`, `Another: ${canary}.`],
  });
  const publicReleases = [
    aRelease('701/19').dated('2019-03-01').in('EN').in('ES').in('FR').published(),
    aRelease('702/19')
      .dated('2019-03-02')
      .in('EN', secret('Corrected'))
      .in('ES', secret('Corregido'))
      .published()
      .revised('SUBSTANTIVE', plain('corrected'))
      .in('ES', plain('corregido'))
      .published(),
    aRelease('703/19')
      .dated('2019-03-03')
      .in('EN', plain('in English alone'))
      .in('FR', secret('Retiré'))
      .published()
      .retracted('FR'),
    aRelease('704/19').dated('2019-03-04').in('ES', plain('sin traducción')).published(),
    aRelease('705/19').dated('2019-03-05').in('EN').in('PT').published(),
  ];
  const hiddenReleases = [
    aRelease(DRAFT)
      .ofType('ADVISORY')
      .dated('2019-03-06')
      .mentioning('GY')
      .addressedTo('GY')
      .about(`topic-${canary}`)
      .in('EN', secret('Draft'))
      .in('FR', secret('Ébauche')),
    aRelease(withdrawn.number)
      .ofType('ADVISORY')
      .dated(withdrawn.date)
      .mentioning('GY')
      .in('PT', secret('Retirado'))
      .in('EN', secret('Withdrawn'))
      .published()
      .retracted(),
  ];
  return { canary, lure, secret, publicReleases, hiddenReleases };
}

const plain = (what: string): TestText => {
  return { title: `Public ${what}`, summary: null, body: ['A.', 'B.'] };
};
