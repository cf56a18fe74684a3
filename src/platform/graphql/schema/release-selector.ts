import { AppError } from '../../../kernel/errors.js';
import { parseReference } from '../../../kernel/reference-code.js';
import { parseGlobalId } from './global-id.js';

export type ReleaseSelector = 'id' | 'number' | 'reference' | 'slug';

/** The number of a release with hyphens, then words: `305-12-…`, `avi-127-13-…`, `fne-4622-…`, `14-0029-…`. */
const SLUG =
  /^(?:\d{3,5}-\d{2}|avi-\d{1,5}-\d{2}|fn[a-z]-\d{1,7}|\d{2}-\d{4})-[a-z0-9]+(?:-[a-z0-9]+)*$/i;

const RELEASE_TYPES = ['Release', 'EditorialRelease'];

/** The other types that `node` finds by an id. */
const OTHER_TYPES = [
  ...['LocalizedRelease', 'MemberState', 'Topic', 'Translation', 'Comment', 'LocaleEntry'],
  ...['AudienceRule', 'Account'],
];

/** A number is a reference too: other series have one code for all languages. */
const ALSO_FOUND_BY: Partial<Record<ReleaseSelector, ReleaseSelector>> = { reference: 'number' };

/**
 * Refuses a value that matched nothing if its format shows that it belongs in another argument. Only the format counts,
 * so that unknown, unpublished and retracted releases stay indistinguishable.
 *
 * @param accepted the arguments that the field has
 * @throws AppError SELECTOR_MISPLACED
 */
export function refuseMisplaced(
  argument: ReleaseSelector,
  value: string,
  accepted: readonly ReleaseSelector[],
): void {
  const form = selectorFor(value);
  // Without an argument for references, they are read as numbers.
  const right = form === 'reference' && !accepted.includes(form) ? 'number' : form;
  if (right === null || right === argument || right === ALSO_FOUND_BY[argument]) return;
  if (right !== 'node(id:)' && !accepted.includes(right)) return;
  throw new AppError('SELECTOR_MISPLACED', { value: value.trim(), argument, right });
}

/** The argument in which a value belongs by its format; null if it has none of the formats. */
function selectorFor(value: string): ReleaseSelector | 'node(id:)' | null {
  const reference = parseReference(value);
  if (reference) return reference.locale === null ? 'number' : 'reference';
  const text = value.trim();
  if (SLUG.test(text)) return 'slug';
  const id = parseGlobalId(text);
  if (id && RELEASE_TYPES.includes(id.type)) return 'id';
  return id && OTHER_TYPES.includes(id.type) ? 'node(id:)' : null;
}
