/** Our own icons: strokes on a grid of 24, drawn with the colour of the text. */
export const ICONS = {
  lead: 'M12 3 2.8 19.5h18.4zM12 9.5v4.5M12 17v.1',
  referred: 'M4 12h14M13 7l5 5-5 5',
  confirmed: 'M8.3 3h7.4L21 8.3v7.4L15.7 21H8.3L3 15.7V8.3zM12 7.5v5.5M12 16.2v.1',
  not_confirmed: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM8.8 8.8l6.4 6.4M15.2 8.8l-6.4 6.4',
  inconclusive: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM9.4 9.6a2.7 2.7 0 1 1 3.9 2.4c-.9.5-1.3 1-1.3 1.8M12 16.6v.1',
  expired: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 7v5l3 2M4 4l16 16',
  protect: 'M12 3l7.5 2.8v5.4c0 4.6-3 8-7.5 9.8-4.5-1.8-7.5-5.2-7.5-9.8V5.8zM12 9a1.8 1.8 0 1 0 0-3.6M9 15.5c.3-2.3 1.4-3.5 3-3.5s2.7 1.2 3 3.5',
  sealed: 'M7 11V8a5 5 0 0 1 10 0v3M5 11h14v9.5H5zM12 14.5v2.5',
  nothing: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM8 12h8',
  same: 'M5 12.5l4.5 4.5L19 7.5',
  similar: 'M4 14c2.5-4.5 5-4.5 8-2s5.5 2.5 8-2',
  differs: 'M6 6l12 12M18 6 6 18',
  missing: 'M6 12h2M11 12h2M16 12h2',
  check: 'M5 12.5l4.5 4.5L19 7.5',
  clock: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 7v5l3.5 2',
  sun: 'M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM12 2.5v2M12 19.5v2M2.5 12h2M19.5 12h2M5.3 5.3l1.4 1.4M17.3 17.3l1.4 1.4M18.7 5.3l-1.4 1.4M6.7 17.3l-1.4 1.4',
  moon: 'M20 14.5A8.5 8.5 0 0 1 9.5 4a8.5 8.5 0 1 0 10.5 10.5z',
  out: 'M14 4h5v16h-5M4 12h11M11 8l4 4-4 4',
  language: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM3 12h18M12 3c2.5 2.6 3.7 5.6 3.7 9s-1.2 6.4-3.7 9c-2.5-2.6-3.7-5.6-3.7-9s1.2-6.4 3.7-9z',
  document: 'M6 3h9l4 4v14H6zM14.5 3v4.5H19M9 12h7M9 16h7',
  person: 'M12 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM4.5 20.5c.7-4 3.5-6 7.5-6s6.8 2 7.5 6',
  person_document: 'M9 6a3 3 0 1 0 0 6 3 3 0 0 0 0-6zM3.5 19c.5-3 2.5-4.5 5.5-4.5s5 1.5 5.5 4.5M16 7h5M16 11h5M17.5 15H21',
  vehicle: 'M3.5 16.5v-4l2-1 1.7-4.5h9.6l1.7 4.5 2 1v4zM6 16.5V19M18 16.5V19M5.5 11.5h13M7 14h.1M17 14h.1',
  firearm: 'M2.5 7h18v4.5h-7.5c0 2-1 3-3 3H8.5L7 20H3l2-8.5H2.5zM13 11.5v2',
  place: 'M12 21c4.5-5.3 6.5-8.8 6.5-11.5a6.5 6.5 0 0 0-13 0C5.5 12.2 7.5 15.7 12 21zM12 7.5a2.2 2.2 0 1 0 0 4.4 2.2 2.2 0 0 0 0-4.4z',
  close: 'M6 6l12 12M18 6 6 18',
  phone: 'M5 4h4l1.5 5-2.3 1.7a12 12 0 0 0 5.1 5.1L15 13.5l5 1.5v4c0 .6-.4 1-1 1A15 15 0 0 1 4 5c0-.6.4-1 1-1z',
  offline: 'M4 4l16 16M8.5 16a5 5 0 0 1 7 0M5.5 12.5a9 9 0 0 1 3.8-2.2M13.5 9.8c1.9.4 3.6 1.3 5 2.7M12 19.5v.1',
  back: 'M19 12H6M11 7l-5 5 5 5',
  search: 'M10.5 4a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13zM15.5 15.5 20.5 20.5',
  plus: 'M12 5v14M5 12h14',
  send: 'M4 12 20 4l-5 16-4-6.5zM11 13.5 20 4',
  report: 'M5 3h10l4 4v14H5zM14.5 3v4.5H19M9 13h6M12 10v6',
  detection: 'M5 20c2-6 5-3 7-8s-1-6 3-9M8.5 20a3.5 3.5 0 1 0-7 0 3.5 3.5 0 0 0 7 0zM22 5a3 3 0 1 0-6 0 3 3 0 0 0 6 0z',
  victim: 'M12 3l7.5 2.8v5.4c0 4.6-3 8-7.5 9.8-4.5-1.8-7.5-5.2-7.5-9.8V5.8zM12 16s-3.5-2.2-3.5-4.6a2 2 0 0 1 3.5-1.2 2 2 0 0 1 3.5 1.2c0 2.4-3.5 4.6-3.5 4.6z',
  interview: 'M4 4h11v8H9l-4 3v-3H4zM9 15v1h6l4 3v-3h1V8h-2',
  arrest: 'M7.5 8a4.5 4.5 0 1 0 0 9 4.5 4.5 0 0 0 0-9zM16.5 8a4.5 4.5 0 1 0 0 9 4.5 4.5 0 0 0 0-9zM11 9.5h2M9 5.5h6',
  seizure: 'M3.5 8.5 12 4l8.5 4.5v8L12 21l-8.5-4.5zM3.5 8.5 12 13l8.5-4.5M12 13v8',
  freeze: 'M12 3v18M4.2 7.5l15.6 9M19.8 7.5l-15.6 9M9.5 4.5 12 7l2.5-2.5M9.5 19.5 12 17l2.5 2.5',
  group: 'M12 4a2.6 2.6 0 1 0 0 5.2A2.6 2.6 0 0 0 12 4zM5 14a2.6 2.6 0 1 0 0 5.2A2.6 2.6 0 0 0 5 14zM19 14a2.6 2.6 0 1 0 0 5.2 2.6 2.6 0 0 0 0-5.2zM10.6 8.8 6.4 14.4M13.4 8.8l4.2 5.6M7.6 16.6h8.8',
  investigation: 'M10 4a6 6 0 1 0 0 12 6 6 0 0 0 0-12zM14.4 14.4 20 20M10 7.5v5M7.5 10h5',
  incident: 'M9.5 3.5h5v6h6v5h-6v6h-5v-6h-6v-5h6z',
  recovery: 'M2.5 7h18v4.5h-7.5c0 2-1 3-3 3H8.5L7 20H3l2-8.5H2.5zM13 11.5v2M18 16v5M15.5 18.5h5',
  notice_request: 'M4 10v4l3 .5 2 5h2.5l-1-5L19 18V6L7 9.5z',
  bell: 'M6 17V11a6 6 0 0 1 12 0v6l1.5 1.5h-15zM10 21h4',
} as const;
export type IconName = keyof typeof ICONS;

/** The icon of a hit's state; people to protect keep their own sign until the end. */
export function stateIcon(state: string, protect: boolean): IconName {
  if (protect) return 'protect';
  return state === 'new' || state === 'raised' ? 'lead' : state in ICONS ? (state as IconName) : 'lead';
}

/** The tone of a hit's state: amber for a lead, red only when its owner confirmed, violet for people to protect. */
export function stateTone(state: string, protect: boolean): Tone {
  if (protect) return 'protect';
  if (state === 'confirmed') return 'confirmed';
  return ['new', 'raised', 'referred'].includes(state) ? 'lead' : 'plain';
}

export type Tone = 'lead' | 'confirmed' | 'protect' | 'good' | 'plain';
