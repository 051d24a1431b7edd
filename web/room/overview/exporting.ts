/** What is on the page as files, made on the page itself: nothing goes out that was not shown. */
import { countryName } from '../../shared/countries';
import { kindsWord } from '../../shared/forms/words';
import { t } from '../../shared/words.svelte';
import { room } from '../room.svelte';
import { amount, type Picture, REPORTED, type Wanted } from './picture';

/** Hand a file to the reader's browser. */
export function save(name: string, content: Blob): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(content);
  link.download = `tripoint-${name}`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

/** A cell of a sheet; a leading sign that a spreadsheet would take for a formula is made text. */
const cell = (value: string | number): string => {
  const text = typeof value === 'string' && /^[=+\-@\t\r]/.test(value) ? `'${value}` : String(value);
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

/** The figures by party as a sheet: first what they are, as of when, of which period; then a line for each party. */
export function sheet(picture: Picture, wanted: Wanted): string {
  const head = [
    [t('operation'), room.chosen?.name ?? t('all-operations')], [t('col-as-of'), picture.as_of], [t('ov-since'), wanted.from ?? t('ov-whole')], [t('ov-until'), wanted.to ?? picture.as_of],
    [t('party'), wanted.party ?? t('ov-all-parties')], [t('post'), wanted.post ?? t('all-posts')], [t('ov-definition'), t('ov-definition-text')], [],
  ];
  const columns = [t('party'), 'ISO', t('col-checks'), t('col-hits'), ...REPORTED.flatMap((kind) => [kindsWord(kind), `${kindsWord(kind)}, ${t('measure-is-preliminary')}`, `${kindsWord(kind)}, ${t('ov-unknown')}`]), t('col-as-of')];
  const lines = picture.parties.map((party) => [
    countryName(party.code, party.name), party.code, party.checks, party.hits,
    ...REPORTED.flatMap((kind) => { const found = party.reported.find((one) => one.kind === kind); return [amount(party, kind), found?.preliminary ?? 0, found?.unknown ?? 0]; }), party.as_of ?? '',
  ]);
  return `\uFEFF${[...head, columns, ...lines].map((line) => line.map(cell).join(',')).join('\r\n')}\r\n`;
}

/** The map as it is drawn. */
export function mapPicture(): void {
  const canvas = document.querySelector<HTMLCanvasElement>('[data-testid=map] canvas');
  canvas?.toBlob((picture) => { if (picture) save('map.png', picture); });
}

/** The timeline as it is drawn, with its colours written out. */
export function timelinePicture(): void {
  const drawn = document.querySelector<SVGSVGElement>('[data-testid=brush] svg');
  if (!drawn) return;
  const copy = drawn.cloneNode(true) as SVGSVGElement;
  const shapes = drawn.querySelectorAll('rect');
  copy.querySelectorAll('rect').forEach((shape, i) => {
    const { fill, opacity, stroke } = getComputedStyle(shapes[i]!);
    for (const [name, value] of Object.entries({ fill, opacity, stroke })) shape.setAttribute(name, value);
    shape.removeAttribute('class');
  });
  const { width, height } = drawn.getBoundingClientRect();
  for (const [name, value] of Object.entries({ xmlns: 'http://www.w3.org/2000/svg', width, height })) copy.setAttribute(name, String(value));
  const title = document.createElementNS('http://www.w3.org/2000/svg', 'title');
  title.textContent = `${room.chosen?.name ?? t('all-operations')} · ${t('ov-timeline')}. ${t('ov-definition-text')}`;
  copy.prepend(title);
  save('timeline.svg', new Blob([new XMLSerializer().serializeToString(copy)], { type: 'image/svg+xml' }));
}
