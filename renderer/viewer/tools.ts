import { create } from 'zustand';

type ToolState = {
  /** The panel of image adjustments is open. */
  readonly adjusting: boolean;
  toggleAdjusting(): void;
};

/** Which tools of the viewer are on. What they did to a picture stands with the picture (`Hold`). */
export const useTools = create<ToolState>()((set) => ({
  adjusting: false,
  toggleAdjusting: () => set(({ adjusting }) => ({ adjusting: !adjusting })),
}));
