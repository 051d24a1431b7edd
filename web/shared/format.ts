/** Times and spans as a person reads them, in the current language. */
import { words } from './words.svelte';

const formatter = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(words.locale, options);

/** 14:32:07 at UTC, or in the device's own time zone. */
export const clockTime = (ms: number, zone?: 'UTC'): string => formatter({ hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23', timeZone: zone }).format(ms);

/** 14:32, local. */
export const minuteTime = (iso: string): string => formatter({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(new Date(iso));

/** 12 Aug, 14:32, local. */
export const dayTime = (iso: string): string => formatter({ day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(new Date(iso));

/** The device's time zone as a short name. */
export const zoneName = (): string => formatter({ timeZoneName: 'short' }).formatToParts(0).find((part) => part.type === 'timeZoneName')?.value ?? '';

/** A date that may lack day and month ("1976", "1976-05", "1976-05-12") in words; other text is returned as it is. */
export function partialDate(text: string): string {
  const parts = /^(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?$/.exec(text);
  if (!parts) return text;
  const [, year, month, day] = parts;
  const date = new Date(Date.UTC(Number(year), month ? Number(month) - 1 : 0, day ? Number(day) : 1));
  return formatter({ year: 'numeric', month: month ? 'short' : undefined, day: day ? 'numeric' : undefined, timeZone: 'UTC' }).format(date);
}

/** How long ago, in the largest unit that fits: "3 hours ago". */
export function ago(iso: string, now: number): string {
  const seconds = Math.round((new Date(iso).getTime() - now) / 1000);
  const relative = new Intl.RelativeTimeFormat(words.locale, { numeric: 'auto', style: 'short' });
  const steps: [Intl.RelativeTimeFormatUnit, number][] = [['day', 86_400], ['hour', 3600], ['minute', 60]];
  for (const [unit, length] of steps) if (Math.abs(seconds) >= length) return relative.format(Math.trunc(seconds / length), unit);
  return relative.format(Math.min(0, seconds), 'second');
}

/** A span as a clock: 07:41, 1:07:41 or 3 d 04:10; the sign is left to the reader's word. */
export function span(ms: number): string {
  const total = Math.floor(Math.abs(ms) / 1000);
  const two = (n: number) => String(n).padStart(2, '0');
  const [days, hours, minutes, seconds] = [Math.floor(total / 86_400), Math.floor(total / 3600) % 24, Math.floor(total / 60) % 60, total % 60];
  if (days) return words.t('span-days', { days, clock: `${two(hours)}:${two(minutes)}` });
  return hours ? `${hours}:${two(minutes)}:${two(seconds)}` : `${two(minutes)}:${two(seconds)}`;
}
