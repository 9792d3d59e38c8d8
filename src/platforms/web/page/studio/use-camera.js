/** How the mouse, fingers, the wheel and keys move a graph. */
/** @import { Camera, Point, Rect, Size } from './camera.js' */
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { fit, held, lookAt, moved, shows, zoomAt } from './camera.js';

/** Of an arrow key, in CSS pixels; of a press on + or −, and of a notch of the wheel. */
const STEP = 80;
export const FACTOR = 1.25;
const WHEEL = 0.002;
/** What a press is for, so that it moves nothing. */
const OWN = 'button, input, select, textarea, a, label, summary';

/** @type {Record<string, Point>} */
const ARROWS = {
  ArrowLeft: { x: STEP, y: 0 },
  ArrowRight: { x: -STEP, y: 0 },
  ArrowUp: { x: 0, y: STEP },
  ArrowDown: { x: 0, y: -STEP },
};

/** @param {Size} sheet what is looked at */
export function useCamera(sheet) {
  const area = useRef(/** @type {HTMLDivElement | null} */ (null));
  const [size, setSize] = useState({ width: 0, height: 0 });
  const [camera, setCamera] = useState({ x: 0, y: 0, zoom: 1 });
  /** It goes on showing all when the window or the sheet becomes another one. */
  const [isFit, setFit] = useState(true);
  /** It glides there; by hand it follows at once. */
  const [glides, setGlides] = useState(false);
  const pointers = useRef(/** @type {Map<number, Point>} */ (new Map()));

  const now = useRef({ sheet, size });
  now.current = { sheet, size };
  useLayoutEffect(() => {
    const look = () => {
      const { clientWidth: width = 0, clientHeight: height = 0 } = area.current ?? {};
      setSize((was) => (was.width === width && was.height === height ? was : { width, height }));
    };
    look();
    const watch = new ResizeObserver(look);
    if (area.current) watch.observe(area.current);
    return () => watch.disconnect();
  }, []);
  useLayoutEffect(() => {
    if (isFit && size.width > 0) setCamera(fit(sheet, size));
  }, [isFit, size, sheet.width, sheet.height]);

  /** @param {(camera: Camera) => Camera} change @param {boolean} [gliding] */
  const turn = (change, gliding = false) => {
    setFit(false);
    setGlides(gliding);
    setCamera((was) => held(change(was), now.current.sheet, now.current.size));
  };
  const middle = () => ({ x: now.current.size.width / 2, y: now.current.size.height / 2 });
  /** @param {{ clientX: number, clientY: number }} event @returns {Point} */
  const pointOf = ({ clientX, clientY }) => {
    const { left = 0, top = 0 } = area.current?.getBoundingClientRect() ?? {};
    return { x: clientX - left, y: clientY - top };
  };

  useEffect(() => {
    /** A trackpad's pinch comes as a wheel with Ctrl; without it the page scrolls, until the graph is what one is at. @param {WheelEvent} event */
    const onWheel = (event) => {
      const isHere = area.current?.contains(document.activeElement);
      if (!event.ctrlKey && !event.metaKey && !isHere) return;
      event.preventDefault();
      const lines = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 16 : 1;
      const by = Math.max(-300, Math.min(300, event.deltaY * lines));
      // a pinch has small steps
      turn((was) => zoomAt(was, pointOf(event), Math.exp(-by * WHEEL * (event.ctrlKey ? 4 : 1))));
    };
    /** What has the focus, or is looked for, the browser scrolls into sight: that is a move like any other. */
    const onScroll = () => {
      const { scrollLeft = 0, scrollTop = 0 } = area.current ?? {};
      if (scrollLeft === 0 && scrollTop === 0) return;
      area.current?.scrollTo({ left: 0, top: 0, behavior: 'instant' });
      turn((was) => moved(was, { x: -scrollLeft, y: -scrollTop }));
    };
    const { current } = area;
    current?.addEventListener('wheel', onWheel, { passive: false });
    current?.addEventListener('scroll', onScroll);
    return () => {
      current?.removeEventListener('wheel', onWheel);
      current?.removeEventListener('scroll', onScroll);
    };
  }, []);

  /** @param {PointerEvent} event */
  const onPointerDown = (event) => {
    const { target, pointerId, button } = event;
    if (button > 1 || (target instanceof Element && target.closest(OWN))) return;
    pointers.current.set(pointerId, pointOf(event));
    if (event.currentTarget instanceof Element) event.currentTarget.setPointerCapture(pointerId);
  };
  /** @param {PointerEvent} event */
  const onPointerMove = (event) => {
    const { pointerId } = event;
    const before = pointers.current.get(pointerId);
    if (!before) return;
    const here = pointOf(event);
    const [other] = [...pointers.current].filter(([id]) => id !== pointerId).map(([, point]) => point);
    pointers.current.set(pointerId, here);
    if (!other) return turn((was) => moved(was, { x: here.x - before.x, y: here.y - before.y }));
    // two fingers: what is between them stays between them
    const factor = distance(here, other) / Math.max(1, distance(before, other));
    const [from, to] = [between(before, other), between(here, other)];
    turn((was) => moved(zoomAt(was, from, factor), { x: to.x - from.x, y: to.y - from.y }));
  };
  /** @param {PointerEvent} event */
  const onPointerUp = ({ pointerId }) => void pointers.current.delete(pointerId);
  /** @param {number} factor */
  const zoomBy = (factor) => turn((was) => zoomAt(was, middle(), factor), true);
  const showAll = () => {
    setGlides(true);
    setFit(true);
  };
  /** @param {KeyboardEvent} event */
  const onKeyDown = (event) => {
    const { key, ctrlKey, metaKey, altKey, target } = event;
    if (target !== area.current || ctrlKey || metaKey || altKey) return;
    const arrow = ARROWS[key];
    if (arrow) turn((was) => moved(was, arrow), true);
    else if (key === '+' || key === '=') zoomBy(FACTOR);
    else if (key === '-') zoomBy(1 / FACTOR);
    else if (key === '0') showAll();
    else if (key === '1') turn((was) => zoomAt(was, middle(), 1 / was.zoom), true);
    else return;
    event.preventDefault();
  };

  return {
    area,
    size,
    camera,
    glides,
    /** For the element that is looked through. */
    hands: { onPointerDown, onPointerMove, onPointerUp, onPointerCancel: onPointerUp, onKeyDown },
    zoomBy,
    showAll,
    /** @param {Rect} box */
    look: (box) => turn((was) => lookAt(was, box, now.current.size), true),
    /** Only where it is not seen, or too small to be worked with. @param {Rect} box @param {number} least of the zoom */
    lookIfHidden: (box, least) => {
      if (now.current.size.width === 0) return;
      setCamera((was) => {
        if (was.zoom >= least && shows(was, box, now.current.size)) return was;
        setFit(false);
        setGlides(true);
        return lookAt(was, box, now.current.size);
      });
    },
    /** The point of the sheet comes into the middle. @param {Point} point */
    center: (point) => {
      const { size: room } = now.current;
      turn((was) => ({
        zoom: was.zoom,
        x: room.width / 2 - was.zoom * point.x,
        y: room.height / 2 - was.zoom * point.y,
      }));
    },
  };
}

/** @param {Point} a @param {Point} b */
function distance(a, b) {
  return Math.hypot(a.x - b.x, a.y - b.y);
}

/** @param {Point} a @param {Point} b @returns {Point} */
function between(a, b) {
  return { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 };
}
