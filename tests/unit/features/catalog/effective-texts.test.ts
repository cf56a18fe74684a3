import { describe, expect, it } from '@jest/globals';

import { effectiveTexts } from '../../../../src/features/catalog/effective-texts.js';
import { LOCALES, type Locale } from '../../../../src/kernel/locale.js';
import { loadMessages } from '../../../../src/platform/i18n/messages.js';

type Text = [namespace: string, key: string, locale: Locale, value: string];

/** Messages with these texts of the database. */
function saying(...texts: Text[]) {
  const messages = loadMessages();
  const stored = texts.map(([namespace, key, locale, value]) => ({
    namespace,
    key,
    locale,
    value,
  }));
  messages.replace(effectiveTexts(messages.shipped, stored));
  return messages;
}

const own = loadMessages();

describe('what is rendered', () => {
  it('without anything in the database is what the program came with', () => {
    const messages = saying();
    expect(messages.namespaces).toEqual(own.namespaces);
    for (const namespace of own.namespaces) {
      for (const locale of LOCALES) {
        expect(messages.bundle(namespace, locale)).toEqual(own.bundle(namespace, locale));
      }
    }
  });

  it('is the database’s text, in its locale alone', () => {
    const messages = saying(
      ['errors', 'NOT_FOUND', 'FR', 'Rien ici.'],
      ['app', 'list.count_one', 'EN', 'a single release'],
      ['web', 'a.b', 'PT', 'Olá'],
    );
    expect(messages.text('FR', 'errors:NOT_FOUND')).toBe('Rien ici.');
    expect(messages.text('ES', 'errors:NOT_FOUND')).toBe(own.text('ES', 'errors:NOT_FOUND'));
    expect(messages.text('EN', 'app:list.count', { count: 1 })).toBe('a single release');
    expect(messages.text('EN', 'app:list.count', { count: 2 })).toBe('2 releases');
    expect(messages.bundle('web', 'PT')).toEqual({ a: { b: 'Olá' } });
    expect(messages.bundle('web', 'EN')).toEqual({});
  });

  it.each<Text>([
    ['errors', 'COUNTRY_UNKNOWN', 'EN', 'Without the value'],
    ['errors', 'COUNTRY_UNKNOWN', 'EN', '{{value}} and {{more}}'],
    ['errors', 'COUNTRY_UNKNOWN', 'EN', '{{value}} $t(errors:NOT_FOUND)'],
    ['errors', 'COUNTRY_UNKNOWN', 'EN', '{{value}} {{'],
    ['errors', 'COUNTRY_UNKNOWN', 'EN', ''],
    ['errors', 'COUNTRY_UNKNOWN.below', 'EN', 'x'],
    ['cli', 'help', 'EN', 'a text in the place of many'],
    ['errors', '__proto__.COUNTRY_UNKNOWN', 'EN', 'x'],
  ])('is the program’s own where the database has %s:%s %s “%s”', (...text) => {
    const messages = saying(text);
    const vars = { value: 'XX' };
    expect(messages.text('EN', 'errors:COUNTRY_UNKNOWN', vars)).toBe(
      own.text('EN', 'errors:COUNTRY_UNKNOWN', vars),
    );
    expect(messages.bundle('cli', 'EN')).toEqual(own.bundle('cli', 'EN'));
  });
});
