import type { ReturnedImage } from '../../shared/decision.ts';
import { imageUrl } from '../../shared/ipc.ts';
import { markText, numbered } from '../../shared/mark.ts';
import { slotTitle } from '../../shared/message.ts';
import './marks.css';

const percent = (share: number) => `${share * 100}%`;

/** A returned picture with its marks as the candidate's page draws them, upright as uploaded. */
export function MarkedThumb({ image }: { readonly image: ReturnedImage }) {
  const marks = numbered(image.marks ?? []);
  return (
    <figure className="marked-thumb" data-testid={`marked-${image.slot}`}>
      <div>
        <img src={imageUrl(image.sha256, 'small')} alt={slotTitle(image.slot)} />
        <svg aria-hidden>
          {marks.map(({ mark: { x, y, width = 0, height = 0 }, number }) => (
            <g key={number}>
              {width > 0 && (
                <rect
                  className="mark-box"
                  x={percent(x)}
                  y={percent(y)}
                  width={percent(width)}
                  height={percent(height)}
                />
              )}
              <svg x={percent(x)} y={percent(y)} overflow="visible" aria-hidden>
                <circle className="mark-halo" r={11} />
                <circle className="mark-pin" r={10} />
                <text className="mark-number" y={4.5}>
                  {number}
                </text>
              </svg>
            </g>
          ))}
        </svg>
      </div>
      <figcaption>
        {marks.map(({ mark, number }) => (
          <span key={number}>
            {number}. {markText(mark, image)}
          </span>
        ))}
      </figcaption>
    </figure>
  );
}
