import { capitalized, withoutArticle, type Phrasebook } from './phrasebook.js';

/** "El CICTE" within a sentence. */
function inline(organShort: string): string {
  return organShort.charAt(0).toLowerCase() + organShort.slice(1);
}

/** "y", but "e" before the sound of another i: fiscales e ingenieros. */
function and(next: string): string {
  return /^h?[ií](?![ae])/i.test(next) ? `e ${next}` : `y ${next}`;
}

export const spanish: Phrasebook = {
  titles: {
    PRESS_RELEASE: [
      (w) => `${w.organShort} organiza ${w.activity} sobre ${w.subject} ${w.city}`,
      (w) => `${w.people} ${w.group} intercambian experiencias sobre ${w.subject} ${w.city}`,
      (w) => `Los Estados se reúnen ${w.city} para ${w.aim} y dialogar sobre ${w.subject}`,
      (w) =>
        `${w.organShort} apoya ${w.projects} proyectos sobre ${w.subject} y convoca nuevas propuestas`,
      (w) => `Comienza ${w.city} ${w.activity} sobre ${w.subject} con un llamado a ${w.aim}`,
      (w) => `${w.organShort} presenta un nuevo programa sobre ${w.subject} para ${w.group}`,
    ],
    ADVISORY: [
      (w) =>
        `Aviso de prensa: ${withoutArticle(w.activity)} sobre ${w.subject} ${w.city}, ${w.date}`,
    ],
    STATEMENT: [
      (w) =>
        `Declaración sobre ${w.subject}: ${inline(w.organShort)} invita a los Estados a ${w.aim}`,
    ],
    SPEECH: [
      (w) => `Palabras de apertura: ${withoutArticle(w.activity)} sobre ${w.subject} ${w.city}`,
    ],
    PHOTO_NEWS: [(w) => `En imágenes: ${withoutArticle(w.activity)} sobre ${w.subject} ${w.city}`],
  },
  summaries: [
    (w) =>
      `${w.people} participantes se reúnen ${w.city} para ${w.aim} y para ${w.aim2}. El programa sobre ${w.subject} incluye también sesiones sobre ${w.subject2}, y se recibirán propuestas de proyectos conjuntos hasta el ${w.deadline}.`,
    (w) =>
      `El programa iniciado ${w.city} reúne a ${w.group} ${and(w.group2)} para hablar sobre ${w.subject}. Apoyará a ${w.institutions} instituciones en ${w.nextYear}, con sesiones sobre ${w.subject3} y especial atención a los Estados con menos recursos.`,
    (w) =>
      `Solo el ${w.percent2}\u00a0% de las instituciones consultadas tiene los medios para ejecutar su plan sobre ${w.subject}. Un programa presentado ${w.city} el ${w.date} las ayudará a ${w.aim}, junto con ${w.group} de toda la región.`,
  ],
  paragraphs: [
    [
      (w) =>
        `${capitalized(w.organ)} inauguró ${w.city} ${w.activity} sobre ${w.subject} el ${w.date}.`,
      (w) =>
        `Durante ${w.days} días, ${w.people} participantes, entre ellos ${w.group} ${and(w.group2)}, compararán lo que ha dado resultado en sus países y lo que no.`,
      (w) => `En las sesiones y en las visitas participan los siguientes Estados: ${w.states}.`,
      () =>
        'Las delegaciones acordaron hablar de sus fracasos con la misma franqueza que de sus logros y dejar los discursos largos para otra ocasión.',
    ],
    [
      (w) =>
        `La reunión tiene dos objetivos, que las propias delegaciones se han fijado: ${w.aim} ${and(w.aim2)}.`,
      (w) =>
        `Los Estados participantes los eligieron tras unas consultas que duraron ${w.months} meses y llegaron a todos los niveles de gobierno.`,
      (w) =>
        `“Nadie avanza por su cuenta cuando se trabaja sobre ${w.subject}”, dijo en la apertura la responsable del equipo técnico, ante un público formado en buena parte por ${w.group2}.`,
      (w) =>
        `Quienes trabajan sobre el terreno, sobre todo los ${w.group}, pidieron herramientas prácticas antes que nuevas declaraciones.`,
    ],
    [
      (w) =>
        `Según una encuesta previa a la reunión, el ${w.percent}\u00a0% de las instituciones consultadas tiene un plan sobre ${w.subject}.`,
      (w) =>
        `Solo el ${w.percent2}\u00a0% cuenta con el personal y el presupuesto necesarios para ejecutarlo de un año a otro.`,
      (w) =>
        `Desde ${w.since}, ${w.organ} ha apoyado ${w.projects} proyectos en este ámbito, con aportes por ${w.amount} dólares estadounidenses.`,
      (w) =>
        `Los resultados completos, con las respuestas de cada Estado, se publicarán antes de que termine ${w.nextYear}.`,
    ],
    [
      (w) =>
        `Las sesiones de trabajo versan sobre ${w.subject2}, ${w.subject3} y el uso de los datos públicos en las decisiones cotidianas.`,
      () =>
        'Cada delegación presenta un caso propio, con sus resultados, sus costos y las dificultades encontradas en el camino.',
      (w) =>
        `Los ${w.group2} visitarán dos instituciones ${w.city} para ver cómo trabajan en un día cualquiera.`,
      () =>
        'Las presentaciones cuentan con interpretación, y los documentos están disponibles en los cuatro idiomas oficiales de la Organización.',
    ],
    [
      () =>
        '“Lo que aprendemos unos de otros nos ahorra años de trabajo y no pocos errores”, dijo la coordinadora del programa.',
      (w) =>
        `“Vinimos a ${w.aim} y nos vamos con los nombres y los teléfonos de quienes pueden ayudarnos”, agregó una de las personas participantes.`,
      (w) =>
        `Un grupo de trabajo revisará estos compromisos cada ${w.months} meses e informará públicamente sobre ellos.`,
      (w) =>
        `Los Estados dispondrán sin costo, mientras dure el programa, de personas expertas que los asesorarán sobre ${w.subject2}.`,
    ],
    [
      (w) =>
        `Los Estados pueden enviar sus propuestas de proyectos conjuntos hasta el ${w.deadline}, en cualquiera de los idiomas oficiales.`,
      (w) =>
        `La próxima reunión tratará sobre ${w.subject3}, un asunto que varias delegaciones calificaron de urgente.`,
      (w) =>
        `Con este calendario, ${w.organ} espera llegar a ${w.institutions} instituciones en ${w.nextYear}.`,
      () =>
        'El programa, la lista de ponentes y las grabaciones de las sesiones están disponibles en [www.oas.org](https://www.oas.org/es).',
    ],
  ],
};
