import { capitalized, withoutArticle, type Phrasebook } from './phrasebook.js';

/** "O CICTE" within a sentence. */
function inline(organShort: string): string {
  return organShort.charAt(0).toLowerCase() + organShort.slice(1);
}

export const portuguese: Phrasebook = {
  titles: {
    PRESS_RELEASE: [
      (w) => `${w.organShort} organiza ${w.activity} sobre ${w.subject} ${w.city}`,
      (w) => `${w.people} ${w.group} trocam experiências sobre ${w.subject} ${w.city}`,
      (w) => `Estados se reúnem ${w.city} para ${w.aim} e dialogar sobre ${w.subject}`,
      (w) =>
        `${w.organShort} apoia ${w.projects} projetos sobre ${w.subject} e abre nova chamada de propostas`,
      (w) => `Começa ${w.city} ${w.activity} sobre ${w.subject}, com apelo para ${w.aim}`,
      (w) => `${w.organShort} apresenta novo programa sobre ${w.subject} para ${w.group}`,
    ],
    ADVISORY: [
      (w) =>
        `Aviso de pauta: ${withoutArticle(w.activity)} sobre ${w.subject} ${w.city}, ${w.date}`,
    ],
    STATEMENT: [
      (w) => `Declaração sobre ${w.subject}: ${inline(w.organShort)} convida os Estados a ${w.aim}`,
    ],
    SPEECH: [
      (w) => `Palavras de abertura: ${withoutArticle(w.activity)} sobre ${w.subject} ${w.city}`,
    ],
    PHOTO_NEWS: [(w) => `Em imagens: ${withoutArticle(w.activity)} sobre ${w.subject} ${w.city}`],
  },
  summaries: [
    (w) =>
      `${w.people} participantes se reúnem ${w.city} para ${w.aim} e para ${w.aim2}. O programa sobre ${w.subject} inclui também sessões sobre ${w.subject2}, e as propostas de projetos conjuntos serão recebidas até ${w.deadline}.`,
    (w) =>
      `O programa iniciado ${w.city} reúne ${w.group} e ${w.group2} para um diálogo sobre ${w.subject}. Apoiará ${w.institutions} instituições em ${w.nextYear}, com sessões sobre ${w.subject3} e atenção especial aos Estados com menos recursos.`,
    (w) =>
      `Só ${w.percent2}% das instituições consultadas têm meios para executar seu plano sobre ${w.subject}. Um programa apresentado ${w.city} em ${w.date} vai ajudá-las a ${w.aim}, junto com ${w.group} de toda a região.`,
  ],
  paragraphs: [
    [
      (w) =>
        `${capitalized(w.organ)} abriu ${w.city} ${w.activity} sobre ${w.subject} em ${w.date}.`,
      (w) =>
        `Durante ${w.days} dias, ${w.people} participantes, entre eles ${w.group} e ${w.group2}, vão comparar o que deu certo em seus países e o que não deu.`,
      (w) => `Participam das sessões e das visitas os seguintes Estados: ${w.states}.`,
      () =>
        'As delegações combinaram falar de seus fracassos com a mesma franqueza com que falam de seus êxitos e deixar os longos discursos para outra ocasião.',
    ],
    [
      (w) =>
        `A reunião tem dois objetivos, que as próprias delegações definiram: ${w.aim} e ${w.aim2}.`,
      (w) =>
        `Os Estados participantes os escolheram após consultas que duraram ${w.months} meses e chegaram a todos os níveis de governo.`,
      (w) =>
        `“Ninguém avança sozinho quando trabalha sobre ${w.subject}”, disse na abertura a responsável pela equipe técnica, diante de um público formado em boa parte por ${w.group2}.`,
      (w) =>
        `Quem trabalha em campo, sobretudo os ${w.group}, pediu ferramentas práticas em vez de novas declarações.`,
    ],
    [
      (w) =>
        `Segundo uma pesquisa feita antes da reunião, ${w.percent}% das instituições consultadas têm um plano sobre ${w.subject}.`,
      (w) =>
        `Apenas ${w.percent2}% contam com o pessoal e o orçamento necessários para executá-lo de um ano para outro.`,
      (w) =>
        `Desde ${w.since}, ${w.organ} apoiou ${w.projects} projetos nessa área, com contribuições de ${w.amount} dólares americanos.`,
      (w) =>
        `Os resultados completos, com as respostas de cada Estado, serão publicados antes do fim de ${w.nextYear}.`,
    ],
    [
      (w) =>
        `As sessões de trabalho versam sobre ${w.subject2}, ${w.subject3} e o uso de dados públicos nas decisões do dia a dia.`,
      () =>
        'Cada delegação apresenta um caso próprio, com seus resultados, seus custos e as dificuldades encontradas pelo caminho.',
      (w) =>
        `Os ${w.group2} visitarão duas instituições ${w.city} para ver como elas trabalham em um dia comum.`,
      () =>
        'As apresentações contam com interpretação, e os documentos estão disponíveis nos quatro idiomas oficiais da Organização.',
    ],
    [
      () =>
        '“O que aprendemos uns com os outros nos poupa anos de trabalho e muitos erros”, disse a coordenadora do programa.',
      (w) =>
        `“Viemos para ${w.aim} e voltamos com os nomes e os telefones de quem pode nos ajudar”, acrescentou um dos participantes.`,
      (w) =>
        `Um grupo de trabalho vai rever esses compromissos a cada ${w.months} meses e prestará contas publicamente.`,
      (w) =>
        `Especialistas ficarão à disposição dos Estados, sem custo e enquanto durar o programa, para orientá-los sobre ${w.subject2}.`,
    ],
    [
      (w) =>
        `Os Estados podem enviar suas propostas de projetos conjuntos até ${w.deadline}, em qualquer um dos idiomas oficiais.`,
      (w) =>
        `A próxima reunião vai se debruçar sobre ${w.subject3}, questão que várias delegações consideraram urgente.`,
      (w) =>
        `Com esse calendário, ${w.organ} espera chegar a ${w.institutions} instituições em ${w.nextYear}.`,
      () =>
        'O programa, a lista de palestrantes e as gravações das sessões estão disponíveis em [www.oas.org](https://www.oas.org/pt).',
    ],
  ],
};
