/** What the dealers' desk tells the page. */
export interface Licence { dealer: string; state: string; from_day: string; to_day: string | null; name: string; town: string }
export interface Where { dealer: string; name: string; acquired: number; disposed: number; stock: number; missing: number }
export interface Inspection {
  id: string; dealer: string; day: string; scope: string; counted: number; matched: number; missing: number; unbooked: number; action: string;
  follow_up: string | null; violations: string[];
}
export interface EvidenceRow { file: string; line: number; book: string; serial?: string; make?: string; day?: string }
export interface Indicator {
  id: string; rule: number; dealer: string; fact: string; score: number; rows: EvidenceRow[];
  base: { found: number; of: number; unit: string; people: boolean; caution: string }; state: string; reason: string | null;
}
export interface Loaded { book: string; new: number; known: number; refused: { line: number; column: string; why: string }[]; refused_in_all: number; columns: Record<string, string> }

export const ACTIONS = ['none', 'warn', 'suspend', 'close', 'refer'] as const;
export const BASE = '/api/dealers';
/** Rows of evidence shown at once; the rest is counted. */
export const MOST_ROWS = 30;

/** The lines of a box that hold something. */
export const linesOf = (text: string): string[] => text.split('\n').map((line) => line.trim()).filter(Boolean);

/** `number, make` line by line as counted firearms. */
export const itemsOf = (text: string): { serial: string; make: string }[] =>
  linesOf(text).map((line) => {
    const [serial = '', make = ''] = line.split(/[,;\t]/).map((part) => part.trim());
    return { serial, make: make || '?' };
  });

/** A file's bytes in base64. */
export async function inBase64(file: File): Promise<string> {
  let text = '';
  for (const byte of new Uint8Array(await file.arrayBuffer())) text += String.fromCharCode(byte);
  return btoa(text);
}
