const GROUND = '#0b3d70';

/** Four lines of text, one for each language, in a square of 32 by 32. */
const LINES =
  '<g stroke-width="3.4" stroke-linecap="round"><path d="M8 8.5h16" stroke="#fff"/><path d="M8 13.5h11" stroke="#8fd3ff"/><path d="M8 18.5h16" stroke="#ffd166"/><path d="M8 23.5h8" stroke="#9be3a8"/></g>';

/** The shapes of the emblem, in a square of 32 by 32: the content of an SVG element. */
export const EMBLEM_SHAPES = `<rect width="32" height="32" rx="7" fill="${GROUND}"/>${LINES}`;

/** The emblem as an SVG document. */
export const EMBLEM_SVG = svg(EMBLEM_SHAPES);

/**
 * The emblem without rounded corners, for systems that cut an icon into a shape of their own.
 *
 * @param scale of the lines. Of a maskable icon, only a circle of 80 % of the width is always visible (a radius of 12.8
 * here); the lines reach 12.7 from the center at a scale of 1
 */
export function emblemForMask(scale: number): string {
  const offset = 16 * (1 - scale);
  const transform = `translate(${offset} ${offset}) scale(${scale})`;
  const ground = `<rect width="32" height="32" fill="${GROUND}"/>`;
  return svg(`${ground}<g transform="${transform}">${LINES}</g>`);
}

function svg(content: string): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">${content}</svg>`;
}
