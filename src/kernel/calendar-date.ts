/** Whether `value` is an existing date, written `YYYY-MM-DD`: 2012-02-29, but not 2013-02-29. */
export function isCalendarDate(value: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(value) || value < '0001-01-01') return false;
  const date = new Date(`${value}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(value);
}

/** Whether `value` is an RFC 3339 instant, including its zone. */
export function isInstant(value: string): boolean {
  const form =
    /^(\d{4}-\d{2}-\d{2})T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:\d{2})$/.exec(value);
  return form?.[1] !== undefined && isCalendarDate(form[1]) && !Number.isNaN(Date.parse(value));
}
