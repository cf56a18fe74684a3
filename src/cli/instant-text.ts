import { dateText } from '../kernel/display-name.js';
import { type Locale, TAG_OF } from '../kernel/locale.js';

/** `4:54 UTC` as each language writes a 24-hour time; see docs/language.md. */
const HOURS: Readonly<Record<Locale, (hour: string, minute: string) => string>> = {
  EN: (hour, minute) => `${hour.padStart(2, '0')}:${minute}`,
  ES: (hour, minute) => `${hour.padStart(2, '0')}:${minute}`,
  FR: (hour, minute) => `${hour}\u00a0h${minute === '00' ? '' : `\u00a0${minute}`}`,
  PT: (hour, minute) => `${hour}h${minute === '00' ? '' : minute}`,
};

/** A date and a time in UTC within a sentence: `28 de noviembre de 2026, 04:54 UTC`. */
export function instantText(instant: Date, locale: Locale): string {
  const [date = '', time = ''] = instant.toISOString().split('T');
  const [hour = '', minute = ''] = time.split(':');
  const clock = HOURS[locale](String(Number(hour)), minute);
  return `${dateText(date, TAG_OF[locale])}, ${clock}\u00a0UTC`;
}
