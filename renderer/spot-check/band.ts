/** Words for κ: no better than chance, slight to moderate, good. */
export type Band = 'chance' | 'some' | 'good';

/** From here on agreement is called substantial (Landis and Koch, Biometrics 33, 1977). */
const SUBSTANTIAL = 0.61;

/** In which words a κ is told. The limits are a convention, not a law: the screen says so. */
export function band(kappa: number): Band {
  if (kappa <= 0) return 'chance';
  return kappa < SUBSTANTIAL ? 'some' : 'good';
}
