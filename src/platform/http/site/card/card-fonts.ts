import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';

import { type CodePoints, unicodeRanges } from './card-text.js';

const PACKAGE = '@fontsource/source-sans-3';
/** Those of the four languages, and of the names of persons and places in them. */
const SUBSETS = ['latin', 'latin-ext', 'vietnamese', 'greek', 'cyrillic'] as const;
const WEIGHTS = [400, 700] as const;

/** Each subset is a family of its own: of several files of one family, satori uses one. */
const familyOf = (subset: string): string => `Source Sans 3 ${subset}`;
export const FONT_FAMILY = SUBSETS.map(familyOf).join(', ');

export interface CardFont {
  readonly name: string;
  readonly weight: (typeof WEIGHTS)[number];
  readonly style: 'normal';
  readonly data: Buffer;
}

export interface CardFonts {
  readonly fonts: readonly CardFont[];
  /** What the fonts have glyphs for. */
  readonly ranges: readonly CodePoints[];
}

/** Reads the fonts of the pictures from their package. */
export async function loadCardFonts(): Promise<CardFonts> {
  const { resolve } = createRequire(import.meta.url);
  const reading = WEIGHTS.flatMap((weight) =>
    SUBSETS.map(async (subset): Promise<CardFont> => {
      const file = `${PACKAGE}/files/source-sans-3-${subset}-${weight}-normal.woff`;
      const data = await readFile(resolve(file));
      return { name: familyOf(subset), weight, style: 'normal', data };
    }),
  );
  const text = await readFile(resolve(`${PACKAGE}/unicode.json`), 'utf8');
  const descriptors = JSON.parse(text) as Readonly<Record<string, string>>;
  const ranges = SUBSETS.flatMap((subset) => unicodeRanges(descriptors[subset] ?? ''));
  return { fonts: await Promise.all(reading), ranges };
}
