import { readFileSync, writeFileSync } from 'node:fs';

/** Changes one bit of a file, as failing storage does. */
export function flipBit(path: string, at: number): void {
  const bytes = readFileSync(path);
  bytes.writeUInt8(bytes.readUInt8(at) ^ 0x10, at);
  writeFileSync(path, bytes);
}

/** Overwrites a stretch of a file with zeros. */
export function blank(path: string, from: number, to: number): void {
  const bytes = readFileSync(path);
  bytes.fill(0, from, to);
  writeFileSync(path, bytes);
}
