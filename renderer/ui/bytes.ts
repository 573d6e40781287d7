/** Bytes for people: `640 KB`, `12.4 MB`. Decimal units, as file managers show. */
export function sizeText(bytes: number): string {
  if (bytes < 1e6) return `${Math.max(bytes === 0 ? 0 : 1, Math.round(bytes / 1e3))} KB`;
  if (bytes < 1e9) return `${(bytes / 1e6).toFixed(1)} MB`;
  return `${(bytes / 1e9).toFixed(2)} GB`;
}
