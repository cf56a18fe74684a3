import { describe, expect, it } from '@jest/globals';
import { createInstance } from 'i18next';

import { createCatalogService } from '../../../../src/features/catalog/catalog.service.js';
import { LOCALES, TAG_OF, type Locale } from '../../../../src/kernel/locale.js';
import type { MessageTree } from '../../../../src/platform/i18n/message-tree.js';
import { loadMessages } from '../../../../src/platform/i18n/messages.js';

const PUBLIC_NAMESPACES: readonly string[] = ['app', 'status'];
const catalog = createCatalogService(loadMessages(), (name) => PUBLIC_NAMESPACES.includes(name));

describe('a locale bundle', () => {
  it.each(LOCALES)('works in a client of its own: %s', async (locale) => {
    const client = createInstance();
    await client.init({
      lng: TAG_OF[locale],
      fallbackLng: false,
      ns: [...PUBLIC_NAMESPACES],
      interpolation: { escapeValue: false },
      resources: {
        [TAG_OF[locale]]: Object.fromEntries(
          PUBLIC_NAMESPACES.map((name) => [name, catalog.bundle(name, locale).resources]),
        ),
      },
    });
    const texts = [
      client.t('app:list.count', { count: 1234 }),
      client.t('app:languages.missing', { languages: ['A', 'B'] }),
      client.t('status:Freshness.STALE'),
    ];
    expect(texts).toEqual(EXPECTED[locale]);
  });

  it.each(['errors', 'cli', 'nothing', '', '__proto__', '../app'])('is not served: %j', (name) => {
    expect(() => catalog.bundle(name, 'EN')).toThrow(
      expect.objectContaining({
        reason: 'NAMESPACE_UNKNOWN',
        vars: { value: name, known: 'app, status' },
      }),
    );
  });

  it('has the same version while its texts stay, in any order', () => {
    const version = versionOf({ a: 'A', b: { c: 'C', d: 'D' } });
    expect(versionOf({ b: { d: 'D', c: 'C' }, a: 'A' })).toBe(version);
    expect(versionOf({ a: 'A', b: { c: 'C', d: 'D!' } })).not.toBe(version);
    expect(versionOf({ a: 'A', b: { c: 'C', e: 'D' } })).not.toBe(version);
    const versions = LOCALES.map((locale) => catalog.bundle('app', locale).version);
    expect(new Set(versions).size).toBe(4);
    expect(catalog.bundle('app', 'ES').version).toBe(versions[1]);
  });
});

const EXPECTED: Record<Locale, string[]> = {
  EN: ['1,234 releases', 'Not yet available in A and B', 'Out of date'],
  ES: ['1234 comunicados', 'Aún no disponible en A y B', 'Desactualizada'],
  FR: ['1\u202f234\u00a0communiqués', 'Pas encore disponible en A et B', 'À actualiser'],
  PT: ['1.234 notas', 'Ainda não disponível em A e B', 'Desatualizada'],
};

/** The version that a bundle of these texts has. */
function versionOf(texts: MessageTree): string {
  const service = createCatalogService({ ...loadMessages(), bundle: () => texts }, () => true);
  return service.bundle('app', 'EN').version;
}
