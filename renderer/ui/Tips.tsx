import { Tooltip } from 'antd';
import { useEffect, useState } from 'react';

/** How long the pointer rests before something is said, ms. */
const REST = 500;

type Tip = {
  readonly text: string;
  readonly at: { readonly left: number; readonly top: number; readonly width: number; readonly height: number };
};

const hostOf = (target: EventTarget | null) =>
  target instanceof Element ? target.closest<HTMLElement>('[data-tip]') : null;

/**
 * The one tooltip for everything with `data-tip`: under the pointer, or with the focus that a key brought. One for all,
 * because the controls library's own costs as much to draw on each button as the button's whole pane.
 */
export function Tips() {
  const [tip, setTip] = useState<Tip | null>(null);
  useEffect(() => {
    let rest: ReturnType<typeof setTimeout> | undefined;
    let near: HTMLElement | null = null;
    const hide = () => {
      clearTimeout(rest);
      near = null;
      setTip(null);
    };
    const approach = (host: HTMLElement | null) => {
      if (host === near) return;
      hide();
      near = host;
      if (!host) return;
      rest = setTimeout(() => {
        if (!host.isConnected) return;
        const { left, top, width, height } = host.getBoundingClientRect();
        setTip({ text: host.dataset.tip ?? '', at: { left, top, width, height } });
      }, REST);
    };
    const over = (event: Event) => approach(hostOf(event.target));
    const focused = (event: Event) => {
      const host = hostOf(event.target);
      if (host?.matches(':focus-visible')) approach(host);
    };
    const listeners = [
      ['pointerover', over],
      ['focusin', focused],
      ['focusout', hide],
      ['pointerdown', hide],
      ['keydown', hide],
      ['wheel', hide],
    ] as const;
    for (const [kind, listener] of listeners) document.addEventListener(kind, listener, { passive: true });
    return () => {
      clearTimeout(rest);
      for (const [kind, listener] of listeners) document.removeEventListener(kind, listener);
    };
  }, []);
  return (
    tip && (
      <Tooltip key={tip.text} open title={tip.text}>
        <span className="tip-host" style={tip.at} />
      </Tooltip>
    )
  );
}
