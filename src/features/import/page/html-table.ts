import type { Element, ElementContent } from 'hast';
import { textOf } from './html-hidden.js';

/** A cell of a data table is a word or a figure; a longer one is a column of the page layout. */
const MAX_CELL = 120;
const MAX_ROWS = 200;

/**
 * The rows of a data table, each with its cells separated by strokes; null for a table that is only used for layout:
 * one with long cells, nested tables, or lines that belong to the page.
 */
export function rowsOfData(
  table: Element,
  belongsToPage: (line: string) => boolean,
): ElementContent[][] | null {
  const rows = elements(table, 'tr');
  if (rows.length > MAX_ROWS || elements(table, 'table').length > 0) return null;
  const cells = rows.map(({ children }) => children.filter(isCell));
  const hasHeaderCells = cells.flat().some(({ tagName }) => tagName === 'th');
  const isGrid = cells.filter(({ length }) => length > 1).length > 1;
  if (!isGrid && !(hasHeaderCells && cells.some(({ length }) => length > 1))) return null;
  const texts = cells.flat().map((cell) => textOf(cell).trim());
  if (texts.some((text) => text.length > MAX_CELL || belongsToPage(text))) return null;
  const caption = elements(table, 'caption').map(({ children }) => children);
  const joint: ElementContent = { type: 'text', value: ' | ' };
  const lines = cells.map((row) =>
    row.flatMap((cell, index) => [...(index > 0 ? [joint] : []), ...inlineParts(cell)]),
  );
  return [...caption, ...lines];
}

function elements({ children }: Element, tagName: string): Element[] {
  return children.flatMap((child) => {
    if (child.type !== 'element') return [];
    return [...(child.tagName === tagName ? [child] : []), ...elements(child, tagName)];
  });
}

function isCell(node: ElementContent): node is Element {
  return node.type === 'element' && /^t[dh]$/.test(node.tagName);
}

/** Paragraphs within a cell are parts of one line. */
function inlineParts({ children }: Element): ElementContent[] {
  return children.flatMap((child): ElementContent[] => {
    if (child.type !== 'element') return [child];
    if (child.tagName === 'br' || child.tagName === 'hr') return [{ type: 'text', value: ' ' }];
    const isBlock = /^(?:p|div|center|h[1-6]|ul|ol|li|blockquote)$/.test(child.tagName);
    if (!isBlock) return [child];
    return [{ type: 'text', value: ' ' }, ...inlineParts(child), { type: 'text', value: ' ' }];
  });
}
