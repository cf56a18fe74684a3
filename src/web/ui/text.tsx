import type { ReactNode } from 'react';

/** A text with its language, as the API gives it. */
export interface TextInLanguage {
  readonly value: string;
  readonly lang: string;
  readonly dir: 'LTR' | 'RTL';
}

/** The attributes of an element whose text may be in another language than the page. */
export function languageOf(
  { lang, dir }: Pick<TextInLanguage, 'lang' | 'dir'>,
  pageLanguage: string,
): { lang?: string; dir?: 'rtl' } {
  if (lang === pageLanguage) return {};
  return dir === 'RTL' ? { lang, dir: 'rtl' } : { lang };
}

/** A name or a sentence in a line of the page. */
export function Text({
  text,
  pageLanguage,
  children,
}: {
  readonly text: TextInLanguage;
  readonly pageLanguage: string;
  readonly children?: ReactNode;
}) {
  const attributes = languageOf(text, pageLanguage);
  const content = children ?? text.value;
  return attributes.lang === undefined ? content : <span {...attributes}>{content}</span>;
}
