import type { EntityManager } from 'typeorm';

import type { Locale } from '../../kernel/locale.js';
import { Invalid } from '../../kernel/refusal.js';
import { isBlank, unprintableIn } from '../../kernel/unprintable.js';
import type { Change } from '../change-log/index.js';
import { findPublicTopic, saveTopic } from './topic.repository.js';

const MAX_SLUG_LENGTH = 80;
const MAX_NAME_LENGTH = 200;

export interface TopicNames {
  readonly slug: string;
  readonly names: readonly { readonly locale: Locale; readonly name: string }[];
}

/**
 * Sets names of a topic and publishes it. Names in other locales do not change.
 *
 * @returns the topic's id, and the change for the last statement, that of the change log
 * @throws Invalid TOPIC_SLUG_UNUSABLE, TOPIC_NAME_UNUSABLE, LOCALE_TWICE
 */
export async function nameTopic(
  manager: EntityManager,
  { slug, names }: TopicNames,
): Promise<{ topicId: string; change: Change | null }> {
  if (slug.length > MAX_SLUG_LENGTH || !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(slug)) {
    const vars = { value: slug.slice(0, MAX_SLUG_LENGTH), max: MAX_SLUG_LENGTH };
    throw new Invalid('TOPIC_SLUG_UNUSABLE', vars, ['slug']);
  }
  const wanted = checkedNames(names);
  const present = await findPublicTopic(manager, slug);
  if (present && names.every(({ locale }) => present.names[locale] === wanted[locale])) {
    return { topicId: present.id, change: null };
  }
  const topicId = await saveTopic(manager, slug, wanted);
  return { topicId, change: { kind: 'TOPIC', topicId } };
}

function checkedNames(names: TopicNames['names']): Partial<Record<Locale, string>> {
  const checked: Partial<Record<Locale, string>> = {};
  for (const [index, { locale, name }] of names.entries()) {
    const path = ['names', String(index)];
    if (checked[locale] !== undefined) {
      throw new Invalid('LOCALE_TWICE', { locale }, [...path, 'locale']);
    }
    const value = name.normalize('NFC').trim();
    // A name must be a single line.
    const isOneLine = !/[\p{Cc}\p{Zl}\p{Zp}]/u.test(value) && unprintableIn(value) === null;
    if (isBlank(value) || value.length > MAX_NAME_LENGTH || !isOneLine) {
      throw new Invalid('TOPIC_NAME_UNUSABLE', { max: MAX_NAME_LENGTH }, [...path, 'name']);
    }
    checked[locale] = value;
  }
  return checked;
}
