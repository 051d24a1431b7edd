/** A line and its values as a person reads them. */
import { countryName } from '../../shared/countries';
import type { Form, FormField, Value, Values } from '../../shared/forms/model';
import { filled } from '../../shared/forms/rules';
import { choiceWord, labelOf, languageName, moneyText, textOf } from '../../shared/forms/words';

const isList = (value: Value | undefined): value is readonly Value[] => Array.isArray(value);

/** The value of any name of a report as text: a field of its form, or what the hub derived. */
export function tell(form: Form, name: string, value: Value | undefined): string {
  if (!filled(value)) return '';
  if (name === 'legs' && isList(value) && value.every(isList)) return value.map((leg) => (leg as readonly Value[]).map((code) => (code ? countryName(String(code)) : '?')).join(' – ')).join(' · ');
  if (name === 'price_usd') return moneyText(Number(value), 'USD');
  if (name === 'language_seems') return languageName(String(value));
  const field = form.fields.find((one) => one.name === name);
  if (field) return textOf(form.kind, field, value);
  if (isList(value)) return value.map((one) => (one && typeof one === 'object' ? rowText(form, one as Values) : choiceWord(name, String(one)))).join(' · ');
  return typeof value === 'object' ? rowText(form, value as Values) : choiceWord(name, String(value));
}

/** One row of a line's list, such as a seized item: its values in the words of the form's rows. */
function rowText(form: Form, row: Values): string {
  const columns = form.fields.flatMap((field) => field.fields);
  const told = Object.entries(row).filter(([, value]) => filled(value)).map(([name, value]) => {
    const column: FormField | undefined = columns.find((one) => one.name === name);
    return column ? textOf(form.kind, column, value) : `${labelOf(form.kind, name)}: ${String(value)}`;
  });
  return told.join(' ');
}

const SILENT = new Set(['unknown', 'none', 'false', 'no']);

/** What is worth reading in a list: every value of the line that says something; a bare yes is told by what was asked. */
export const lineText = (form: Form, line: Values): string =>
  Object.entries(line).filter(([, value]) => filled(value) && value !== false && !SILENT.has(String(value))).map(([name, value]) => (value === true || value === 'yes' ? labelOf(form.kind, name) : tell(form, name, value))).filter(Boolean).join(' · ');
