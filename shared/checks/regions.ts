/** Provinces by the first two digits of GB/T 2260 codes. */
const PROVINCES = new Set(
  ('11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 ' + '61 62 63 64 65 71 81 82').split(
    ' ',
  ),
);

/** Prefixes of the 港澳台居民居住证: Hong Kong, Macao, Taiwan. */
const HMT_RESIDENCE = new Set(['810000', '820000', '830000']);

/** Whether the first two digits are those of a province: of GB/T 2260, or of a region that the policy lists. */
export function isProvince(digits: string, knownRegions: readonly string[]): boolean {
  const province = digits.slice(0, 2);
  return PROVINCES.has(province) || knownRegions.some((region) => region.startsWith(province));
}

/**
 * What a six-digit region code is. `known`: the policy lists it, or province and prefecture part could be assigned;
 * `hmt`: reserved to residence permits of Hong Kong, Macao and Taiwan; `unknown`: all else, among them some historic
 * codes. County codes are not listed: they change every year, and a number keeps the code of its first issue.
 */
export function regionKind(code: string, knownRegions: readonly string[]): 'known' | 'hmt' | 'unknown' {
  if (knownRegions.includes(code)) return 'known';
  if (HMT_RESIDENCE.has(code)) return 'hmt';
  return PROVINCES.has(code.slice(0, 2)) && code.slice(2, 4) !== '00' ? 'known' : 'unknown';
}
