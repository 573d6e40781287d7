// Plain lists, without a schema: the first page of a start reads them before schemas are loaded.
export const LANGUAGES = ['zh-CN', 'en'] as const;
export const THEMES = ['system', 'light', 'dark'] as const;
/** Sizes of everything in the window, percent (WCAG 2.2, 1.4.4: up to 200). */
export const ZOOMS = [100, 110, 125, 150, 175, 200] as const;
/** Longest texts, characters. */
export const LONGEST = { service: 300, account: 64 } as const;
/** Least and most that the pictures of an account may take up on this computer, GB (10⁹ bytes). */
export const GIGABYTES = { least: 1, most: 1_000 } as const;
