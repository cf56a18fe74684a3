import { MONTHS } from './floor-readers.mjs';

/** How the locale of one release is found in the order of a reader ($1): without a table, and without a function. */
const CHOICE = `
  CROSS JOIN LATERAL (SELECT (r.original - 1) * 4 AS base) b
  CROSS JOIN LATERAL (
    SELECT CASE WHEN r.whole_mask >> ($1::smallint[])[base + 1] - 1 & 1 = 1 THEN 1
                WHEN r.whole_mask >> ($1::smallint[])[base + 2] - 1 & 1 = 1 THEN 2
                WHEN r.whole_mask >> ($1::smallint[])[base + 3] - 1 & 1 = 1 THEN 3 ELSE 4 END AS place) c
  CROSS JOIN LATERAL (SELECT ($1::smallint[])[base + place] AS served) d`;

const CODE = `(ARRAY['EN','ES','FR','PT'])[served]`;
const TAG = `(ARRAY['en','es','fr','pt'])[served]`;
const TYPE = `(ARRAY['PRESS_RELEASE','ADVISORY','STATEMENT','SPEECH','PHOTO_NEWS'])[r.type]`;
const IS_FALLBACK = `CASE WHEN served = $2::int THEN 'false' ELSE 'true' END`;
const REFERENCE = `CASE WHEN r.number ~ '^\\d{3,5}/\\d\\d$' THEN (ARRAY['E-','C-','F-','P-'])[served] ELSE '' END || r.number`;
const MONTH = `(ARRAY[${MONTHS.map((name) => `'${name}'`).join(',')}])[(served - 1) * 12 + extract(month FROM r.date)::int]`;
const DATE_TEXT = `replace(replace(replace(($3::text[])[served], '%D', extract(day FROM r.date)::text),
  '%Y', extract(year FROM r.date)::text), '%M', ${MONTH})`;

const step = (at) => `($5::text[])[base + ${at}] || CASE
  WHEN place < ${at} THEN 'NOT_TRIED' WHEN place = ${at} THEN 'SERVED'
  WHEN r.retracted_mask >> ($1::smallint[])[base + ${at}] - 1 & 1 = 1 THEN 'RETRACTED'
  WHEN r.published_mask >> ($1::smallint[])[base + ${at}] - 1 & 1 = 0 THEN 'NOT_PUBLISHED'
  ELSE 'INCOMPLETE' END || '"}'`;

const TOPICS = `(SELECT string_agg('{"slug":"' || p.slug || '","name":{"value":' || to_json(n.name) ||
    ',"lang":"' || lower(n.locale) || '"}}', ',' ORDER BY o.n)
  FROM unnest(r.topics) WITH ORDINALITY AS o (id, n)
  JOIN reference.topic p ON p.id = o.id
  JOIN reference.topic_name n ON n.topic_id = p.id AND n.locale = (ARRAY['EN','ES','FR','PT'])[$2::int])`;

/** Made-up bodies are paragraphs, with a link here and there. */
const HTML = `(SELECT string_agg('<p>' || CASE WHEN strpos(text, '](') > 0
    THEN regexp_replace(text, '\\[([^]]*)\\]\\(([^)]*)\\)', '<a href="\\2">\\1</a>', 'g') ELSE text END || '</p>', E'\\n')
  FROM (SELECT e ->> 'text' AS text FROM jsonb_array_elements(x.blocks) AS e) AS blocks)`;

/** The content is unpacked once, not for each of its fields. */
const DETAIL = `
SELECT concat('{"data":{"release":{"number":"', r.number, '","type":"', ${TYPE}, '","date":"', r.date,
  '","topics":[', ${TOPICS},
  '],"mentions":[', (SELECT string_agg('{"code":"' || m || '"}', ',') FROM unnest(r.mentions) AS m),
  '],"localized":{"reference":"', ${REFERENCE}, '","slug":"', t.slug, '","dateText":"', ${DATE_TEXT},
  '","title":{"value":', to_json(t.title), ',"lang":"', ${TAG}, '","isFallback":', ${IS_FALLBACK},
  ',"freshness":"', x.title ->> 'freshness',
  '"},"summary":', coalesce('{"value":' || to_json(x.summary ->> 'text') || '}', 'null'),
  ',"body":{"html":', to_json(coalesce(${HTML}, '')), ',"lang":"', ${TAG},
  '"},"resolution":{"locale":"', ${CODE}, '","isFallback":', ${IS_FALLBACK},
  ',"trail":[', ${[1, 2, 3, 4].map(step).join(`, ',', `)}, ']}}}}}')
  FROM published.release r ${CHOICE}
  JOIN published.text t ON t.release_id = r.id AND t.locale = served
  CROSS JOIN LATERAL jsonb_to_record(t.content) AS x (title jsonb, summary jsonb, blocks jsonb)
 WHERE r.number = $4`;

export function detailStatement({ number }, { order, first, dates, steps }) {
  const values = [order, first, dates, number, steps];
  return { name: 'detail', text: DETAIL, values, rowMode: 'array' };
}

/** One statement for each form of the list, as one writes them by hand; the 21st row shows that there is a next page. */
const list = (condition) => `
SELECT concat('{"data":{"releases":{"edges":[', string_agg(edge, ',' ORDER BY n) FILTER (WHERE n <= 20),
  '],"pageInfo":{"hasNextPage":', CASE WHEN count(*) > 20 THEN 'true' ELSE 'false' END, ',"endCursor":"',
  translate(encode(convert_to('["' || $4 || '","S",["' || (array_agg(date ORDER BY n))[least(count(*), 20)] || '","' ||
    (array_agg(number ORDER BY n))[least(count(*), 20)] || '"]]', 'UTF8'), 'base64'), E'+/=\\n', '-_'),
  '"}}}}')
FROM (
  SELECT r.date, r.number, r.n, concat('{"node":{"number":"', r.number, '","type":"', ${TYPE}, '","date":"', r.date,
    '"},"localized":{"reference":"', ${REFERENCE}, '","dateText":"', ${DATE_TEXT},
    '","title":{"value":', to_json(t.title), ',"lang":"', ${TAG}, '","isFallback":', ${IS_FALLBACK}, '}}}') AS edge
    FROM (SELECT r.*, row_number() OVER () AS n FROM (
      SELECT id, number, type, date, original, whole_mask FROM published.release
       WHERE (date, number) < ($5::date, $6) ${condition}
       ORDER BY date DESC, number DESC LIMIT 21) AS r) AS r ${CHOICE}
    JOIN published.text t ON t.release_id = r.id AND t.locale = served) AS edges`;

const LISTS = {
  all: list(''),
  type: list('AND type = ANY ($7::smallint[])'),
  mentions: list('AND mentions && $7::text[]'),
};
const TYPES = ['PRESS_RELEASE', 'ADVISORY', 'STATEMENT', 'SPEECH', 'PHOTO_NEWS'];

export function listStatement({ after, filter }, { order, first, dates }) {
  const [key, , position] = after
    ? JSON.parse(Buffer.from(after, 'base64url').toString())
    : ['start', 'S', ['infinity', '']];
  const values = [order, first, dates, key, ...position];
  const [form = 'all'] = Object.keys(filter ?? {});
  if (form === 'type') values.push(filter.type.map((name) => TYPES.indexOf(name) + 1));
  if (form === 'mentions') values.push(filter.mentions);
  return { name: `list-${form}`, text: LISTS[form], values, rowMode: 'array' };
}
