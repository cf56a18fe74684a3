import { capitalized, withoutArticle, type Phrasebook } from './phrasebook.js';

/** "Le CICTE" within a sentence. */
function inline(organShort: string): string {
  return organShort.charAt(0).toLowerCase() + organShort.slice(1);
}

/** "des juges", but "de" before an adjective that precedes its noun: de petits agriculteurs. */
function some(group: string): string {
  return /^(?:petit|jeune)s? /.test(group) ? `de ${group}` : `des ${group}`;
}

/**
 * Sets the spaces that French requires, because the templates have plain ones: U+00A0 before a colon, within
 * guillemets, and between a number and the word it counts (not after a year), U+202F before the other double marks.
 */
export function frenchSpacing(text: string): string {
  return text
    .replaceAll(/ ([:%»])/g, '\u00a0$1')
    .replaceAll('« ', '«\u00a0')
    .replaceAll(/(?<![\d.,\u202f])(\d{1,3}(?:\u202f\d{3})*|1er) (?=\p{L})/gu, '$1\u00a0')
    .replaceAll(/ ([;!?])/g, '\u202f$1');
}

export const french: Phrasebook = {
  titles: {
    PRESS_RELEASE: [
      (w) => `${w.organShort} organise ${w.activity} sur ${w.subject} ${w.city}`,
      (w) => `${w.people} ${w.group} échangent leurs expériences sur ${w.subject} ${w.city}`,
      (w) => `Les États se réunissent ${w.city} pour ${w.aim} et dialoguer sur ${w.subject}`,
      (w) =>
        `${w.organShort} soutient ${w.projects} projets sur ${w.subject} et lance un nouvel appel`,
      (w) =>
        `${capitalized(w.activity)} sur ${w.subject} s’ouvre ${w.city} sur un appel à ${w.aim}`,
      (w) =>
        `${w.organShort} présente un nouveau programme sur ${w.subject} destiné aux ${w.group}`,
    ],
    ADVISORY: [
      (w) =>
        `Avis aux médias : ${withoutArticle(w.activity)} sur ${w.subject} ${w.city}, le ${w.date}`,
    ],
    STATEMENT: [
      (w) => `Déclaration sur ${w.subject} : ${inline(w.organShort)} invite les États à ${w.aim}`,
    ],
    SPEECH: [
      (w) => `Allocution d’ouverture : ${withoutArticle(w.activity)} sur ${w.subject} ${w.city}`,
    ],
    PHOTO_NEWS: [(w) => `En images : ${withoutArticle(w.activity)} sur ${w.subject} ${w.city}`],
  },
  summaries: [
    (w) =>
      `${w.people} participants se réunissent ${w.city} pour ${w.aim} et pour ${w.aim2}. Le programme sur ${w.subject} comprend aussi des séances sur ${w.subject2}, et les propositions de projets communs seront reçues jusqu’au ${w.deadline}.`,
    (w) =>
      `Le programme lancé ${w.city} rassemble ${some(w.group)} et ${some(w.group2)} pour des échanges sur ${w.subject}. Il aidera ${w.institutions} institutions en ${w.nextYear}, avec des séances sur ${w.subject3} et une attention particulière aux États les moins dotés.`,
    (w) =>
      `Seules ${w.percent2} % des institutions consultées ont les moyens d’exécuter leur plan sur ${w.subject}. Un programme présenté ${w.city} le ${w.date} les aidera à ${w.aim}, avec ${some(w.group)} de toute la région.`,
  ],
  paragraphs: [
    [
      (w) =>
        `${capitalized(w.organ)} a ouvert ${w.city} ${w.activity} sur ${w.subject} le ${w.date}.`,
      (w) =>
        `Pendant ${w.days} jours, ${w.people} participants, parmi lesquels ${some(w.group)} et ${some(w.group2)}, compareront ce qui a fonctionné dans leurs pays et ce qui n’a pas fonctionné.`,
      (w) => `Les États suivants prennent part aux séances et aux visites : ${w.states}.`,
      () =>
        'Les délégations sont convenues de parler de leurs échecs aussi franchement que de leurs succès, et de garder les longs discours pour une autre occasion.',
    ],
    [
      (w) =>
        `La réunion a deux objectifs, que les délégations se sont elles-mêmes fixés : ${w.aim} et ${w.aim2}.`,
      (w) =>
        `Les États participants les ont choisis au terme de consultations qui ont duré ${w.months} mois et associé tous les niveaux de gouvernement.`,
      (w) =>
        `« Personne n’avance seul quand il s’agit de travailler sur ${w.subject} », a déclaré à l’ouverture la responsable de l’équipe technique, devant un public où les ${w.group2} étaient nombreux.`,
      (w) =>
        `Celles et ceux qui travaillent sur le terrain, notamment les ${w.group}, ont demandé des outils pratiques plutôt que de nouvelles déclarations.`,
    ],
    [
      (w) =>
        `Selon une enquête menée avant la réunion, ${w.percent} % des institutions consultées ont un plan sur ${w.subject}.`,
      (w) =>
        `Elles ne sont que ${w.percent2} % à disposer du personnel et du budget nécessaires pour l’exécuter d’une année à l’autre.`,
      (w) =>
        `Depuis ${w.since}, ${w.organ} a soutenu ${w.projects} projets dans ce domaine, pour un montant de ${w.amount} dollars américains.`,
      (w) =>
        `Les résultats complets, avec les réponses de chaque État, seront publiés avant la fin de ${w.nextYear}.`,
    ],
    [
      (w) =>
        `Les séances de travail portent sur ${w.subject2}, ${w.subject3} et l’utilisation des données publiques dans les décisions quotidiennes.`,
      () =>
        'Chaque délégation présente un cas qui lui est propre, avec ses résultats, ses coûts et les difficultés rencontrées en chemin.',
      (w) =>
        `Les ${w.group2} visiteront deux institutions ${w.city} afin de voir comment elles travaillent au quotidien.`,
      () =>
        'Les présentations se font avec interprétation, et les documents sont disponibles dans les quatre langues officielles de l’Organisation.',
    ],
    [
      () =>
        '« Ce que nous apprenons les uns des autres nous épargne des années de travail et bien des erreurs », a déclaré la coordonnatrice du programme.',
      (w) =>
        `« Nous sommes venus pour ${w.aim}, et nous repartons avec les noms et les numéros de téléphone de ceux qui peuvent nous aider », a ajouté l’un des participants.`,
      (w) =>
        `Un groupe de travail fera le point sur ces engagements tous les ${w.months} mois et en rendra compte publiquement.`,
      (w) =>
        `Des spécialistes resteront à la disposition des États, gratuitement et pendant toute la durée du programme, pour les conseiller sur ${w.subject2}.`,
    ],
    [
      (w) =>
        `Les États peuvent envoyer leurs propositions de projets communs jusqu’au ${w.deadline}, dans l’une ou l’autre des langues officielles.`,
      (w) =>
        `La prochaine réunion portera sur ${w.subject3}, une question que plusieurs délégations ont qualifiée d’urgente.`,
      (w) =>
        `Avec ce calendrier, ${w.organ} compte toucher ${w.institutions} institutions en ${w.nextYear}.`,
      () =>
        'Le programme, la liste des intervenants et les enregistrements des séances sont disponibles sur [www.oas.org](https://www.oas.org/fr).',
    ],
  ],
};
