import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { LOCALES, TAG_OF } from '../../src/kernel/locale.js';
import { aRelease } from '../support/a-release.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { Staff } from '../support/staff.js';
import { workOn } from '../support/work-in-progress.js';

/** Stands in every text that is not public. */
const canary = `zq${randomBytes(6).toString('hex')}`;
const lure = 'Quetzalbird';
const secret = (what: string) => ({
  title: `${what}: ${lure} ${canary}`,
  summary: `Summary ${canary}.`,
  body: [`A paragraph about ${canary}.`, `Another: ${canary}.`],
});
const plain = (what: string) => ({ title: `Public ${what}`, summary: null, body: ['A.', 'B.'] });

interface Reply {
  readonly path: string;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
}

let gateway: TestApp;
let before: readonly Reply[];
let after: readonly Reply[];

beforeAll(async () => {
  gateway = await createTestApp();
  await gateway.given(
    aRelease('701/19').in('EN').in('ES').in('FR').published(),
    aRelease('702/19')
      .in('EN', secret('Corrected'))
      .in('ES', secret('Corregido'))
      .published()
      .revised('SUBSTANTIVE', plain('corrected'))
      .in('ES', plain('corregido'))
      .published(),
    aRelease('703/19')
      .in('EN', plain('in English alone'))
      .in('FR', { ...secret('Retiré'), summary: null })
      .published()
      .retracted('FR'),
    aRelease('704/19').in('ES', plain('sin traducción')).published(),
    aRelease('705/19').in('EN').in('PT').published(),
    // Retracted as a whole: what was last published is the same before and after.
    aRelease('706/19').in('PT', secret('Retirado')).published().retracted(),
  );
  before = await walk();
  await hide();
  after = await walk();
}, 300_000);
afterAll(() => gateway.close());

/** Drafts, unpublished translations, a schedule, and new work on texts that are public. */
async function hide(): Promise<void> {
  const staff = new Staff(gateway.database);
  await gateway.given(
    aRelease('81349/19')
      .mentioning('GY')
      .addressedTo('GY')
      .about(`topic-${canary}`)
      .in('EN', secret('Draft'))
      .in('FR', secret('Ébauche')),
  );
  await staff.translate('704/19', 'EN', secret('Unpublished'), 'APPROVED');
  await staff.translate('705/19', 'PT', secret('Rascunho'));
  await staff.revise('705/19', 'SUBSTANTIVE', secret('New'), 'APPROVED');
  await staff.changeFacts('705/19', { type: 'ADVISORY', date: '2019-02-27', mentions: ['GY'] });
  await workOn(gateway, canary, lure);
}

/** Every address of a feed, right and wrong, and the sitemap. */
function paths(): string[] {
  const audiences = ['', '/GY', '/HT', '/CA', '/BR', '/ZZ'];
  const feeds = [...LOCALES.map((locale) => TAG_OF[locale]), 'ht', 'nl', canary].flatMap((tag) => {
    return audiences.flatMap((audience) => {
      return ['atom', 'rss', 'json', 'xml'].map((format) => `/feeds/${tag}${audience}.${format}`);
    });
  });
  return [...feeds, '/sitemap.xml', '/sitemap-1.xml', '/sitemap-2.xml'];
}

async function walk(): Promise<Reply[]> {
  const replies: Reply[] = [];
  for (const path of paths()) {
    const reply = await fetch(new URL(path, gateway.url), { redirect: 'manual' });
    const headers = Object.fromEntries(reply.headers);
    const { 'x-request-id': id = '' } = headers;
    delete headers['date'];
    delete headers['x-request-id'];
    const text = (await reply.text()).replaceAll(id, 'REQUEST').replaceAll(canaryPath, 'PATH');
    replies.push({ path, status: reply.status, headers, text });
  }
  return replies;
}

/** A caller's own words may come back to the caller. */
const canaryPath = new RegExp(`“[^”]*${canary}[^”]*”`, 'g');

describe('what is not public, in feeds and sitemap', () => {
  it('is searched for where something is found', () => {
    const found = after.filter(({ status }) => status === 200);
    expect(found.length).toBeGreaterThan(50);
    expect(found.find(({ path }) => path === '/feeds/es/GY.json')?.text).toContain(
      'Public corregido',
    );
  });

  it('never shows', () => {
    const leaks = [...before, ...after].filter(({ text, headers }) => {
      return `${text} ${JSON.stringify(headers)}`.toLowerCase().includes(canary);
    });
    expect(leaks.map(({ path }) => path)).toEqual([]);
  });

  it('changes no byte, no tag and no time', () => {
    // A response has no Last-Modified that is younger than two seconds.
    const comparable = ({ headers: { 'last-modified': _, ...headers }, ...reply }: Reply) => {
      return { ...reply, headers };
    };
    expect(after.map(comparable)).toEqual(before.map(comparable));
    const times = [...before, ...after].map(({ headers }) => headers['last-modified']);
    expect(new Set(times.filter(Boolean)).size).toBeLessThanOrEqual(1);
  });
});
