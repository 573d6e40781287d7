import type { Place } from '../../shared/mark.ts';
import type { PaneLook } from '../viewer/pane-handles.ts';
import type { Point } from '../viewer/viewport.ts';

type Look = Pick<PaneLook, 'natural' | 'content' | 'hold' | 'view'>;

const turned = ({ x, y }: Point, degrees: number): Point => {
  const angle = (degrees * Math.PI) / 180;
  return { x: x * Math.cos(angle) - y * Math.sin(angle), y: x * Math.sin(angle) + y * Math.cos(angle) };
};

/** Where a place of the picture lies in its pane as it is held and zoomed now, CSS px; the way of `holdTransform`. */
export function toPane({ natural, content, hold, view }: Look, place: Place): Point {
  const from = { x: (place.x - 0.5) * natural.width, y: (place.y - 0.5) * natural.height };
  const { x, y } = turned(from, hold.turn + hold.tilt);
  return {
    x: view.x + (content.width / 2 + (hold.mirrored ? -x : x)) * view.scale,
    y: view.y + (content.height / 2 + y) * view.scale,
  };
}

/** The place of the picture that lies under a point of its pane; outside 0 to 1 beside the picture. */
export function toPicture({ natural, content, hold, view }: Look, point: Point): Place {
  const x = (point.x - view.x) / view.scale - content.width / 2;
  const y = (point.y - view.y) / view.scale - content.height / 2;
  const from = turned({ x: hold.mirrored ? -x : x, y }, -(hold.turn + hold.tilt));
  return { x: from.x / natural.width + 0.5, y: from.y / natural.height + 0.5 };
}
