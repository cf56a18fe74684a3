/** As in CLDR, but Spanish groups by a narrow no-break space, not by a point: see docs/language.md, "Numbers". */
export function numberText(format: Intl.NumberFormat, value: number): string {
  const isSpanish = format.resolvedOptions().locale.startsWith('es');
  if (!isSpanish) return format.format(value);
  const parts = format.formatToParts(value);
  return parts.map((part) => (part.type === 'group' ? '\u202f' : part.value)).join('');
}
