import type { ReleaseType } from '../../../kernel/release.js';
import { visibleText } from '../../../kernel/unprintable.js';

/** Headings that pages print above every release, folded; some indicate the type of the release. */
const HEADINGS = new Map<string, ReleaseType | null>([
  ['media center', null],
  ['media centre', null],
  ['press release', null],
  ['press releases', null],
  ['statement', 'STATEMENT'],
  ['press advisory', 'ADVISORY'],
  ['media advisory', 'ADVISORY'],
  ['photonews', 'PHOTO_NEWS'],
  ['photo news', 'PHOTO_NEWS'],
  ['speech', 'SPEECH'],
  ['speeches', 'SPEECH'],
  ['centro de noticias', null],
  ['centro de prensa', null],
  ['comunicado de prensa', null],
  ['comunicados de prensa', null],
  ['aviso de prensa', 'ADVISORY'],
  ['fotonoticia', 'PHOTO_NEWS'],
  ['fotonoticias', 'PHOTO_NEWS'],
  ['discurso', 'SPEECH'],
  ['discursos', 'SPEECH'],
  ['centre de medias', null],
  ['centre des medias', null],
  ['communique de presse', null],
  ['communiques de presse', null],
  ['avis de presse', 'ADVISORY'],
  ['infos en photo', 'PHOTO_NEWS'],
  ['discours', 'SPEECH'],
  ['centro de midia', null],
  ['centro de imprensa', null],
  ['nota a imprensa', null],
  ['notas a imprensa', null],
  ['comunicado de imprensa', null],
  ['aviso de imprensa', 'ADVISORY'],
  ['oas', null],
  ['oea', null],
  ['organization of american states', null],
  ['organizacion de los estados americanos', null],
  ['organisation des etats americains', null],
  ['organizacao dos estados americanos', null],
]);

/** Instructions to other newsrooms above or below a release, folded. */
const FORMULA =
  /^(?:for (?:immediate|general) (?:release|publication|distribution)|for release(?: (?:immediately|upon receipt|at will|now))?|immediate release|para (?:su )?(?:publicacion|difusion|divulgacion|distribucion|uso|entrega) (?:inmediata|inmediato|general)|(?:publicacion|difusion|divulgacion) inmediata|pour (?:diffusion|publication|parution|distribution) (?:immediate|generale)|(?:diffusion|publication) immediate|a (?:diffuser|publier) (?:immediatement|sans delai)|para (?:divulgacao|publicacao|difusao|distribuicao) (?:imediata|geral)|(?:divulgacao|publicacao) imediata|embargo (?:lifted|levantado|leve)|(?:more|mas|suite|mais|continua|a suivre)|30|end|ends|end of (?:press )?release|fin|fin del comunicado|fin du communique|fim|fim da nota|x{3,})$/;
/** Words that mark the end of a release only between signs; alone they may be a line of it. */
const NEEDS_SIGNS = /^(?:more|mas|suite|mais|continua|a suivre|30|end|fin|fim)$/;

/** The language switch of a page: only names of languages. */
const SWITCH = /^(?:(?:english|espanol|francais|portugues)(?: *[·|/,•-] *| +|$))+$/;

const LABEL = /^[*_]*(?:reference|referencia|ref\.?(?=[ :]))(?: *n[o°º.]+)?[*_]* *:? *(.*)$/;

const MORE_INFORMATION =
  /^(?:for (?:more|further|additional) information|para (?:obtener )?(?:mas|mayor) informacion(?:es)?|para (?:obter )?(?:mais|maiores) informacoes|pour (?:obtenir )?(?:de )?plus (?:d'|de |amples )?(?:informations?|renseignements?))\b/;

function fold(line: string): string {
  return visibleText(line)
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[’´`]/g, "'")
    .replace(/[\s\u00a0\u202f]+/g, ' ')
    .trim()
    .toLowerCase();
}

/**
 * The release type of a page heading, or null if the line is not a heading: `Centre de médias · Communiqué de presse`.
 */
export function readHeading(line: string): { type: ReleaseType | null } | null {
  if (line.length > 120) return null;
  const folded = fold(line);
  if (SWITCH.test(folded)) return { type: null };
  const parts = folded.split(/ *[·|>»:•] *| - /).filter((part) => part !== '');
  if (parts.length === 0 || !parts.every((part) => HEADINGS.has(part))) return null;
  return {
    type: parts.map((part) => HEADINGS.get(part) ?? null).find((type) => type !== null) ?? null,
  };
}

/** Whether a line is for newsrooms and not part of the release: *FOR IMMEDIATE RELEASE*, *###*, *-30-*. */
export function isFormula(line: string): boolean {
  if (line.length > 80) return false;
  const folded = fold(line);
  if (/^#(?: ?#)*$/.test(folded)) return true;
  const bare = folded.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, '');
  return FORMULA.test(bare) && (bare !== folded || !NEEDS_SIGNS.test(bare));
}

/** The text after *Reference:* in any of the four languages; null for any other line. */
export function readReferenceLabel(line: string): string | null {
  if (line.length > 80) return null;
  return LABEL.exec(fold(line))?.[1] ?? null;
}

/**
 * Whether a line is the closing sentence of pages of 2012 and 2013 that links to the website of the OAS. A line that
 * points anywhere else (a telephone, another address) belongs to the release.
 */
export function isMoreInformation(line: string): boolean {
  if (line.length > 160) return false;
  const folded = fold(line).replace(/(?:https?:\/\/)?(?:www\.)?oas\.org(?:\/[a-z]{2})?\/?/g, 'oas');
  if (!MORE_INFORMATION.test(folded) || !/\b(?:oas|oea)\b/.test(folded)) return false;
  if (!/web|site|sitio|pagina|portail|portal/.test(folded)) return false;
  return !/[\d@/]|[.?!]./.test(folded);
}
