import type { Fourfold } from './subjects.js';

/** Infinitives: they follow `to`, `para`, `à` or `pour`, `para`. */
// prettier-ignore
export const AIMS: readonly Fourfold[] = [
  ['train national instructors', 'formar instructores nacionales', 'former des instructeurs nationaux', 'formar instrutores nacionais'],
  ['harmonize technical standards', 'armonizar las normas técnicas', 'harmoniser les normes techniques', 'harmonizar as normas técnicas'],
  ['share data in real time', 'compartir datos en tiempo real', 'partager des données en temps réel', 'compartilhar dados em tempo real'],
  ['shorten response times', 'acortar los tiempos de respuesta', 'raccourcir les délais d’intervention', 'encurtar os tempos de resposta'],
  ['reach remote communities', 'llegar a las comunidades apartadas', 'atteindre les communautés isolées', 'chegar às comunidades isoladas'],
  ['review national legislation', 'revisar la legislación nacional', 'réviser la législation nationale', 'revisar a legislação nacional'],
  ['publish comparable statistics', 'publicar estadísticas comparables', 'publier des statistiques comparables', 'publicar estatísticas comparáveis'],
  ['attract private investment', 'atraer la inversión privada', 'attirer l’investissement privé', 'atrair o investimento privado'],
  ['evaluate public policies', 'evaluar las políticas públicas', 'évaluer les politiques publiques', 'avaliar as políticas públicas'],
  ['protect witnesses and victims', 'proteger a testigos y víctimas', 'protéger les témoins et les victimes', 'proteger testemunhas e vítimas'],
  ['strengthen regional networks', 'fortalecer las redes regionales', 'renforcer les réseaux régionaux', 'fortalecer as redes regionais'],
  ['reduce administrative costs', 'reducir los costos administrativos', 'réduire les coûts administratifs', 'reduzir os custos administrativos'],
  ['prepare national action plans', 'preparar planes de acción nacionales', 'préparer des plans d’action nationaux', 'preparar planos de ação nacionais'],
  ['listen to civil society', 'escuchar a la sociedad civil', 'écouter la société civile', 'ouvir a sociedade civil'],
  ['modernize laboratories', 'modernizar los laboratorios', 'moderniser les laboratoires', 'modernizar os laboratórios'],
  ['certify local technicians', 'certificar a técnicos locales', 'certifier des techniciens locaux', 'certificar técnicos locais'],
];

/** Masculine plurals in the Romance languages, without an article. */
// prettier-ignore
export const GROUPS: readonly Fourfold[] = [
  ['public prosecutors', 'fiscales', 'procureurs', 'promotores de justiça'],
  ['teachers', 'docentes', 'enseignants', 'professores'],
  ['mayors', 'alcaldes', 'maires', 'prefeitos'],
  ['journalists', 'periodistas', 'journalistes', 'jornalistas'],
  ['firefighters', 'bomberos', 'pompiers', 'bombeiros'],
  ['small farmers', 'pequeños agricultores', 'petits agriculteurs', 'pequenos agricultores'],
  ['judges', 'jueces', 'juges', 'juízes'],
  ['researchers', 'investigadores', 'chercheurs', 'pesquisadores'],
  ['public defenders', 'defensores públicos', 'défenseurs publics', 'defensores públicos'],
  ['customs officers', 'agentes de aduanas', 'agents des douanes', 'agentes aduaneiros'],
  ['young entrepreneurs', 'jóvenes emprendedores', 'jeunes entrepreneurs', 'jovens empreendedores'],
  ['indigenous leaders', 'líderes indígenas', 'dirigeants autochtones', 'líderes indígenas'],
  ['health workers', 'trabajadores de la salud', 'agents de santé', 'profissionais de saúde'],
  ['civil engineers', 'ingenieros civiles', 'ingénieurs civils', 'engenheiros civis'],
  ['statisticians', 'estadísticos', 'statisticiens', 'estatísticos'],
  ['librarians', 'bibliotecarios', 'bibliothécaires', 'bibliotecários'],
  ['coast guards', 'guardacostas', 'garde-côtes', 'guardas costeiros'],
  ['meteorologists', 'meteorólogos', 'météorologues', 'meteorologistas'],
  ['students', 'estudiantes', 'étudiants', 'estudantes'],
  ['archivists', 'archivistas', 'archivistes', 'arquivistas'],
];

/** With the indefinite article. */
export const ACTIVITIES: readonly Fourfold[] = [
  ['a workshop', 'un taller', 'un atelier', 'uma oficina'],
  ['a seminar', 'un seminario', 'un séminaire', 'um seminário'],
  ['a forum', 'un foro', 'un forum', 'um fórum'],
  ['a course', 'un curso', 'une formation', 'um curso'],
  ['a roundtable', 'una mesa redonda', 'une table ronde', 'uma mesa-redonda'],
  ['a conference', 'una conferencia', 'une conférence', 'uma conferência'],
  ['a technical meeting', 'una reunión técnica', 'une réunion technique', 'uma reunião técnica'],
  ['a regional dialogue', 'un diálogo regional', 'un dialogue régional', 'um diálogo regional'],
  [
    'a training program',
    'un programa de formación',
    'un programme de formation',
    'um programa de formação',
  ],
];

/** The short name as the subject of a title, and the full one as the subject of a sentence. */
export const ORGANS: readonly { short: Fourfold; full: Fourfold }[] = [
  {
    short: ['OAS', 'La OEA', 'L’OEA', 'A OEA'],
    full: [
      'the Organization of American States (OAS)',
      'la Organización de los Estados Americanos (OEA)',
      'l’Organisation des États américains (OEA)',
      'a Organização dos Estados Americanos (OEA)',
    ],
  },
  {
    short: ['CICTE', 'El CICTE', 'Le CICTE', 'O CICTE'],
    full: [
      'the Inter-American Committee against Terrorism (CICTE)',
      'el Comité Interamericano contra el Terrorismo (CICTE)',
      'le Comité interaméricain contre le terrorisme (CICTE)',
      'o Comitê Interamericano contra o Terrorismo (CICTE)',
    ],
  },
  {
    short: ['CITEL', 'La CITEL', 'La CITEL', 'A CITEL'],
    full: [
      'the Inter-American Telecommunication Commission (CITEL)',
      'la Comisión Interamericana de Telecomunicaciones (CITEL)',
      'la Commission interaméricaine des télécommunications (CITEL)',
      'a Comissão Interamericana de Telecomunicações (CITEL)',
    ],
  },
  {
    short: ['CIM', 'La CIM', 'La CIM', 'A CIM'],
    full: [
      'the Inter-American Commission of Women (CIM)',
      'la Comisión Interamericana de Mujeres (CIM)',
      'la Commission interaméricaine des femmes (CIM)',
      'a Comissão Interamericana de Mulheres (CIM)',
    ],
  },
  {
    short: ['CIDI', 'El CIDI', 'Le CIDI', 'O CIDI'],
    full: [
      'the Inter-American Council for Integral Development (CIDI)',
      'el Consejo Interamericano para el Desarrollo Integral (CIDI)',
      'le Conseil interaméricain pour le développement intégré (CIDI)',
      'o Conselho Interamericano de Desenvolvimento Integral (CIDI)',
    ],
  },
  {
    short: ['IACHR', 'La CIDH', 'La CIDH', 'A CIDH'],
    full: [
      'the Inter-American Commission on Human Rights (IACHR)',
      'la Comisión Interamericana de Derechos Humanos (CIDH)',
      'la Commission interaméricaine des droits de l’homme (CIDH)',
      'a Comissão Interamericana de Direitos Humanos (CIDH)',
    ],
  },
  {
    short: ['IICA', 'El IICA', 'L’IICA', 'O IICA'],
    full: [
      'the Inter-American Institute for Cooperation on Agriculture (IICA)',
      'el Instituto Interamericano de Cooperación para la Agricultura (IICA)',
      'l’Institut interaméricain de coopération pour l’agriculture (IICA)',
      'o Instituto Interamericano de Cooperação para a Agricultura (IICA)',
    ],
  },
  {
    short: ['JSCA', 'El CEJA', 'Le CEJA', 'O CEJA'],
    full: [
      'the Justice Studies Center of the Americas (JSCA)',
      'el Centro de Estudios de Justicia de las Américas (CEJA)',
      'le Centre d’études de justice des Amériques (CEJA)',
      'o Centro de Estudos de Justiça das Américas (CEJA)',
    ],
  },
];

/** Two to five, as written in a sentence before a masculine noun. */
export const SMALL_NUMBERS: readonly Fourfold[] = [
  ['two', 'dos', 'deux', 'dois'],
  ['three', 'tres', 'trois', 'três'],
  ['four', 'cuatro', 'quatre', 'quatro'],
  ['five', 'cinco', 'cinq', 'cinco'],
];
