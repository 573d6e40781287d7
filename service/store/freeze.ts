/** Freezes a value with all that is in it, and gives it: nobody changes what others have too. */
export function freezeAll<T>(value: T): T {
  if (typeof value !== 'object' || value === null) return value;
  Object.freeze(value);
  for (const inside of Object.values(value)) freezeAll(inside);
  return value;
}
