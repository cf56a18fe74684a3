import { readFileSync } from 'node:fs';

import { XMLValidator } from 'fast-xml-parser';
import { validateXML } from 'xmllint-wasm';
import { z } from 'zod';

const file = (name: string) => {
  const contents = readFileSync(new URL(`schemas/${name}`, import.meta.url), 'utf8');
  return { fileName: name, contents };
};

/** A document, under a name that a complaint can give. */
export type Named = readonly [name: string, text: string];

const SCHEMAS = {
  atom: { schema: file('atom.rng'), extension: 'relaxng' },
  rss: { schema: file('rss.rng'), extension: 'relaxng' },
  sitemap: { schema: file('sitemap.xsd'), extension: 'schema', preload: file('xhtml-link.xsd') },
} as const;

/** The errors that two XML parsers and a schema report for these documents; none for valid ones. */
export async function xmlFaults(
  kind: keyof typeof SCHEMAS,
  documents: readonly Named[],
): Promise<string[]> {
  const malformed = documents.flatMap(([name, text]) => {
    const found = XMLValidator.validate(text);
    return found === true ? [] : [`${name}: ${found.err.msg}`];
  });
  const xml = documents.map(([name, contents]) => {
    return { fileName: `${name.replaceAll(/\W/g, '-')}.xml`, contents };
  });
  const { errors } = await validateXML({ xml, ...SCHEMAS[kind], maxMemoryPages: 32_768 });
  return [...malformed, ...errors.map(({ rawMessage }) => rawMessage)];
}

const address = z.url({ protocol: /^https?$/ });
const time = z.iso.datetime({ offset: true });
const tag = z.string().regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/);
const author = z.looseObject({ name: z.string().min(1) });
const ours = z.record(z.string().regex(/^_[A-Za-z]/), z.looseObject({}));

/** A member that the format does not know must begin with an underscore. */
function only<Shape extends z.ZodRawShape>(shape: Shape) {
  const known = new Set(Object.keys(shape));
  return z.looseObject(shape).superRefine((value, context) => {
    const others = Object.entries(value).filter(([name]) => !known.has(name));
    const found = ours.safeParse(Object.fromEntries(others));
    if (!found.success) context.addIssue({ code: 'custom', message: found.error.message });
  });
}

const item = only({
  id: z.string().min(1),
  url: address,
  title: z.string().min(1),
  summary: z.string().optional(),
  content_html: z.string(),
  language: tag,
  date_published: time,
  date_modified: time,
  tags: z.array(z.string().min(1)),
});

/** JSON Feed 1.1, as far as we use it. */
const jsonFeed = only({
  version: z.literal('https://jsonfeed.org/version/1.1'),
  title: z.string().min(1),
  home_page_url: address,
  feed_url: address,
  description: z.string().min(1),
  language: tag,
  authors: z.array(author).min(1),
  items: z.array(item),
});

export function jsonFeedFaults([name, text]: Named): string[] {
  const found = jsonFeed.safeParse(JSON.parse(text));
  return found.success ? [] : [`${name}: ${found.error.message}`];
}
