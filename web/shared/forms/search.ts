/** Finding one of many choices by what is typed: accents and case do not count, beginnings come first. */
import type { Option } from './question';

const folded = (text: string): string => text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase();

function place({ code, word, also }: Option, wanted: string): number | null {
  const text = folded(word);
  if (code.toLowerCase() === wanted || text === wanted) return 0;
  if (text.startsWith(wanted)) return 1;
  if (code.toLowerCase().startsWith(wanted) || text.split(/[\s(-]/).some((part) => part.startsWith(wanted))) return 2;
  return text.includes(wanted) || folded(also ?? '').includes(wanted) ? 3 : null;
}

/** The best `most` of the options for what was typed, best first; all in their order for nothing typed. */
export function search(options: readonly Option[], typed: string, most: number): Option[] {
  const wanted = folded(typed.trim());
  if (!wanted) return options.slice(0, most);
  const met = options.flatMap((option) => { const at = place(option, wanted); return at === null ? [] : [{ option, at }]; });
  return met.sort((a, b) => a.at - b.at).slice(0, most).map(({ option }) => option);
}
