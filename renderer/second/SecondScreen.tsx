import { Image as ImageIcon } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { MarkLayer } from '../marks/MarkLayer.tsx';
import { StateIcon, toneOf } from '../ui/StateIcon.tsx';
import { ChannelFilters } from '../viewer/ChannelFilters.tsx';
import { HoldMark } from '../viewer/HoldMark.tsx';
import { Picture } from '../viewer/Picture.tsx';
import { paneHandles } from '../viewer/pane-handles.ts';
import { watchPixelRatio } from '../viewer/pixel-ratio.ts';
import type { Relative } from '../viewer/viewport.ts';
import { type Message, openLine, type Target } from './messages.ts';
import '../viewer/viewer.css';
import './second.css';

/** Its own group of panes. */
const PANE = 200;

/** The window on the second screen: the first one's target, large, in step with it. Keys go to the first. */
export function SecondScreen() {
  const { t, i18n } = useTranslation();
  const [target, setTarget] = useState<Target | null>(null);
  const [zoom, setZoom] = useState(100);
  useEffect(() => {
    let following = false;
    let place: Relative | null = null;
    const follow = () => {
      following = true;
      if (place) paneHandles.get(PANE)?.follow(place);
      following = false;
    };
    const hear = (message: Message) => {
      if (message.kind === 'moved') {
        place = message.relative;
        follow();
      } else if (message.kind === 'target') {
        setTarget(message.target);
        document.documentElement.lang = message.language;
        document.documentElement.dataset.theme = message.dark ? 'dark' : 'light';
        if (i18n.language !== message.language) void i18n.changeLanguage(message.language);
      }
    };
    const line = openLine(hear);
    line.tell({ kind: 'hello' });
    const bye = () => line.tell({ kind: 'bye' });
    const press = (event: KeyboardEvent) => {
      const { type, code, key, ctrlKey, altKey, shiftKey, metaKey, repeat } = event;
      if (type !== 'keydown' && type !== 'keyup') return;
      line.tell({ kind: 'key', type, code, key, ctrlKey, altKey, shiftKey, metaKey, repeat });
      event.preventDefault();
    };
    const unwatch = paneHandles.watch(() => {
      const relative = following ? null : paneHandles.get(PANE)?.relative();
      // What the first knows already needs no answer.
      if (!relative || (place && relative.zoom === place.zoom && relative.centre.x === place.centre.x)) return;
      place = relative;
      line.tell({ kind: 'moved', relative });
    });
    const unscale = watchPixelRatio(window, paneHandles.rescaleAll);
    window.addEventListener('pagehide', bye);
    window.addEventListener('keydown', press);
    window.addEventListener('keyup', press);
    return () => {
      bye();
      unwatch();
      unscale();
      window.removeEventListener('pagehide', bye);
      window.removeEventListener('keydown', press);
      window.removeEventListener('keyup', press);
      line.close();
    };
  }, [i18n]);
  return (
    <main className="second" data-testid="second-screen">
      <ChannelFilters />
      {target ? (
        <section className="pane" aria-label={target.name} aria-current data-testid="second-pane">
          <header className="pane-bar">
            <strong className="nowrap">{target.name}</strong>
            <span className={`pane-state state-${toneOf(target.state)}`}>
              <StateIcon mark={target.state} size={13} />
              {t(`imageState.${target.state}`)}
            </span>
            <span className="bar-space" />
            <HoldMark hold={target.hold} />
            <span className="pane-zoom" data-testid="second-zoom">
              {zoom}%
            </span>
          </header>
          <Picture
            key={target.sha256}
            pane={PANE}
            sha256={target.sha256}
            facts={target.facts ?? undefined}
            hold={target.hold}
            name={target.name}
            linked={false}
            onZoom={setZoom}
          >
            {target.marks.length > 0 && <MarkLayer pane={PANE} marks={target.marks} said={target} />}
          </Picture>
        </section>
      ) : (
        <div className="second-empty" role="status">
          <ImageIcon size={32} strokeWidth={1.5} aria-hidden />
          <strong>{t('second.empty')}</strong>
          <span>{t('second.emptyNote')}</span>
        </div>
      )}
    </main>
  );
}
