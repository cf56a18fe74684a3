/** Right-to-left scripts of the languages for which CLDR has names of states. */
const RIGHT_TO_LEFT = new Set(['Arab', 'Hebr', 'Syrc', 'Thaa', 'Nkoo', 'Adlm', 'Rohg']);

/** @param tag a BCP 47 tag that Intl accepts */
export function textDirection(tag: string): 'LTR' | 'RTL' {
  const script = new Intl.Locale(tag).maximize().script;
  return script !== undefined && RIGHT_TO_LEFT.has(script) ? 'RTL' : 'LTR';
}
