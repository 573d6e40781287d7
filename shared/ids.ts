import { z } from 'zod';
import { MATERIAL_CODES } from './catalogue/materials.ts';

/** Lower-case hex SHA-256 of an image's bytes: its identity everywhere. */
export const Sha256 = z
  .string()
  .regex(/^[0-9a-f]{64}$/)
  .brand<'Sha256'>();
export type Sha256 = z.infer<typeof Sha256>;

export const SubmissionId = z
  .string()
  .regex(/^[A-Za-z0-9-]{1,64}$/)
  .brand<'SubmissionId'>();
export type SubmissionId = z.infer<typeof SubmissionId>;

/** UUIDv7 (RFC 9562), made on the workstation when the decision is saved. */
export const DecisionId = z.uuid().brand<'DecisionId'>();
export type DecisionId = z.infer<typeof DecisionId>;

export const AccountId = z
  .string()
  .regex(/^[A-Za-z0-9-]{1,64}$/)
  .brand<'AccountId'>();
export type AccountId = z.infer<typeof AccountId>;

export const MaterialCode = z.enum(MATERIAL_CODES);
export type MaterialCode = z.infer<typeof MaterialCode>;

/** Place of one image in a submission: material code, a dash, the number from 1 (`M01-2`). */
export const Slot = z
  .string()
  .regex(/^M\d{2}-[1-9]\d?$/)
  .refine((slot) => MATERIAL_CODES.some((code) => slot.startsWith(`${code}-`)), 'unknown material')
  .brand<'Slot'>();
export type Slot = z.infer<typeof Slot>;

/** The slot of the `index`-th image (from 1) of a material. */
export function slotOf(material: MaterialCode, index: number): Slot {
  return Slot.parse(`${material}-${index}`);
}

/** The material that a slot belongs to. */
export function materialOf(slot: Slot): MaterialCode {
  return MaterialCode.parse(slot.slice(0, 3));
}

/** The number of a slot within its material, from 1. */
export function indexOf(slot: Slot): number {
  return Number(slot.slice(4));
}

/** Instant in UTC, ISO 8601 with milliseconds (`2026-03-02T01:00:00.000Z`). */
export const Instant = z.iso.datetime({ precision: 3 });
/** Calendar date without zone (`1994-05-31`). */
export const CalendarDate = z.iso.date();
