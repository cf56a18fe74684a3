import type { Locale } from '../../src/kernel/locale.js';

/** A page of our own words in the shape of the first real release, in each language. */
export interface SamplePage {
  readonly headings: readonly string[];
  readonly title: string;
  readonly date: string;
  readonly paragraphs: readonly string[];
  readonly more: string;
  readonly reference: string;
}

export const SAMPLES: Record<Locale, SamplePage> = {
  EN: {
    headings: ['Media Center', 'Press Release'],
    title: 'OAS and Government of Jamaica Open Regional Course on Flood Warnings',
    date: 'March 1, 2017',
    paragraphs: [
      'The Organization of American States (OAS) and the government of Jamaica this week opened a course for people who warn others of floods.',
      'Jamaica showed its river gauges – all forty of them – and Belize´s experts spoke of theirs. Delegates of Haiti, Suriname and the United States took part.',
      '“A warning that nobody hears is no warning,” said the head of the course. “So we begin with those who listen.”',
      'The course costs $1.5 million and runs until 2019.',
    ],
    more: 'For more information, please visit the OAS Website at www.oas.org.',
    reference: 'Reference: E-911/17',
  },
  ES: {
    headings: ['Centro de Noticias', 'Comunicado de Prensa'],
    title: 'La OEA y Jamaica inauguran un curso regional de alerta de inundaciones',
    date: '1 de marzo de 2017',
    paragraphs: [
      'La Organización de los Estados Americanos (OEA) y el Gobierno de Jamaica abrieron esta semana un curso para quienes avisan de las inundaciones.',
      'Jamaica mostró sus medidores de río, cuarenta en total, y los expertos de Belize hablaron de los suyos. Participaron Haití, Suriname y los Estados Unidos.',
      '“Un aviso que nadie oye no es un aviso”, dijo el director del curso. “Por eso empezamos por quienes escuchan”.',
      'El curso cuesta 1,5 millones de dólares y dura hasta 2019.',
    ],
    more: 'Para más información, visite la página Web de la OEA en www.oas.org/es.',
    reference: 'Referencia: C-911/17',
  },
  FR: {
    headings: ['Centre de médias', 'Communiqué de presse'],
    title: 'L’OEA et la Jamaïque ouvrent un cours régional sur l’alerte aux inondations',
    date: '1er mars 2017',
    paragraphs: [
      'L’Organisation des États Américains (OEA) et le gouvernement de la Jamaïque ont ouvert cette semaine un cours pour les personnes qui avertissent des inondations.',
      'La Jamaïque a montré ses limnimètres, quarante au total, et les experts du Belize ont parlé des leurs. Haïti, le Suriname et les États-Unis étaient présents.',
      '«\u00a0Un avertissement que personne n’entend n’en est pas un\u00a0», a dit le directeur du cours.',
      'Le cours coûte 1,5 million de dollars et dure jusqu’en 2019.',
    ],
    more: 'Pour plus d’informations, veuillez visiter le site Web de l’OEA : www.oas.org/fr.',
    reference: 'Référence : F-911/17',
  },
  PT: {
    headings: ['Nota à Imprensa'],
    title: 'OEA e Jamaica abrem curso regional sobre alertas de enchentes',
    date: '1º de março de 2017',
    paragraphs: [
      'A Organização dos Estados Americanos (OEA) e o governo da Jamaica abriram nesta semana um curso para as pessoas que avisam das enchentes.',
      'A Jamaica mostrou os seus medidores de rio, quarenta ao todo, e os especialistas de Belize falaram dos seus. Haiti, Suriname e Estados Unidos participaram.',
      '“Um aviso que ninguém ouve não é um aviso”, disse o diretor do curso. “Por isso começamos com quem escuta.”',
      'O curso custa 1,5 milhão de dólares e vai até 2019.',
    ],
    more: 'Para mais informações, visite o site da OEA em www.oas.org/pt.',
    reference: 'Referencia: P-911/17',
  },
};

/** With two U+00A0 before the date and no line feed at the end, as the first real release has it. */
export function textPage(page: SamplePage): string {
  const [first, ...rest] = page.headings;
  return [
    [first, ...rest, ''].join('\n\n'),
    page.title,
    `\u00a0\u00a0${page.date}`,
    ...page.paragraphs,
    page.more,
    page.reference,
  ].join('\n\n');
}

/** As pages of those years were built: tables in tables, menus, scripts, classes for the parts. */
export function htmlPage(page: SamplePage): string {
  const paragraphs = page.paragraphs.map((text) => `<p align="justify">${entities(text)}</p>`);
  return `<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 4.01 Transitional//EN">
<html><head><title>OAS :: ${entities(page.title)}</title>
<style>p { color: red }</style><script>document.write("<p>Injected by script</p>");</script></head>
<body onload="steal()"><table><tr><td><a href="/en/">Home</a> | <a href="/en/about">About</a>
<table><tr><td class="menu">Secretariats</td></tr></table></td></tr>
<tr><td><table><tr><td>
<div class="seccion">${page.headings.map(entities).join(' &middot; ')}</div>
<h2 class="titulo" onclick="steal()">${entities(page.title)}</h2>
<p>&nbsp;&nbsp;${entities(page.date)}</p>
${paragraphs.join('\n')}
<p>${entities(page.more)}</p><iframe src="https://evil.example">framed</iframe>
<p><b>${entities(page.reference)}</b></p></td></tr></table></td></tr>
<tr><td>&copy; All rights reserved.</td></tr></table></body></html>`;
}

function entities(text: string): string {
  return text
    .replace(/&/g, '&amp;')
    .replace(/é/g, '&eacute;')
    .replace(/“/g, '&ldquo;')
    .replace(/”/g, '&#8221;')
    .replace(/\u00a0/g, '&nbsp;');
}
