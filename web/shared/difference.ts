/** Which letters of one text are not in the other, for marking what was asked against what is held. */

export interface Piece { text: string; differs: boolean }
const LONGEST = 200;
const plain = (letter: string) => letter.normalize('NFD').replace(/\p{M}/gu, '').toUpperCase();

/** Lengths of the longest common subsequence of the ends of both texts. */
function common(a: string[], b: string[]): number[][] {
  const table = Array.from({ length: a.length + 1 }, () => new Array<number>(b.length + 1).fill(0));
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--) table[i]![j] = plain(a[i]!) === plain(b[j]!) ? table[i + 1]![j + 1]! + 1 : Math.max(table[i + 1]![j]!, table[i]![j + 1]!);
  return table;
}

/** `text` in pieces; those that `other` lacks are marked. Case and accents do not count; texts over 200 letters are not marked. */
export function pieces(text: string, other: string): Piece[] {
  const [a, b] = [[...text], [...other]];
  if (a.length > LONGEST || b.length > LONGEST) return [{ text, differs: false }];
  const table = common(a, b);
  const found: Piece[] = [];
  let [i, j] = [0, 0];
  while (i < a.length) {
    const same = j < b.length && plain(a[i]!) === plain(b[j]!);
    if (!same && j < b.length && table[i]![j + 1]! > table[i + 1]![j]!) { j++; continue; }
    const last = found.at(-1);
    if (last && last.differs === !same) last.text += a[i]; else found.push({ text: a[i]!, differs: !same });
    i++;
    if (same) j++;
  }
  return found;
}

/** The same for dates (1976-05-12): whole years, months and days are compared, place by place. */
export function dateParts(date: string, other: string): Piece[] {
  const others = other.split('-');
  return date.split('-').flatMap((part, at): Piece[] => [...(at ? [{ text: '-', differs: false }] : []), { text: part, differs: part !== others[at] }]);
}

const isDate = (text: string) => /^\d{4}(-\d{2}){0,2}$/.test(text);

/** Pieces of one field's text against the other side's: dates by their parts, everything else by letters. */
export const marked = (field: string, text: string, other: string): Piece[] => (field === 'birth' && isDate(text) && isDate(other) ? dateParts(text, other) : pieces(text, other));
