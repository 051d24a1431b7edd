/** The keys of the viewer: each does one thing, and the help lists them all. They work only while the stage has the focus. */

export const COMMANDS = [
  'side', 'split', 'overlay', 'flicker', 'difference', 'flip', 'left', 'right', 'up', 'down', 'in', 'out', 'fit', 'turn-back', 'turn-on',
  'nudge-left', 'nudge-right', 'nudge-up', 'nudge-down', 'pose-back', 'pose-on', 'reset', 'line-back', 'line-on', 'line-level',
  'light-back', 'light-on', 'light-lower', 'light-higher', 'colour', 'tilt', 'cells', 'cell-next', 'cell-back', 'cut', 'note', 'measure', 'leave',
  'next', 'previous', 'reviewed', 'blind', 'picture', 'help',
] as const;
export type Command = (typeof COMMANDS)[number];

/** A key as it is pressed: letters by their place on the keyboard (`KeyC`), so that an Arabic layout works too; signs by what they write. */
export interface Key { code?: string; key?: string; shift?: boolean }
type Row = readonly [Command, Key, string];

/** Every key with what the help shows of it, in the order of the help. */
export const KEYS: readonly Row[] = [
  ['side', { code: 'Digit1' }, '1'], ['split', { code: 'Digit2' }, '2'], ['overlay', { code: 'Digit3' }, '3'], ['flicker', { code: 'Digit4' }, '4'], ['difference', { code: 'Digit5' }, '5'],
  ['flip', { key: ' ' }, '␣'],
  ['left', { key: 'ArrowLeft' }, '←'], ['right', { key: 'ArrowRight' }, '→'], ['up', { key: 'ArrowUp' }, '↑'], ['down', { key: 'ArrowDown' }, '↓'],
  ['in', { key: '+' }, '+'], ['in', { key: '=' }, '='], ['out', { key: '-' }, '−'], ['fit', { code: 'Digit0' }, '0'],
  ['turn-back', { key: ',' }, ','], ['turn-on', { key: '.' }, '.'],
  ['nudge-left', { key: 'ArrowLeft', shift: true }, '⇧ ←'], ['nudge-right', { key: 'ArrowRight', shift: true }, '⇧ →'], ['nudge-up', { key: 'ArrowUp', shift: true }, '⇧ ↑'], ['nudge-down', { key: 'ArrowDown', shift: true }, '⇧ ↓'],
  ['pose-back', { code: 'KeyQ' }, 'Q'], ['pose-on', { code: 'KeyE' }, 'E'], ['reset', { code: 'KeyR' }, 'R'],
  ['line-back', { code: 'BracketLeft' }, '['], ['line-on', { code: 'BracketRight' }, ']'], ['line-level', { code: 'KeyH' }, 'H'],
  ['light-back', { code: 'KeyA' }, 'A'], ['light-on', { code: 'KeyD' }, 'D'], ['light-lower', { code: 'KeyS' }, 'S'], ['light-higher', { code: 'KeyW' }, 'W'],
  ['colour', { code: 'KeyP' }, 'P'], ['tilt', { code: 'KeyT' }, 'T'],
  ['cells', { code: 'KeyC' }, 'C'], ['cell-next', { code: 'KeyG' }, 'G'], ['cell-back', { code: 'KeyG', shift: true }, '⇧ G'],
  ['cut', { code: 'KeyX' }, 'X'], ['measure', { code: 'KeyL' }, 'L'], ['note', { code: 'KeyN' }, 'N'], ['leave', { key: 'Escape' }, 'Esc'],
  ['next', { code: 'KeyJ' }, 'J'], ['previous', { code: 'KeyK' }, 'K'], ['reviewed', { code: 'KeyM' }, 'M'], ['blind', { code: 'KeyB' }, 'B'],
  ['picture', { code: 'KeyI' }, 'I'], ['help', { key: '?' }, '?'], ['help', { key: 'F1' }, 'F1'],
];

/** What a press means; null where it is not the viewer's. Keys with Ctrl, Alt or Meta belong to the browser. */
export function commandOf(event: Pick<KeyboardEvent, 'code' | 'key' | 'shiftKey' | 'ctrlKey' | 'altKey' | 'metaKey'>): Command | null {
  if (event.ctrlKey || event.altKey || event.metaKey) return null;
  const meant = (one: Key): boolean => (one.code ? one.code === event.code : one.key === event.key);
  const exact = KEYS.find(([, one]) => meant(one) && Boolean(one.shift) === event.shiftKey);
  // A sign such as "+" or "?" needs Shift on many keyboards.
  const loose = KEYS.find(([, one]) => one.key?.length === 1 && meant(one));
  return (exact ?? loose)?.[0] ?? null;
}
