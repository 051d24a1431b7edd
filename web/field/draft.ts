/** What the officer has typed, and the request it becomes. Pure: no page, no network. */
import type { CheckRequest, Kind, Place } from '../shared/contract';

export interface Draft {
  document: { number: string; issuer: string; type: string; mrz: string; near: boolean };
  person: { name: string; birth: string; nationality: string; sex: string };
  vehicle: { plate: string; country: string; vin: string; make: string };
  firearm: { serial: string; make: string; model: string; calibre: string };
}
/** Where and why, remembered between checks. */
export interface Standing { purpose: string; operation: string | null; post: string | null }
/** Problems by field path, as catalogue ids. */
export type Problems = Record<string, string>;

export const TABS: Kind[] = ['document', 'person', 'vehicle', 'firearm'];

export const emptyDraft = (): Draft => ({
  document: { number: '', issuer: '', type: '', mrz: '', near: false },
  person: { name: '', birth: '', nationality: '', sex: '' },
  vehicle: { plate: '', country: '', vin: '', make: '' },
  firearm: { serial: '', make: '', model: '', calibre: '' },
});

const text = (value: string): string | null => value.trim() || null;

/** The lines of a machine-readable zone as typed: capitals, without spaces, empty lines left out. */
export const zoneLines = (typed: string): string => typed.toUpperCase().split(/\r?\n/).map((line) => line.replaceAll(/\s/g, '')).filter(Boolean).join('\n');

/** Which of the four kinds have something in them; a wish alone is nothing. */
export const filled = (draft: Draft): Kind[] => TABS.filter((kind) => Object.values(draft[kind]).some((value: string | boolean) => typeof value === 'string' && value.trim() !== ''));

const PARTIAL_DATE = /^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$/;

/** What keeps a draft from being sent, by field; empty when it may go. */
export function problemsOf(draft: Draft): Problems {
  const { document, person, vehicle, firearm } = draft;
  const has = filled(draft);
  const problems: Problems = {};
  if (!has.length) problems[''] = 'need-something';
  if (has.includes('document') && !text(document.number) && !text(document.mrz)) problems['document.number'] = 'need-number';
  if (has.includes('person') && !text(person.name)) problems['person.name'] = 'need-name';
  if (text(person.birth) && !PARTIAL_DATE.test(person.birth.trim())) problems['person.birth'] = 'need-date';
  if (has.includes('vehicle') && !text(vehicle.plate) && !text(vehicle.vin)) problems['vehicle.plate'] = 'need-plate';
  if (text(vehicle.plate) && !vehicle.country) problems['vehicle.country'] = 'need-country';
  if (has.includes('firearm') && !text(firearm.serial)) problems['firearm.serial'] = 'need-serial';
  return problems;
}

/** The request for a draft. The id stays the same when the same check is sent again. */
export function toRequest(draft: Draft, standing: Standing, position: Place | null, id: string, now: Date): CheckRequest {
  const { document, person, vehicle, firearm } = draft;
  const has = new Set(filled(draft));
  return {
    id, ...standing, position, device_time: now.toISOString(),
    person: has.has('person') ? { name: text(person.name), given: null, family: null, birth: text(person.birth), nationality: text(person.nationality), sex: text(person.sex) } : null,
    document: has.has('document')
      ? { number: text(document.number), issuer: text(document.issuer), type: text(document.type), mrz: text(zoneLines(document.mrz)), near: document.near || null }
      : null,
    vehicle: has.has('vehicle') ? { vin: text(vehicle.vin), plate: text(vehicle.plate), country: text(vehicle.country), make: text(vehicle.make) } : null,
    firearm: has.has('firearm') ? { serial: firearm.serial.trim(), make: text(firearm.make), model: text(firearm.model), calibre: text(firearm.calibre) } : null,
  };
}
