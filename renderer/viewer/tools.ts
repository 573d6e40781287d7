import { create } from 'zustand';

/** Tools that are on or off. `keepView`: the next picture opens at the same zoom and place. `alone`: links are undone. */
export type Tool = 'adjusting' | 'loupe' | 'grid' | 'keepView' | 'alone';

type ToolState = { readonly [T in Tool]: boolean } & {
  toggle(tool: Tool): void;
};

/** Which tools of the viewer are on. What they did to a picture stands with the picture (`Hold`). */
export const useTools = create<ToolState>()((set) => ({
  adjusting: false,
  loupe: false,
  grid: false,
  keepView: false,
  alone: false,
  toggle: (tool) => set((before) => ({ [tool]: !before[tool] })),
}));

/** The tools, for what acts and does not follow them. */
export const toolsState = () => useTools.getState();
