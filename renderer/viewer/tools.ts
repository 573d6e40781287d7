import { create } from 'zustand';

/** Tools that are on or off. */
export type Tool = 'adjusting' | 'loupe' | 'grid';

type ToolState = { readonly [T in Tool]: boolean } & {
  toggle(tool: Tool): void;
};

/** Which tools of the viewer are on. What they did to a picture stands with the picture (`Hold`). */
export const useTools = create<ToolState>()((set) => ({
  adjusting: false,
  loupe: false,
  grid: false,
  toggle: (tool) => set((before) => ({ [tool]: !before[tool] })),
}));
