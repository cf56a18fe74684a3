import type { EntityManager } from 'typeorm';

import type { Locale } from '../../kernel/locale.js';
import { Invalid } from '../../kernel/refusal.js';
import { isBlank, unprintableIn } from '../../kernel/unprintable.js';
import type { Change } from '../change-log/index.js';
import { findPublicTopic, saveTopic } from './topic.repository.js';

const LONGEST_SLUG = 80;
const LONGEST_NAME = 200;

export interface TopicWish {
  readonly slug: string;
  readonly names: readonly { readonly locale: Locale; readonly name: string }[];
}

/**
 * Gives a topic its names and shows it to readers. Names in other locales stay.
 *
 * @returns the topic's id, and what is to be written into the change log by the last statement
 * @throws Invalid TOPIC_SLUG_UNUSABLE, TOPIC_NAME_UNUSABLE, LOCALE_TWICE
 */
export async function nameTopic(
  manager: EntityManager,
  { slug, names }: TopicWish,
): Promise<{ topicId: string; change: Change | null }> {
  if (slug.length > LONGEST_SLUG || !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(slug)) {
    const vars = { value: slug.slice(0, LONGEST_SLUG), max: LONGEST_SLUG };
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

function checkedNames(names: TopicWish['names']): Partial<Record<Locale, string>> {
  const checked: Partial<Record<Locale, string>> = {};
  for (const [index, { locale, name }] of names.entries()) {
    const path = ['names', String(index)];
    if (checked[locale] !== undefined) {
      throw new Invalid('LOCALE_TWICE', { locale }, [...path, 'locale']);
    }
    const kept = name.normalize('NFC').trim();
    // A name stands on one line.
    const isOneLine = !/[\p{Cc}\p{Zl}\p{Zp}]/u.test(kept) && unprintableIn(kept) === null;
    if (isBlank(kept) || kept.length > LONGEST_NAME || !isOneLine) {
      throw new Invalid('TOPIC_NAME_UNUSABLE', { max: LONGEST_NAME }, [...path, 'name']);
    }
    checked[locale] = kept;
  }
  return checked;
}
