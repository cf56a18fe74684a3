import { renderBlocks, type RenderedBlocks } from '../../kernel/rich-text/index.js';
import type { PublishedContent } from '../publication/index.js';

const rendered = new WeakMap<PublishedContent, RenderedBlocks>();

/** The forms of a body, each rendered when it is first needed, for as long as the text is cached. */
export function bodyForms(content: PublishedContent): RenderedBlocks {
  let forms = rendered.get(content);
  if (!forms) rendered.set(content, (forms = renderBlocks(content.blocks)));
  return forms;
}
