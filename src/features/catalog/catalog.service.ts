import { createHash } from 'node:crypto';

import { AppError } from '../../kernel/errors.js';
import type { Locale } from '../../kernel/locale.js';
import type { Messages, MessageTree } from '../../platform/i18n/messages.js';

/** The namespaces that client apps may load; the others are the server's own. */
export const PUBLIC_NAMESPACES = ['app', 'status'] as const;

/** The texts of one namespace in one locale, ready for i18next (JSON v4). */
export interface LocaleBundle {
  readonly namespace: string;
  readonly locale: Locale;
  /** Made of the texts alone: the same on every node, another as soon as a text changes. */
  readonly version: string;
  readonly resources: MessageTree;
}

export interface CatalogService {
  /** @throws AppError NAMESPACE_UNKNOWN for a namespace that does not exist or is not public. */
  bundle(namespace: string, locale: Locale): LocaleBundle;
}

export function createCatalogService(messages: Messages): CatalogService {
  const versions = new WeakMap<MessageTree, string>();
  return {
    bundle(namespace, locale) {
      const resources = isPublic(namespace) ? messages.bundle(namespace, locale) : null;
      if (resources === null) {
        throw new AppError('NAMESPACE_UNKNOWN', {
          value: namespace.slice(0, LONGEST_SHOWN),
          known: PUBLIC_NAMESPACES.join(', '),
        });
      }
      const version = versions.get(resources) ?? versionOf(resources);
      versions.set(resources, version);
      return { namespace, locale, version, resources };
    },
  };
}

const LONGEST_SHOWN = 40;

function isPublic(namespace: string): boolean {
  return (PUBLIC_NAMESPACES as readonly string[]).includes(namespace);
}

function versionOf(tree: MessageTree): string {
  return createHash('sha256')
    .update(JSON.stringify(sorted(tree)))
    .digest('hex')
    .slice(0, 16);
}

/** The order of keys in a file is no change of a text. */
function sorted(tree: MessageTree): MessageTree {
  const entries = Object.entries(tree).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(
    entries.map(([key, value]) => [key, typeof value === 'string' ? value : sorted(value)]),
  );
}
