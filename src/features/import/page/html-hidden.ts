import type { Element, Root, RootContent } from 'hast';
import { isBlank } from '../../../kernel/unprintable.js';
import { styleOf } from './html-style.js';
import type { Note } from './imported.js';
import { cut } from './page-notes.js';

/** The inherited properties that determine whether text is visible. */
interface Seen {
  readonly isVisible: boolean;
  readonly hasSize: boolean;
}

/** Not displayed if scripts are enabled, or before a script opens it. */
const UNSHOWN = new Set(['template', 'noscript']);
const STRUCK = new Set(['del', 's', 'strike']);
/** Elements without text worth a note. */
const SILENT = new Set(['script', 'style', 'head', 'title']);
const ZERO = /^[+-]?0*\.?0+(?:[a-z]+|%)?$/;

/**
 * Removes text that a reader does not see, because it is hidden by an attribute or an element's own style, or struck
 * out. Adds a note for each removal.
 */
export function withoutUnseen(root: Root, notes: Note[]): Root {
  const remover = new Remover(notes);
  return { ...root, children: remover.remove(root.children, { isVisible: true, hasSize: true }) };
}

class Remover {
  constructor(private readonly notes: Note[]) {}

  remove(nodes: readonly RootContent[], seen: Seen): Element['children'] {
    return nodes.flatMap((node): Element['children'] => {
      if (node.type === 'text') {
        if (seen.isVisible && seen.hasSize) return [node];
        this.note('HIDDEN', node.value);
        return [];
      }
      return node.type === 'element' ? this.removeFrom(node, seen) : [];
    });
  }

  private removeFrom(node: Element, seen: Seen): Element[] {
    if (SILENT.has(node.tagName)) return [node];
    const style = styleOf(node);
    const isStruck = STRUCK.has(node.tagName) || /line-through/.test(decorationOf(style));
    if (isStruck || isRemoved(node, style)) {
      this.note(isStruck ? 'STRUCK' : 'HIDDEN', textOf(node));
      return [];
    }
    const inner = seenWithin(style, seen);
    if (node.tagName === 'img' && !(inner.isVisible && inner.hasSize)) return [];
    return [{ ...node, children: this.remove(node.children, inner) }];
  }

  private note(code: 'HIDDEN' | 'STRUCK', text: string): void {
    const original = cut(text.replace(/[\s\u00a0]+/g, ' ').trim());
    if (!isBlank(original)) this.notes.push({ code, original, repaired: null, block: null });
  }
}

type Style = ReadonlyMap<string, string>;

function decorationOf(style: Style): string {
  return `${style.get('text-decoration') ?? ''} ${style.get('text-decoration-line') ?? ''}`;
}

/**
 * Whether the whole subtree is hidden: no descendant can become visible again. `aria-hidden` does not hide anything
 * visually.
 */
function isRemoved({ tagName, properties }: Element, style: Style): boolean {
  if (UNSHOWN.has(tagName)) return true;
  if (tagName === 'dialog' && !isSet(properties['open'])) return true;
  if (isSet(properties['hidden']) || style.get('display') === 'none') return true;
  if (style.get('mso-hide') === 'all' || style.get('content-visibility') === 'hidden') return true;
  if (ZERO.test(style.get('opacity') ?? '') || style.get('color') === 'transparent') return true;
  return isOutOfSight(style);
}

function isSet(property: unknown): boolean {
  return property !== undefined && property !== null && property !== false;
}

/** The techniques that leave a text to screen readers and search engines only. */
function isOutOfSight(style: Style): boolean {
  const get = (name: string): string => style.get(name) ?? '';
  const isFarOff = (name: string): boolean => /^-\d{3,}/.test(get(name));
  if (isFarOff('text-indent') || isFarOff('margin-left')) return true;
  const isLifted = /^(?:absolute|fixed)$/.test(get('position'));
  const isClipped =
    /^rect\((?:[01](?:px)?[\s,]*){4}\)$/.test(get('clip')) || /inset\(50%/.test(get('clip-path'));
  if (isLifted && (isFarOff('left') || isFarOff('top') || isClipped)) return true;
  const hasNoRoom = ['width', 'height', 'max-width', 'max-height'].some((name) =>
    ZERO.test(get(name)),
  );
  return hasNoRoom && /^(?:hidden|clip)$/.test(get('overflow'));
}

/** A descendant may override these two (CSS 2.2 §11.2; CSS Fonts 4 §2.5). */
function seenWithin(style: Style, { isVisible, hasSize }: Seen): Seen {
  const visibility = style.get('visibility') ?? '';
  const size =
    style.get('font-size') ?? /^(\S+?)(?:\/\S+)?(?:\s|$)/.exec(style.get('font') ?? '')?.[1] ?? '';
  const isAbsolute =
    /^\d*\.?\d+(?:px|pt|pc|in|cm|mm|q|rem|vw|vh)$|^(?:xx?-)?(?:small|large)$|^medium$/.test(size);
  return {
    isVisible: /^(?:hidden|collapse)$/.test(visibility)
      ? false
      : isVisible || visibility === 'visible',
    hasSize: ZERO.test(size) ? false : hasSize || isAbsolute,
  };
}

/** The whole text of an element. */
export function textOf(node: RootContent | Root): string {
  if (node.type === 'text') return node.value;
  if (node.type === 'element' && node.tagName === 'template') {
    return node.content ? textOf(node.content) : '';
  }
  return 'children' in node ? node.children.map(textOf).join('') : '';
}
