import { CHANNELS, type Channel } from './adjust.ts';

/** Grey from one channel: each of red, green and blue takes its value from it. */
const MATRIX: Readonly<Record<Exclude<Channel, 'all'>, string>> = {
  red: '1 0 0 0 0  1 0 0 0 0  1 0 0 0 0  0 0 0 1 0',
  green: '0 1 0 0 0  0 1 0 0 0  0 1 0 0 0  0 0 0 1 0',
  blue: '0 0 1 0 0  0 0 1 0 0  0 0 1 0 0  0 0 0 1 0',
};

/** What `filterOf` names; once a window. */
export function ChannelFilters() {
  return (
    <svg className="channel-filters" aria-hidden>
      {CHANNELS.filter((channel) => channel !== 'all').map((channel) => (
        <filter key={channel} id={`channel-${channel}`} colorInterpolationFilters="sRGB">
          <feColorMatrix type="matrix" values={MATRIX[channel]} />
        </filter>
      ))}
    </svg>
  );
}
