/** Colours for heights and differences: shares of 0 to 1 become red, green and blue of 0 to 255. Legible to the colour-blind. */

export type Colour = readonly [number, number, number];

/** From deep blue over green to yellow, evenly lighter (after Smith and van der Walt 2015, "viridis"). */
const HEIGHT: readonly Colour[] = [[68, 1, 84], [71, 44, 122], [59, 81, 139], [44, 113, 142], [33, 144, 141], [39, 173, 129], [92, 200, 99], [170, 220, 50], [253, 231, 37]];
/** From blue over near-white to orange: nothing between is white. */
const DIFFERENCE: readonly Colour[] = [[22, 72, 140], [67, 122, 190], [140, 178, 216], [238, 238, 236], [240, 178, 120], [214, 118, 42], [140, 66, 10]];

/** The 256 colours of a scale, four bytes each. */
function table(stops: readonly Colour[]): Uint8Array {
  const all = new Uint8Array(4 * 256);
  for (let i = 0; i < 256; i++) {
    const at = (i / 255) * (stops.length - 1);
    const k = Math.min(stops.length - 2, Math.floor(at));
    for (let c = 0; c < 3; c++) all[4 * i + c] = Math.round(stops[k]![c]! + (at - k) * (stops[k + 1]![c]! - stops[k]![c]!));
    all[4 * i + 3] = 255;
  }
  return all;
}
export const HEIGHTS = table(HEIGHT);
export const DIFFERENCES = table(DIFFERENCE);

/** The index into a table of a share; what lies outside is held at the ends. */
export const entry = (share: number): number => 4 * Math.min(255, Math.max(0, Math.round(share * 255)));

/** A colour of a table as CSS reads it. */
export const css = (of: Uint8Array, share: number): string => { const i = entry(share); return `rgb(${of[i]} ${of[i + 1]} ${of[i + 2]})`; };

/** What the overlay paints each surface in: together they make a neutral grey. */
export const TINTS: readonly [Colour, Colour] = [[74, 214, 204], [255, 150, 90]];
/** The stage: dark in both themes, as under a microscope. */
export const STAGE: Colour = [9, 13, 15];
