import { describe, expect, it } from '@jest/globals';

import { LOCALES } from '../../../../../src/kernel/locale.js';
import { lexemeOf } from '../../../../../src/kernel/search/words/lexemes.js';
import { OTHER_WORD, SAME_WORD, withoutAccents } from '../../../../support/word-pairs.js';

describe.each(LOCALES)('words in %s', (locale) => {
  it.each(SAME_WORD[locale])('%s and %s are one', (one, other) => {
    const forms = [one, other, withoutAccents(one), withoutAccents(other)];
    const [lexeme] = forms.map((form) => lexemeOf(form, locale));
    for (const form of forms) expect([form, lexemeOf(form, locale)]).toEqual([form, lexeme]);
  });

  it.each(OTHER_WORD[locale])('%s and %s are two', (one, other) => {
    expect(lexemeOf(one, locale)).not.toBe(lexemeOf(other, locale));
    expect(lexemeOf(withoutAccents(one), locale)).not.toBe(lexemeOf(withoutAccents(other), locale));
  });
});
