/**
 * A list item whose text begins with a number and `.` or `)` is an item of an ordered list with that number (CommonMark
 * §5.2). So the number is part of the text that is translated, compared and searched.
 */
export interface OrderedItem {
  readonly number: number;
  readonly delimiter: string;
  /** `3. `, including the space after it. */
  readonly marker: string;
}

const MARKER = /^(0|[1-9]\d{0,8})([.)])[ \t]+(?=[^ \t\n])/;
const CANONICAL = /^(?:0|[1-9]\d{0,8})[.)] (?=[^ \t\n])/;

/** @returns null for an item of an unordered list */
export function orderedItem(text: string): OrderedItem | null {
  const match = MARKER.exec(text);
  if (!match) return null;
  const [marker, number, delimiter = '.'] = match;
  return { number: Number(number), delimiter, marker };
}

/** Whether the text begins with a marker that is not followed by exactly one space. */
export function hasWideMarker(text: string): boolean {
  return MARKER.test(text) && !CANONICAL.test(text);
}
