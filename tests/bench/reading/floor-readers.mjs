const LOCALES = ['EN', 'ES', 'FR', 'PT'];
const TAGS = ['en', 'es', 'fr', 'pt'];

/**
 * What a floor stores for each reader, computed once: the order of locales for each original, the beginnings of the
 * steps of the trail, and how dates are written. Only readers who name one official language are known.
 */
export async function loadReaders(pool) {
  const { rows } = await pool.query(
    `SELECT s.code, s.tags, r.fallback_chain AS chain, r.stale_policy = 'SERVE' AND r.type IS NULL AS is_plain
       FROM reference.member_state s JOIN reference.audience_rule r ON r.audience = s.code AND r.valid_to IS NULL`,
  );
  if (rows.some((row) => !row.is_plain))
    throw new Error('rules by type, or that withhold, are not known here');
  const states = new Map(rows.map((row) => [row.code, row]));
  const readers = new Map();
  return ({ languages: [language], audience }) => {
    const key = `${language} ${audience ?? ''}`;
    let reader = readers.get(key);
    if (!reader) {
      reader = readerFor(language, states.get(audience));
      readers.set(key, reader);
    }
    return reader;
  };
}

/** Arrays are written as PostgreSQL reads them, so that no request does it again. */
function readerFor(language, state) {
  const chains = LOCALES.map((original) => chainFor(language, state?.chain ?? [], original));
  const steps = chains.flat();
  return {
    first: TAGS.indexOf(language) + 1,
    order: arrayText(steps.map(({ locale }) => LOCALES.indexOf(locale) + 1)),
    steps: arrayText(
      steps.map(({ locale, rule }) => `{"locale":"${locale}","rule":"${rule}","outcome":"`),
    ),
    dates: arrayText(TAGS.map((tag) => datePattern(tag, [language, ...(state?.tags ?? [])]))),
  };
}

function chainFor(language, chain, original) {
  const steps = [
    [language.toUpperCase(), 'REQUESTED'],
    ...chain.map((step) => (step === 'ORIGINAL' ? [original, 'ORIGINAL'] : [step, 'AUDIENCE'])),
    [original, 'ORIGINAL'],
    ...LOCALES.map((locale) => [locale, 'DEFAULT']),
  ];
  const first = new Map();
  for (const [locale, rule] of steps) if (!first.has(locale)) first.set(locale, rule);
  return [...first].map(([locale, rule]) => ({ locale, rule }));
}

/** `%D de %M de %Y`; the names of the months stand in the statements. */
function datePattern(tag, wanted) {
  const ofLanguage = wanted.filter((name) => new Intl.Locale(name).language === tag);
  const chosen = ofLanguage.find((name) => new Intl.Locale(name).region) ?? ofLanguage[0] ?? tag;
  const format = new Intl.DateTimeFormat(chosen, { dateStyle: 'long', timeZone: 'UTC' });
  const signs = { day: '%D', month: '%M', year: '%Y' };
  return format
    .formatToParts(new Date('2012-09-10'))
    .map(({ type, value }) => signs[type] ?? value)
    .join('');
}

export const MONTHS = TAGS.flatMap((tag) => {
  const format = new Intl.DateTimeFormat(tag, { dateStyle: 'long', timeZone: 'UTC' });
  return Array.from({ length: 12 }, (_, month) => {
    const parts = format.formatToParts(new Date(Date.UTC(2012, month, 10)));
    return parts.find(({ type }) => type === 'month').value;
  });
});

function arrayText(values) {
  return `{${values.map((value) => `"${String(value).replace(/["\\]/g, '\\$&')}"`).join(',')}}`;
}
