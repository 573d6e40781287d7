import type { Slot } from '../../shared/ids.ts';
import type { Dossier } from './dossier.ts';

/** What is wrong with the paper itself. */
export type PaperFlaws = {
  readonly seal?: 'none' | 'department';
  readonly unsigned?: 'tutor' | 'representative' | 'candidate';
  readonly altered?: boolean;
};

/** What went wrong when the picture was taken or saved. */
export type Spoil =
  | { readonly kind: 'turned'; readonly degrees: 90 | 180 | 270 }
  | { readonly kind: 'exif'; readonly orientation: 6 | 8 }
  | { readonly kind: 'mirrored' | 'blurred' | 'dark' | 'glare' | 'cropped' | 'grey' | 'tilted' | 'screen' };

/** What was done to the file. */
export type Break = 'truncated' | 'text' | 'pdf';

/** Everything that one picture depends on; plain data, so that it can go to a worker. */
export type Order = {
  /** Labels of the photograph's stream (desk, light, angle, noise). */
  readonly seed: number;
  readonly take: string;
  readonly slot: Slot;
  /** The slot whose paper is really in the picture. */
  readonly shows: Slot;
  /** What the paper says; differs from the truth where a defect is planted. */
  readonly dossier: Dossier;
  readonly flaws: PaperFlaws;
  readonly spoils: readonly Spoil[];
  readonly broken?: Break;
};
