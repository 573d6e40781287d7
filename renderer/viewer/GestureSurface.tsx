import { memo, type RefObject, useRef } from 'react';
import { type ReactZoomPanPinchRef, TransformComponent, TransformWrapper } from 'react-zoom-pan-pinch';
import { MAX_SCALE, MIN_SCALE, type Size, type View } from './viewport.ts';

const ROOM = { width: '100%', height: '100%' } as const;

type Props = {
  /** Where the picture is now; a gesture goes on from there. */
  readonly view: RefObject<View>;
  /** Size of the turned picture, CSS px at scale 1. */
  readonly content: Size;
  onMove(view: View): void;
};

/**
 * Clear sheet over a picture that hands and mice grip: the gesture library drags and pinches it, the picture follows.
 * Mounted for the picture under the pointer alone, so that leafing by key pays for no gestures.
 */
export const GestureSurface = memo(function GestureSurface({ view, content, onMove }: Props) {
  const control = useRef<ReactZoomPanPinchRef>(null);
  const gripped = useRef(false);
  const take = () => {
    gripped.current = false;
    const { x, y, scale } = view.current;
    void control.current?.setTransform(x, y, scale, 0);
    gripped.current = true;
  };
  return (
    <div className="picture-surface" onPointerDownCapture={take} onTouchStartCapture={take}>
      <TransformWrapper
        ref={control}
        minScale={MIN_SCALE}
        maxScale={MAX_SCALE}
        limitToBounds
        centerZoomedOut
        smooth={false}
        wheel={{ disabled: true, wheelDisabled: true, touchPadDisabled: true }}
        doubleClick={{ disabled: true }}
        panning={{ velocityDisabled: true }}
        autoAlignment={{ disabled: true }}
        velocityAnimation={{ disabled: true }}
        zoomAnimation={{ disabled: true }}
        onTransform={(_, { scale, positionX, positionY }) => {
          if (gripped.current) onMove({ scale, x: positionX, y: positionY });
        }}
        onPanningStop={() => {
          gripped.current = false;
        }}
        onPinchStop={() => {
          gripped.current = false;
        }}
      >
        <TransformComponent wrapperStyle={ROOM} wrapperClass="surface-room" contentClass="surface-content">
          <div style={{ width: content.width, height: content.height }} />
        </TransformComponent>
      </TransformWrapper>
    </div>
  );
});
