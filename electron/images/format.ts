import type { ImageFacts } from '../../shared/checks/check.ts';

const SIGNATURES = [
  { format: 'jpeg', bytes: [0xff, 0xd8, 0xff] },
  { format: 'png', bytes: [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a] },
] as const;

/** What a file is by its first bytes; names and declared types are not asked. */
export function formatOf(bytes: Uint8Array): ImageFacts['format'] {
  const found = SIGNATURES.find((signature) => signature.bytes.every((byte, index) => bytes[index] === byte));
  return found?.format ?? 'other';
}

/** The media type to serve it with; what isn't a picture is never offered as one. */
export function mediaType(bytes: Uint8Array): string {
  const format = formatOf(bytes);
  return format === 'other' ? 'application/octet-stream' : `image/${format}`;
}
