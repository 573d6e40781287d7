const LEAST = 10;
const CLASSES = [/\p{Ll}/u, /\p{Lu}/u, /\p{N}/u, /[^\p{L}\p{N}]/u];

/** Whether a new password is strong enough: ten characters of three kinds (GB/T 22239 asks for length and mixture). */
export function isStrong(password: string): boolean {
  return [...password].length >= LEAST && CLASSES.filter((kind) => kind.test(password)).length >= 3;
}
