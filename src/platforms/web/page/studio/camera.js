/** From where a graph is looked at: a point of the window is `x + zoom × point of the sheet`. All in CSS pixels. Pure. */

/**
 * @typedef {{ x: number, y: number, zoom: number }} Camera
 * @typedef {{ width: number, height: number }} Size
 * @typedef {{ x: number, y: number, width: number, height: number }} Rect
 * @typedef {{ x: number, y: number }} Point
 */

export const LEAST = 0.05;
export const MOST = 2;
/** Below it nothing but titles can be read. */
export const FAR = 0.45;
/** At which a node can be worked with. */
const NEAR = 0.8;
/** Of the sheet, so much stays to be seen. */
const MARGIN = 80;
/** Around the sheet, when all of it is shown. */
const RIM = 6;

/** @param {number} zoom */
const bounded = (zoom) => Math.min(MOST, Math.max(LEAST, zoom));

/** All of the sheet, in the middle; no larger than it is. @param {Size} sheet @param {Size} area @returns {Camera} */
export function fit(sheet, area) {
  const [across, down] = [area.width - 2 * RIM, area.height - 2 * RIM];
  const zoom = bounded(Math.min(1, across / sheet.width, down / sheet.height));
  return {
    zoom,
    x: (area.width - zoom * sheet.width) / 2,
    y: Math.max(RIM, (area.height - zoom * sheet.height) / 2),
  };
}

/** Nearer or farther, by a factor; what is at the point stays there. @param {Camera} camera @param {Point} point of the window @param {number} factor @returns {Camera} */
export function zoomAt({ x, y, zoom }, point, factor) {
  const next = bounded(zoom * factor);
  const change = next / zoom;
  return { zoom: next, x: point.x - (point.x - x) * change, y: point.y - (point.y - y) * change };
}

/** @param {Camera} camera @param {Point} by @returns {Camera} */
export function moved({ x, y, zoom }, by) {
  return { zoom, x: x + by.x, y: y + by.y };
}

/** The nearest one from which some of the sheet is seen. @param {Camera} camera @param {Size} sheet @param {Size} area @returns {Camera} */
export function held({ x, y, zoom }, sheet, area) {
  /** @param {number} at @param {number} length of the sheet @param {number} room */
  const within = (at, length, room) => {
    const margin = Math.min(MARGIN, length * zoom);
    return Math.min(room - margin, Math.max(margin - length * zoom, at));
  };
  return { zoom, x: within(x, sheet.width, area.width), y: within(y, sheet.height, area.height) };
}

/** What of the sheet is seen. @param {Camera} camera @param {Size} area @returns {Rect} */
export function seen({ x, y, zoom }, area) {
  return { x: -x / zoom, y: -y / zoom, width: area.width / zoom, height: area.height / zoom };
}

/** @param {Camera} camera @param {Rect} box of the sheet @param {Size} area */
export function shows(camera, box, area) {
  const { x, y, width, height } = seen(camera, area);
  // of one that is high its upper part is enough
  const bottom = box.y + Math.min(box.height, height / 2);
  return box.x >= x && box.x + box.width <= x + width && box.y >= y && bottom <= y + height;
}

/** Near enough to read the box, which is in the middle. @param {Camera} camera @param {Rect} box @param {Size} area @returns {Camera} */
export function lookAt(camera, box, area) {
  const zoom = Math.max(camera.zoom, Math.min(NEAR, bounded((area.width * 0.9) / box.width)));
  const height = Math.min(box.height, area.height / zoom - 32);
  return {
    zoom,
    x: area.width / 2 - zoom * (box.x + box.width / 2),
    y: area.height / 2 - zoom * (box.y + height / 2),
  };
}
