import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';

/** A request that somebody sends who means harm, or knows no better. */
export interface HostileRequest {
  /** Why it is hostile. */
  readonly what: string;
  readonly method: 'GET' | 'POST';
  /** Behind the address of /graphql. */
  readonly search: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer | null;
}

const JSON_TYPE = { 'content-type': 'application/json' };

const post = (what: string, body: Buffer | string, headers: object = {}): HostileRequest => ({
  ...{ what, method: 'POST', search: '', headers: { ...JSON_TYPE, ...headers } },
  body: Buffer.from(body),
});
const query = (what: string, text: string, more: object = {}): HostileRequest =>
  post(what, JSON.stringify({ query: text, ...more }));
const times = (count: number, text: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => text(index)).join(' ');
const nest = (open: string, inner: string, close: string, depth: number): string =>
  `${open.repeat(depth)}${inner}${close.repeat(depth)}`;
const count = (max: number) =>
  fc.oneof(fc.integer({ min: 1, max: 30 }), fc.integer({ min: 1, max }));
const pick = <T>(...values: readonly T[]) => fc.constantFrom(...values);

const aliases = fc
  .record({ n: count(2_000), field: pick('topics { id }', 'releases(first: 100) { totalCount }') })
  .map(({ n, field }) => query('aliases', `{ ${times(n, (at) => `a${at}: ${field}`)} }`));

const fanOut = fc
  .record({ levels: count(200), width: fc.integer({ min: 2, max: 12 }), by: fc.nat({ max: 3 }) })
  .map(({ levels, width, by }) => {
    const step = (at: number) => `...F${at + 1}`;
    const ways = [
      (at: number) => times(width, () => step(at)),
      (at: number) => times(width, (way) => `w${way}: localized { release { ${step(at)} } }`),
      (at: number) => times(width, () => `localized { release { ${step(at)} } }`),
      (at: number) => times(width, () => `... on Release { ${step(at)} }`),
    ];
    const way = ways[by] as (at: number) => string;
    const fragments = times(levels, (at) => `fragment F${at} on Release { ${way(at)} }`);
    const last = `fragment F${levels} on Release { id }`;
    return query('fragments fanned out', `{ releases { nodes { ...F0 } } } ${fragments} ${last}`);
  });

const cycles = fc.record({ n: count(400), inField: fc.boolean() }).map(({ n, inField }) => {
  const way = (at: number) => `...F${(at + 1) % n}`;
  const within = (at: number) => (inField ? `localized { release { ${way(at)} } }` : way(at));
  const fragments = times(n, (at) => `fragment F${at} on Release { id ${within(at)} }`);
  return query('fragment cycles', `{ releases { nodes { ...F0 } } } ${fragments}`);
});

const deepFields = fc
  .record({ n: count(20_000), by: pick('a', '... on Query', '... @include(if: true)', '__type') })
  .map(({ n, by }) => query('depth', `{ ${nest(`${by} { `, 'id', ' }', n)} }`));

const deepValues = fc.record({ n: count(20_000), by: fc.nat({ max: 3 }) }).map(({ n, by }) => {
  const list = nest('[', '1', ']', n);
  const object = nest('{a:', '1', '}', n);
  const type = nest('[', 'Int', ']', n);
  const documents = [
    `{ releases(filter: ${list}) { totalCount } }`,
    `{ releases(filter: ${object}) { totalCount } }`,
    `query ($x: ${type} = ${list}) { topics { id } }`,
    `{ topics @include(if: ${list}) { id } }`,
  ];
  return query('deep values', documents[by] ?? '');
});

const deepVariables = fc
  .record({ n: fc.oneof(count(100), count(20_000)), isList: fc.boolean(), over: pick('', 'gzip') })
  .map(({ n, isList, over }) => {
    const value = isList ? nest('[', '1', ']', n) : nest('{"a":', '1', '}', n);
    const document = 'query ($x: ReleaseFilter) { releases(filter: $x) { totalCount } }';
    const body = `{"query":"${document}","variables":{"x":${value}}}`;
    if (over === '') return post('deep variables', body);
    return post('deep variables', gzipSync(body), { 'content-encoding': over });
  });

const directives = fc
  .record({ n: count(2_000), name: pick('include(if: true)', 'skip(if: false)', 'x', 'inContext') })
  .chain(({ n, name }) => {
    const all = times(n, () => `@${name}`);
    return pick(
      query('directives', `{ topics ${all} { id } }`),
      query('directives', `query ${all} { topics { id } }`),
      query('directives', `query ($x: Int ${all}) { topics { id } }`),
      query('directives', `{ ... ${all} { topics { id } } }`),
    );
  });

const NAMES = ['__schema', '__type', '__typename', '__proto__', 'constructor', 'prototype'].concat([
  'toString',
  'hasOwnProperty',
  'valueOf',
  '__defineGetter__',
  'then',
  'length',
  'true',
  'null',
]);
const names = fc.record({ name: pick(...NAMES), at: fc.nat({ max: 8 }) }).map(({ name, at }) => {
  const documents = [
    `{ ${name} }`,
    `{ ${name} { name } }`,
    `{ ${name}: topics { ${name}: id } releases { nodes { ${name}: number } } }`,
    `query ${name} { topics { id } }`,
    `{ ...${name} } fragment ${name} on Query { topics { id } }`,
    `query ($${name}: Int) { releases(first: $${name}) { totalCount } }`,
    `{ topics(${name}: 1) { id } releases(filter: { ${name}: 1 }) { totalCount } }`,
    `query ($x: ${name}) { topics { id } ... on ${name} { id } }`,
    `{ topics @${name} { id } releases(orderBy: ${name}) { totalCount } }`,
  ];
  const variables = `{"${name}":{"${name}":1},"x":{"${name}":[]}}`;
  const text = JSON.stringify(documents[at]);
  const extensions = `{"${name}":1}`;
  const body = `{"query":${text},"operationName":"${name}","variables":${variables},"extensions":${extensions}}`;
  return post('names of JavaScript', body);
});

const overlapping = fc
  .record({ n: count(1_000), by: fc.nat({ max: 3 }), inner: count(40) })
  .map(({ n, by, inner }) => {
    const set = times(inner, (at) => `a: f${at}`);
    const documents = [
      `{ releases { nodes { ${times(n, (at) => `a: number(x: ${at})`)} } } }`,
      `{ ${times(n, () => `releases { nodes { ${set} } }`)} }`,
      `{ releases { nodes { ${times(n, (at) => `...F${at}`)} } } } ${times(n, (at) => `fragment F${at} on Release { localized { ${set} } id }`)}`,
      `{ releases { ${nest('nodes { localized { release { x: id ', set, ' } } }', Math.min(n, 30))} } }`,
    ];
    return query('overlapping fields', documents[by] ?? '');
  });

const BROKEN = ['\\ud800', '\\udc00\\ud800', '\\u0000', '\\ufeff', '\\u202e', '\\ufffe', '\\u2028'];
const ARGUMENTS = [
  (text: string) => `{ releases(search: \\"${text}\\") { totalCount nodes { id } } }`,
  (text: string) => `{ release(number: \\"${text}\\") { id } node(id: \\"${text}\\") { id } }`,
  (text: string) => `{ releases(after: \\"${text}\\") { totalCount } }`,
  (text: string) =>
    `{ localization(languages: [\\"${text}\\"], audience: \\"${text}\\") { chain } }`,
  (text: string) => `{ localeBundle(namespace: \\"${text}\\") }`,
  (text: string) => `{ releaseChanges(since: \\"${text}\\") { cursor } }`,
  (text: string) => `${text}{ topics { id } }${text}`,
  (text: string) => `{ topics ${text} { id } } # ${text}`,
];
const unicode = fc
  .record({ text: pick(...BROKEN), form: pick(...ARGUMENTS), n: count(5_000), raw: fc.boolean() })
  .map(({ text, form, n, raw }) => {
    const escaped = raw ? text.replaceAll('\\u', '\\\\u') : text;
    return post('broken unicode', `{"query":"${form(`a${escaped.repeat(n)}b`)}"}`);
  });

const brokenBytes = fc
  .record({
    bytes: fc.uint8Array({ minLength: 1, maxLength: 40 }),
    at: fc.nat({ max: 60 }),
    charset: pick('', '; charset=utf-16', '; charset=x', ';;', '; charset="'),
  })
  .map(({ bytes, at, charset }) => {
    const body = Buffer.from('{"query":"{ releases(search: \\"abc\\") { totalCount } }"}');
    const broken = Buffer.concat([body.subarray(0, at), bytes, body.subarray(at)]);
    return post('broken bytes', broken, { 'content-type': `application/json${charset}` });
  });

const packings = { gzip: gzipSync, deflate: deflateSync, br: brotliCompressSync };
/** Made once: what counts is that each of them is to be unpacked. */
const bombs = new Map<string, Buffer>();
const bomb = fc
  .record({
    encoding: pick<keyof typeof packings>('gzip', 'deflate', 'br'),
    mb: pick(1, 10, 50),
    declared: pick('', 'gzip', 'br', 'deflate', 'zstd', 'gzip, gzip', 'GZIP'),
    twice: fc.boolean(),
  })
  .map(({ encoding, mb, declared, twice }) => {
    const name = `${encoding} ${mb} ${twice}`;
    let packed = bombs.get(name);
    if (!packed) {
      packed = packings[encoding](Buffer.alloc(mb * 1_000_000, '{"query":"{ a ', 'latin1'));
      if (twice) packed = packings[encoding](packed);
      bombs.set(name, packed);
    }
    return post('packed bombs', packed, {
      'content-encoding': declared === '' ? encoding : declared,
    });
  });

const junk = fc
  .oneof(
    fc.json({ maxDepth: 4 }),
    fc.string({ unit: 'binary', maxLength: 200 }),
    pick('', '[]', '{', 'null', '{"query":1}', '{"query":{}}', '{"query":["{ a }"]}', '\u{feff}{}'),
    pick(
      '{"query":"{ topics { id } }","variables":[]}',
      '{"query":"{ topics { id } }","variables":"{"}',
    ),
    pick('[{"query":"{ topics { id } }"}]', '{"query":""}', '{"operationName":"x"}'),
  )
  .map((body) => post('junk', body));

const numbers = fc
  .record({
    number: pick(
      '-1',
      '0',
      '101',
      '2147483647',
      '2147483648',
      '1e308',
      '-0',
      '9'.repeat(400),
      '1.5',
    ),
    by: pick('first', 'last'),
  })
  .chain(({ number, by }) =>
    pick(
      query('numbers', `{ releases(${by}: ${number}) { nodes { id } } }`),
      query('numbers', `query ($n: Int) { releases(${by}: $n) { nodes { id } } }`, {
        variables: { n: Number(number) },
      }),
      query(
        'numbers',
        `{ releases { nodes { localized { excerpt(maxLength: ${number}) { value } } } } }`,
      ),
    ),
  );

const lists = fc.record({ n: count(20_000), by: fc.nat({ max: 3 }) }).map(({ n, by }) => {
  const many = Array.from({ length: n }, (_, at) => `x${at}`);
  const documents = [
    ['query ($x: [ID!]!) { nodes(ids: $x) { id } }', many],
    ['query ($x: [LanguageTag!]) { localization(languages: $x) { chain } }', many],
    ['query ($x: ReleaseFilter) { releases(filter: $x) { totalCount } }', { type: many }],
    ['query ($x: [ID!]!) { nodes(ids: $x) { id } }', many.map(() => ({ a: 1 }))],
  ] as const;
  const [text, x] = documents[by] ?? documents[0];
  return query('long lists', text, { variables: { x } });
});

const many = fc.record({ n: count(1_000), by: fc.nat({ max: 4 }) }).map(({ n, by }) => {
  const documents = [
    times(n, (at) => `query Q${at} { topics { id } }`),
    `{ topics { id } } ${times(n, (at) => `fragment F${at} on Topic { id }`)}`,
    `query (${times(n, (at) => `$v${at}: Int`)}) { topics { id } }`,
    `${times(Math.min(n, 100), (at) => `query Q${at} { ...F0 }`)} ${times(Math.min(n, 100), (at) => `fragment F${at} on Query { ${at < 99 ? `...F${at + 1}` : ''} releases(first: $v${at}) { totalCount } }`)}`,
    `{ ${times(n, (at) => `wrong${at}`)} }`,
  ];
  return query('many of them', documents[by] ?? '');
});

const longNames = fc
  .record({ n: count(400_000), by: fc.nat({ max: 5 }), sign: pick('n', '_', 'é', '"', '\\', '\0') })
  .map(({ n, by, sign }) => {
    const name = sign.repeat(n);
    const documents = [
      `{ ${name} }`,
      `{ ${name}: release(number: "1", id: "2") { id } }`,
      `{ topics(${name}: 1) { id } }`,
      `query ${name} { ${name} { ${name} } }`,
      `{ releases(search: ${JSON.stringify(name)}) { totalCount } }`,
      `{ topics { id } } # ${name}`,
    ];
    return query('long names', documents[by] ?? '', { operationName: name.slice(0, 100_000) });
  });

const introspection = fc.record({ n: count(12), width: count(6) }).map(({ n, width }) => {
  const step = times(width, (at) => `a${at}: fields { type`);
  const one = n % 2 === 0 ? 'fields { type { ' : 'possibleTypes { interfaces { ';
  const documents = [
    `{ __schema { types { ${nest(one, 'name', '} }', n)} } }`,
    `{ __schema { types { ${step} { name } ${'} '.repeat(width)} } }`,
    `{ ${times(width, (at) => `a${at}: __schema { types { fields { args { type { name } } } } }`)} }`,
  ];
  return query('introspection', documents[n % 3] ?? '');
});

const soup = fc
  .array(
    pick(
      ...'{ } ( ) [ ] : = ! | & @ $ ... " """ # , \\ query fragment on null true'.split(' '),
    ).chain((sign) => pick(sign, 'topics', 'id', '1', '-', '1e', '"x"', '$x', '@skip', '\n')),
    { maxLength: 300 },
  )
  .map((words) => query('a soup of words', words.join(' ')));

const addresses = fc
  .record({ n: count(3_000), by: fc.nat({ max: 6 }) })
  .map(({ n, by }): HostileRequest => {
    const deep = encodeURIComponent(nest('[', '', ']', Math.min(n, 1_500)));
    const searches = [
      '?query=%E0%A4%A',
      '?query=%00{topics{id}}',
      `?query={topics{id}}&variables=${deep}`,
      `?query={topics{id}}&extensions={%22a%22:${deep}}`,
      `?query=${encodeURIComponent(`{ ${'a'.repeat(n)} }`)}`,
      '?query={topics{id}}&query={topics{id}}&variables={&operationName=',
      `?extensions=${encodeURIComponent(`{"persistedQuery":{"version":1,"sha256Hash":"${'x'.repeat(n)}"}}`)}`,
    ];
    const headers = { 'apollo-require-preflight': 'true' };
    return { what: 'addresses', method: 'GET', search: searches[by] ?? '', headers, body: null };
  });

const HASHES = [
  1,
  null,
  '',
  'x',
  {},
  [],
  { version: 1 },
  { version: 1, sha256Hash: '0'.repeat(64) },
];
const extensions = pick<unknown>(...HASHES, { version: '1', sha256Hash: 1 }).map((persistedQuery) =>
  query('extensions', '{ topics { id } }', {
    extensions: { persistedQuery, idempotencyKey: persistedQuery },
  }),
);

const headers = fc
  .record({
    name: pick(
      'accept',
      'accept-language',
      'idempotency-key',
      'x-forwarded-for',
      'accept-encoding',
    ),
    value: pick(
      '',
      '*',
      ';',
      ',,,,',
      'a;q=NaN',
      `${'x-'.repeat(3_000)}`,
      'en;q=1;q=2',
      '\u00ff\u00fe',
      '::1, , %',
    ),
    n: count(200),
  })
  .map(({ name, value, n }) => {
    const list = Array.from(
      { length: Math.min(n, Math.floor(8_000 / (value.length + 1))) },
      () => value,
    );
    const body = JSON.stringify({ query: '{ topics { id } }' });
    return post('headers', body, { [name]: list.join(',') });
  });

const authorizations = pick(
  'Bearer x',
  'Bearer',
  'Basic eDp5',
  `Bearer ${'a.'.repeat(3_000)}`,
  'Bearer e30.e30.',
).map((authorization) =>
  post('authorization', '{"query":"{ viewer { name } }"}', { authorization }),
);

const changes = pick(
  'mutation { retract(input: { releaseId: "x", reason: "y" }) { __typename } }',
  `mutation { ${times(200, (at) => `a${at}: saveTranslation(input: {}) { __typename }`)} }`,
  'mutation { createRelease(input: null) { __typename } }',
  'subscription { releaseChanged { cursor } }',
  'subscription ($x: Int) { releaseChanged @include(if: $x) { cursor } }',
  'subscription { ...F } fragment F on Subscription { ... @skip { releaseChanged { cursor } } }',
  `subscription { ${times(50, (at) => `a${at}: releaseChanged { cursor }`)} }`,
).map((text) => query('changes', text));

const streams = fc
  .oneof(aliases, fanOut, deepValues, directives, overlapping, names)
  .map((one) => ({
    ...one,
    what: `${one.what}, as a stream`,
    headers: { ...one.headers, accept: 'text/event-stream' },
    body: Buffer.from(
      (one.body ?? Buffer.alloc(0)).toString().replace('"query":"{', '"query":"subscription {'),
    ),
  }));

const ALL = fc.oneof(
  ...[aliases, fanOut, cycles, deepFields, deepValues, deepVariables, directives, names, bomb],
  ...[overlapping, unicode, brokenBytes, junk, numbers, lists, many, longNames, introspection],
  ...[soup, addresses, extensions, headers, authorizations, changes, streams],
);

/** The same for the same seed. */
export function hostileRequests(numRuns: number, seed: number): HostileRequest[] {
  return fc.sample(ALL, { numRuns, seed });
}
