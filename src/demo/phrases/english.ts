import { capitalized, withoutArticle, type Phrasebook } from './phrasebook.js';

const SMALL_WORDS = new Set(
  'a against an and as at before but by for from in of on or the to with'.split(' '),
);

/** Title case as in English headlines; words that already have capitals are unchanged. */
function titleCase(text: string): string {
  let first = true;
  return text
    .split(' ')
    .map((word) => {
      const stays = SMALL_WORDS.has(word) && !first;
      first = word.endsWith(':');
      return stays ? word : capitalized(word);
    })
    .join(' ');
}

export const english: Phrasebook = {
  titles: {
    PRESS_RELEASE: [
      (w) =>
        titleCase(`${w.organShort} holds ${withoutArticle(w.activity)} on ${w.subject} ${w.city}`),
      (w) => titleCase(`${w.people} ${w.group} exchange experiences on ${w.subject} ${w.city}`),
      (w) => titleCase(`States meet ${w.city} to ${w.aim} and discuss ${w.subject}`),
      (w) =>
        titleCase(
          `${w.organShort} supports ${w.projects} projects on ${w.subject} and calls for new proposals`,
        ),
      (w) =>
        titleCase(
          `${withoutArticle(w.activity)} on ${w.subject} begins ${w.city} with a call to ${w.aim}`,
        ),
      (w) => titleCase(`${w.organShort} presents new program on ${w.subject} for ${w.group}`),
    ],
    ADVISORY: [
      (w) =>
        titleCase(
          `media advisory: ${withoutArticle(w.activity)} on ${w.subject} ${w.city}, ${w.date}`,
        ),
    ],
    STATEMENT: [
      (w) => titleCase(`statement on ${w.subject}: ${w.organShort} invites states to ${w.aim}`),
    ],
    SPEECH: [
      (w) => titleCase(`opening remarks: ${withoutArticle(w.activity)} on ${w.subject} ${w.city}`),
    ],
    PHOTO_NEWS: [
      (w) => titleCase(`in pictures: ${withoutArticle(w.activity)} on ${w.subject} ${w.city}`),
    ],
  },
  summaries: [
    (w) =>
      `${w.people} participants are meeting ${w.city} to ${w.aim} and to ${w.aim2}. The program on ${w.subject} also has sessions on ${w.subject2}, and proposals for joint projects will be received until ${w.deadline}.`,
    (w) =>
      `The program begun ${w.city} brings together ${w.group} and ${w.group2} to speak about ${w.subject}. It will support ${w.institutions} institutions in ${w.nextYear}, with sessions on ${w.subject3} and special attention to states with fewer resources.`,
    (w) =>
      `Only ${w.percent2}% of the institutions consulted have the means to carry out their plan on ${w.subject}. A program presented ${w.city} on ${w.date}, will help them to ${w.aim}, together with ${w.group} from the whole region.`,
  ],
  paragraphs: [
    [
      (w) => `${capitalized(w.organ)} opened ${w.activity} on ${w.subject} ${w.city} on ${w.date}.`,
      (w) =>
        `For ${w.days} days, ${w.people} participants, among them ${w.group} and ${w.group2}, will compare what has worked in their countries and what has not.`,
      (w) => `The following states are taking part in the sessions and in the visits: ${w.states}.`,
      () =>
        'The delegations have agreed to speak of their failures as openly as of their successes, and to leave long speeches for another occasion.',
    ],
    [
      (w) =>
        `The meeting has two aims, which the delegations set for themselves: to ${w.aim} and to ${w.aim2}.`,
      (w) =>
        `They were chosen by the participating states after consultations that lasted ${w.months} months and reached every level of government.`,
      (w) =>
        `“Nobody makes progress on ${w.subject} alone,” said the head of the technical team at the opening, before an audience made up largely of ${w.group2}.`,
      (w) =>
        `Those who work in the field, ${w.group} above all, asked for practical tools rather than for new declarations.`,
    ],
    [
      (w) =>
        `A survey made before the meeting shows that ${w.percent}% of the institutions consulted have a plan on ${w.subject}.`,
      (w) =>
        `Only ${w.percent2}% have the staff and the budget that are needed to carry it out from one year to the next.`,
      (w) =>
        `Since ${w.since}, ${w.organ} has supported ${w.projects} projects in this field, with contributions of ${w.amount} US dollars.`,
      (w) =>
        `The complete results, with the answers of each state, will be published before the end of ${w.nextYear}.`,
    ],
    [
      (w) =>
        `The working sessions deal with ${w.subject2}, ${w.subject3}, and the use of public data in daily decisions.`,
      () =>
        'Each delegation presents a case of its own, with its results, its costs, and the difficulties that were met on the way.',
      (w) =>
        `The ${w.group2} will visit two institutions ${w.city} in order to see how they work on an ordinary day.`,
      () =>
        'The presentations are interpreted, and the documents are available in the four official languages of the Organization.',
    ],
    [
      () =>
        '“What we learn from one another saves us years of work and a good many mistakes,” said the coordinator of the program.',
      (w) =>
        `“We came to ${w.aim}, and we leave with the names and telephone numbers of those who can help us,” added one of the participants.`,
      (w) =>
        `A working group will review these commitments every ${w.months} months and will report on them in public.`,
      (w) =>
        `Experts on ${w.subject2} will remain at the disposal of the states, at no cost, for as long as the program lasts.`,
    ],
    [
      (w) =>
        `The states may send their proposals for joint projects until ${w.deadline}, in any of the official languages.`,
      (w) =>
        `The next meeting will deal with ${w.subject3}, a matter that several delegations described as urgent.`,
      (w) =>
        `With this calendar, ${w.organ} expects to reach ${w.institutions} institutions in ${w.nextYear}.`,
      () =>
        'The program, the list of speakers, and the recordings of the sessions are available at [www.oas.org](https://www.oas.org).',
    ],
  ],
};
