/** The hub's answer about its forms as the pages use it: what is not said has its usual value. */
import { KINDS, type Condition, type Form, type FormField, type OccurrenceKind } from './model';

type Said<T> = { [name in keyof T]?: T[name] | null };
type SaidCondition = { field: string; among?: (string | boolean)[] | null; below?: number | string | null; at_least?: number | string | null };
type SaidField = Said<Omit<FormField, 'when' | 'fields' | 'least' | 'most'>> & { name: string; kind: FormField['kind']; when?: SaidCondition[] | null; fields?: SaidField[] | null; least?: number | string | null; most?: number | string | null };
interface SaidForm { kind: string; plural: string; fields: SaidField[]; derived?: Record<string, string[]> | null }

const number = (said: number | string | null | undefined): number | null => (said === null || said === undefined ? null : Number(said));
const conditionOf = (said: SaidCondition): Condition => ({ field: said.field, among: said.among ?? [], below: number(said.below), atLeast: number(said.at_least) });

const fieldOf = (said: SaidField): FormField => ({
  name: said.name, kind: said.kind, part: said.part ?? 'body', section: said.section ?? 'what', required: said.required ?? false, carry: said.carry ?? false, list: said.list ?? '',
  choices: said.choices ?? [], when: (said.when ?? []).map(conditionOf), fields: (said.fields ?? []).map(fieldOf), least: number(said.least), most: number(said.most), unit: said.unit ?? null,
});

/** The forms that this page knows how to show, in the page's order. */
export function formsOf(said: unknown): Form[] {
  const forms = (said as { forms: SaidForm[] }).forms.map((form) => ({ kind: form.kind as OccurrenceKind, plural: form.plural, fields: form.fields.map(fieldOf), derived: form.derived ?? {} }));
  return forms.filter(({ kind }) => KINDS.includes(kind)).sort((a, b) => KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind));
}
