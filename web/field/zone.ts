/** Where the check digits of a machine-readable zone stand (ICAO Doc 9303 parts 4 to 7), to mark those that fail. */

/** Line and column, both from 0, of the digit that guards a field. */
type Digits = Record<string, [line: number, column: number]>;

const TWO_LINES: Digits = { number: [1, 9], birth: [1, 19], expiry: [1, 27] };
const FORMATS: Record<string, Digits> = {
  TD1: { number: [0, 14], birth: [1, 6], expiry: [1, 14], composite: [1, 29] },
  TD2: { ...TWO_LINES, composite: [1, 35] },
  TD3: { ...TWO_LINES, personal: [1, 42], optional: [1, 42], composite: [1, 43] },
  MRVA: TWO_LINES,
  MRVB: TWO_LINES,
};

/** The typed lines in pieces; `failing` pieces are the check digits that do not fit. Unknown names mark nothing. */
export function marked(zone: string, format: string, failing: string[]): { text: string; failing: boolean }[][] {
  const digits = FORMATS[format.toUpperCase().replaceAll(/[^A-Z0-9]/g, '')] ?? {};
  const bad = failing.map((name) => Object.entries(digits).find(([field]) => name.includes(field))?.[1]).filter((place) => place !== undefined);
  return zone.split('\n').map((line, row) => {
    const columns = bad.filter(([at]) => at === row).map(([, column]) => column);
    const pieces: { text: string; failing: boolean }[] = [];
    [...line].forEach((letter, column) => {
      const wrong = columns.includes(column);
      const last = pieces.at(-1);
      if (last && last.failing === wrong) last.text += letter;
      else pieces.push({ text: letter, failing: wrong });
    });
    return pieces;
  });
}
