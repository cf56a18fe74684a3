import { EMBLEM_SVG } from '../../../../kernel/emblem.js';
import { CARD_SIZE, type CardContent } from './card-content.js';
import { FONT_FAMILY } from './card-fonts.js';

/** An element as satori takes it: that of React, without React. */
export interface CardElement {
  readonly type: string;
  readonly key: null;
  readonly props: {
    readonly style?: Readonly<Record<string, string | number>>;
    readonly children?: CardChildren;
    readonly [attribute: string]: unknown;
  };
}

type CardChildren = string | readonly CardElement[];
type Style = Readonly<Record<string, string | number>>;

/** The colors of the emblem. */
const STRIPES = ['#ffffff', '#8fd3ff', '#ffd166', '#9be3a8'];
const EMBLEM = `data:image/svg+xml;base64,${Buffer.from(EMBLEM_SVG).toString('base64')}`;

/**
 * Sizes of the title in pixels: the first whose number of characters suffices. Lines of equal length leave no single word
 * at the end, but cannot be cut.
 */
const TITLE_SIZES = [
  { maxLength: 75, style: { fontSize: 70, textWrap: 'balance' } },
  { maxLength: 125, style: { fontSize: 58, textWrap: 'balance' } },
  { maxLength: Infinity, style: { fontSize: 50, lineClamp: 5 } },
] as const;
const MAX_TITLE_HEIGHT = 290;
/** A longer word may need a line of its own, so that the number of characters is no measure of the lines. */
const MAX_WORD = 24;

/** A picture for a link preview: who writes, the title, and the facts; the same arrangement for every page. */
export function cardLayout(content: CardContent): CardElement {
  const page = {
    ...CARD_SIZE,
    display: 'flex',
    flexDirection: 'column',
    backgroundColor: '#062a4f',
    color: '#ffffff',
    fontFamily: FONT_FAMILY,
  };
  const inner = {
    flexGrow: 1,
    display: 'flex',
    flexDirection: 'column',
    justifyContent: 'space-between',
    padding: '56px 72px 44px',
  };
  const parts = [sender(content), title(content), facts(content)];
  return box(page, [box(inner, parts), stripes()]);
}

function sender({ organization, site }: CardContent): CardElement {
  const emblem = element('img', { width: 84, height: 84, src: EMBLEM, style: { marginRight: 24 } });
  const names = box({ display: 'flex', flexDirection: 'column' }, [
    box({ fontSize: 27, color: '#c3d6ea' }, organization),
    box({ fontSize: 35, fontWeight: 700 }, site),
  ]);
  return box({ display: 'flex', alignItems: 'center' }, [emblem, names]);
}

function title({ title: text }: CardContent): CardElement {
  const isWide = text.split(/\s/).some((word) => word.length > MAX_WORD);
  const fits = TITLE_SIZES.find(({ maxLength }) => text.length <= maxLength);
  const size = (isWide ? null : fits) ?? TITLE_SIZES[2];
  const style = {
    ...size.style,
    ...{ display: 'block', fontWeight: 700, lineHeight: 1.14 },
    ...{ maxHeight: MAX_TITLE_HEIGHT, overflow: 'hidden' },
    // A word that is wider than the picture is broken.
    wordBreak: 'break-word',
  };
  return element('div', { style, children: text });
}

function facts({ facts: all, language }: CardContent): CardElement {
  const row = { display: 'flex', justifyContent: 'space-between', fontSize: 31, color: '#c3d6ea' };
  return box(row, [box({}, all.join('  ·  ')), box({ color: '#ffffff' }, language)]);
}

function stripes(): CardElement {
  const all = STRIPES.map((backgroundColor) => box({ flexGrow: 1, backgroundColor }, []));
  return box({ display: 'flex', height: 14 }, all);
}

function box(style: Style, children: CardChildren): CardElement {
  return element('div', { style, children });
}

function element(type: string, props: CardElement['props']): CardElement {
  return { type, key: null, props };
}
