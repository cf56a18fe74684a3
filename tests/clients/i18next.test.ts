import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createInstance, type i18n } from 'i18next';
import HttpBackend, { type HttpBackendOptions } from 'i18next-http-backend';

import { createTestApp, type TestApp } from '../support/app.js';

let gateway: TestApp;
let requests: { readonly path: string; readonly status: number }[] = [];

beforeAll(async () => {
  gateway = await createTestApp();
});
afterAll(() => gateway.close());

/** As a client app sets it up; the rest is i18next's own. */
async function createClient(lng: string): Promise<i18n> {
  requests = [];
  const client = createInstance();
  const { origin } = new URL(gateway.url);
  await client.use(HttpBackend).init<HttpBackendOptions>({
    lng,
    fallbackLng: 'en',
    ns: ['app', 'status'],
    defaultNS: 'app',
    interpolation: { escapeValue: false },
    backend: {
      loadPath: `${origin}/locales/{{lng}}/{{ns}}.json`,
      alternateFetch: async (input, init) => {
        const response = await fetch(input, init);
        requests.push({ path: new URL(input).pathname, status: response.status });
        return response;
      },
    },
  });
  return client;
}

const save = async (key: string, locale: string, value: string, expectedRevision: number) => {
  const { data } = await gateway.as('ADMIN').mutate<{ saveLocaleEntry: object }>(
    `mutation ($input: SaveLocaleEntryInput!) { saveLocaleEntry(input: $input) {
       __typename ... on Problem { message } } }`,
    { variables: { input: { namespace: 'app', key, locale, value, expectedRevision } } },
  );
  expect(data.saveLocaleEntry).toEqual({ __typename: 'LocaleEntryPayload' });
};

const report = (line: string) => process.stdout.write(`i18next-http-backend: ${line}\n`);

describe('i18next with i18next-http-backend', () => {
  it('renders the texts in the language of the device, also after it changes', async () => {
    const client = await createClient('fr-CA');
    const texts = () => [
      client.t('list.count', { count: 1 }),
      client.t('list.count', { count: 2_000_000 }).replace(/\s/g, ' '),
      client.t('languages.missing', { languages: ['A', 'B'] }).replace(/\s/g, ' '),
      client.t('status:Freshness.STALE'),
    ];
    const inFrench = texts();
    expect(inFrench[0]).toBe('1\u00a0communiqué');
    expect(inFrench[1]).toBe('2 000 000 de communiqués');
    await client.changeLanguage('pt-BR');
    const inPortuguese = texts();
    expect(inPortuguese[0]).toBe('1 nota');
    expect(inPortuguese[1]).toBe('2.000.000 de notas');
    expect(inPortuguese[3]).not.toBe(inFrench[3]);
    await client.changeLanguage('fr-CA');
    expect(texts()).toEqual(inFrench);
    expect(new Set(requests.map(({ status }) => status))).toEqual(new Set([200]));
    expect(requests.map(({ path }) => path)).toContain('/locales/fr-CA/app.json');
    report(
      `fr-CA, then pt-BR, then fr-CA: ${requests.length} bundles, all found; “${inFrench[1]}”, “${inPortuguese[1]}”`,
    );
  });

  it('renders a corrected text after reloadResources, and the others as before', async () => {
    const client = await createClient('es-419');
    expect(client.t('list.more')).toBe('Mostrar más');
    const { data } = await gateway.as('ADMIN').query<{
      localeEntries: { nodes: { key: string; revision: number }[] };
    }>(`{ localeEntries(first: 100, filter: { namespace: ["app"], locale: [ES], search: "list.more" }) {
          nodes { key revision } } }`);
    const entry = data.localeEntries.nodes.find(({ key }) => key === 'list.more');
    await save('list.more', 'ES', 'Ver más comunicados', entry?.revision ?? 0);
    expect(client.t('list.more')).toBe('Mostrar más');
    await client.reloadResources();
    expect(client.t('list.more')).toBe('Ver más comunicados');
    expect(client.t('list.latest')).toBe('Últimos comunicados');
    report('es-419: a saved text was rendered after reloadResources, the others as before');
  });

  it('gets a clear error for an unknown namespace', async () => {
    const client = await createClient('fr');
    const failed: string[] = [];
    client.on('failedLoading', (lng: string, ns: string) => failed.push(`${lng} ${ns}`));
    await client.loadNamespaces('errors');
    expect(new Set(failed)).toEqual(new Set(['fr errors', 'en errors']));
    expect(requests.filter(({ status }) => status === 404)).toHaveLength(2);
  });
});
