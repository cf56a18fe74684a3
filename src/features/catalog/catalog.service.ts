import { createHash } from 'node:crypto';

import { AppError } from '../../kernel/errors.js';
import type { Locale } from '../../kernel/locale.js';
import type { MessageTree } from '../../platform/i18n/message-tree.js';
import type { Messages } from '../../platform/i18n/messages.js';

/** The texts of one namespace in one locale, ready for i18next (JSON v4). */
export interface LocaleBundle {
  readonly namespace: string;
  readonly locale: Locale;
  /** Computed from the texts alone: the same on every node, and changes with every text. */
  readonly version: string;
  readonly resources: MessageTree;
}

export interface CatalogService {
  /** @throws AppError NAMESPACE_UNKNOWN for a namespace that does not exist or is not public. */
  bundle(namespace: string, locale: Locale): LocaleBundle;
  /** Like `bundle`, but null for such a namespace. */
  find(namespace: string, locale: Locale): LocaleBundle | null;
}

/** @param isPublic whether client apps may load a namespace; the others are the server's own */
export function createCatalogService(
  messages: Messages,
  isPublic: (namespace: string) => boolean,
): CatalogService {
  const versions = new WeakMap<MessageTree, string>();
  const find = (namespace: string, locale: Locale): LocaleBundle | null => {
    const resources = isPublic(namespace) ? messages.bundle(namespace, locale) : null;
    if (resources === null) return null;
    const version = versions.get(resources) ?? versionOf(resources);
    versions.set(resources, version);
    return { namespace, locale, version, resources };
  };
  return {
    find,
    bundle(namespace, locale) {
      const bundle = find(namespace, locale);
      if (bundle !== null) return bundle;
      throw new AppError('NAMESPACE_UNKNOWN', {
        value: namespace.slice(0, MAX_SHOWN_LENGTH),
        known: messages.namespaces.filter(isPublic).slice(0, MAX_SHOWN_NAMES).join(', '),
      });
    },
  };
}

const MAX_SHOWN_LENGTH = 40;
const MAX_SHOWN_NAMES = 20;

function versionOf(tree: MessageTree): string {
  return createHash('sha256')
    .update(JSON.stringify(sorted(tree)))
    .digest('hex')
    .slice(0, 16);
}

/** The order of keys in a file does not matter. */
function sorted(tree: MessageTree): MessageTree {
  const entries = Object.entries(tree).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(
    entries.map(([key, value]) => [key, typeof value === 'string' ? value : sorted(value)]),
  );
}
