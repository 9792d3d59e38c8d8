/** Where the pictures of a contact sheet go: square tiles in rows, with their numbers, at most 2048 pixels wide. */

export interface Layout {
  count: number;
  columns: number;
  /** All in pixels. */
  tile: number;
  width: number;
  height: number;
}

export const MAX_TILES = 300;
const MAX_WIDTH = 2048;
const MAX_TILE = 384;
export const GAP = 4;
/** A sheet is a little wider than high. */
const SHAPE = 4 / 3;

/** `count`: from 1 to 300. */
export function layoutOf(count: number): Layout {
  const columns = Math.min(count, Math.ceil(Math.sqrt(count * SHAPE)));
  const rows = Math.ceil(count / columns);
  const tile = Math.min(MAX_TILE, Math.floor((MAX_WIDTH - GAP) / columns) - GAP);
  const across = (tiles: number) => tiles * (tile + GAP) + GAP;
  return { count, columns, tile, width: across(columns), height: across(rows) };
}

/** The upper left corner of a tile, in pixels. */
export function placeOf({ columns, tile }: Layout, index: number): { left: number; top: number } {
  return {
    left: GAP + (index % columns) * (tile + GAP),
    top: GAP + Math.floor(index / columns) * (tile + GAP),
  };
}
