/** Every target, in the order of the tables: which server responds, and how it is requested. */
export const TARGETS = {
  raw: { server: 'raw', mode: 'post' },
  sql: { server: 'sql', mode: 'post', kinds: ['detail', 'list'] },
  cold: { server: 'cold', mode: 'post' },
  warm: { server: 'warm', mode: 'post' },
  cached: { server: 'cached', mode: 'post' },
  'raw-get': { server: 'raw', mode: 'get' },
  'cached-get': { server: 'cached', mode: 'get' },
  'raw-304': { server: 'raw', mode: '304' },
  'cached-304': { server: 'cached', mode: '304' },
};

export const KINDS = ['detail', 'list', 'titles', 'search', 'sync', 'detail-any', 'list-any'];

/** The settings of the gateways under test; all else is as at a customer's, but for limits by client. */
export const GATEWAYS = {
  cold: { READ_MODEL_MB: '0', ANSWER_CACHE_MB: '0' },
  warm: { ANSWER_CACHE_MB: '0' },
  cached: {},
};

/** The floor that a target is compared with beside SQL. */
export function rawOf(target) {
  const { mode } = TARGETS[target];
  return mode === 'post' ? 'raw' : `raw-${mode}`;
}

/** Kinds of any selection are compared with the floor of the default selection. */
export function sqlKindOf(kind) {
  return kind.replace('-any', '');
}

/**
 * What to measure: what was named, and the floors that its ratios need.
 *
 * @returns pairs {kind, target}, in the order in which they are measured
 */
export function plannedPairs(only) {
  const named = (kind, target) =>
    only.length === 0 || [kind, target, `${kind}/${target}`].some((name) => only.includes(name));
  const pairs = KINDS.flatMap((kind) =>
    Object.keys(TARGETS)
      .filter((target) => TARGETS[target].kinds?.includes(kind) ?? true)
      .map((target) => ({ kind, target })),
  );
  const selected = pairs.filter(({ kind, target }) => named(kind, target));
  return pairs.filter(
    (pair) => selected.includes(pair) || selected.some((other) => needs(other, pair)),
  );
}

function needs(selected, floor) {
  if (floor.target === rawOf(selected.target)) return floor.kind === selected.kind;
  return floor.target === 'sql' && floor.kind === sqlKindOf(selected.kind);
}
