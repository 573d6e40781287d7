/** The published rules once more, written apart from the generator, so that a mistake there can't hide itself. */

/** GB 11643, as ISO 7064 MOD 11-2: the weighted sum with the check character leaves 1. */
export function idHolds(number: string): boolean {
  let sum = 0;
  for (let at = 0; at < 18; at++) {
    const character = number.charAt(at);
    const value = character === 'X' && at === 17 ? 10 : Number(character);
    sum += value * (2 ** (17 - at) % 11);
  }
  return /^[1-9]\d{16}[\dX]$/.test(number) && sum % 11 === 1;
}

/** GB 32100: the sum of values times 3^i modulo 31, with the check character, is 0. */
export function creditCodeHolds(code: string): boolean {
  const alphabet = [...'0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ'].filter((one) => !'IOSVZ'.includes(one));
  const sum = [...code].reduce((total, character, at) => {
    const weight = at === 17 ? 1n : 3n ** BigInt(at) % 31n;
    return total + BigInt(alphabet.indexOf(character)) * weight;
  }, 0n);
  return /^[0-9A-HJ-NPQRTUW-Y]{18}$/.test(code) && sum % 31n === 0n;
}

const whole = (date: string): Date => new Date(`${date}T00:00:00Z`);

/** Full months from one date to another, the last day included. */
export function fullMonths(from: string, to: string): number {
  const start = whole(from);
  const end = new Date(whole(to).getTime() + 86_400_000);
  const months = (end.getUTCFullYear() - start.getUTCFullYear()) * 12 + end.getUTCMonth() - start.getUTCMonth();
  return end.getUTCDate() < start.getUTCDate() ? months - 1 : months;
}

/** Completed years at a date. */
export function age(birth: string, on: string): number {
  return Math.floor((Number(on.replaceAll('-', '')) - Number(birth.replaceAll('-', ''))) / 10_000);
}
