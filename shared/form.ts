import { z } from 'zod';
import { CalendarDate } from './ids.ts';

/** Level applied for: 执业医师 or 执业助理医师. */
export const LEVELS_APPLIED = ['physician', 'assistant'] as const;
/** Class applied for (类别). `rural` (乡村全科) exists for assistants only. */
export const CLASSES = ['clinical', 'dental', 'public_health', 'tcm', 'integrated', 'ethnic', 'rural'] as const;
/**
 * Path flags: 应届, 往届, 助理升执业, 师承/确有专长, 港澳台, 外籍, 现役军人, 专升本, 境外学历. A candidate has one or more.
 */
export const PATHS = [
  'fresh',
  'past',
  'assistant_up',
  'apprentice',
  'hmt',
  'foreign',
  'military',
  'college_up',
  'overseas',
] as const;
/** Education: 中专, 大专, 本科, 硕士, 博士; `none` for 师承. */
export const EDUCATION_LEVELS = ['none', 'secondary', 'college', 'bachelor', 'master', 'doctor'] as const;
/** Kind of identity document: 居民身份证, 临时身份证, 港澳台居民居住证, 港澳来往通行证, 台胞证, 护照. */
export const ID_TYPES = ['resident', 'temporary', 'hmt_residence', 'hm_permit', 'tw_permit', 'passport'] as const;

/** One employer of the probation or practice period. */
export const Period = z.strictObject({
  unit: z.string(),
  post: z.string(),
  tutor: z.string().optional(),
  from: CalendarDate,
  to: CalendarDate,
});
export type Period = z.infer<typeof Period>;

/** What the candidate filled in: the side that the materials must agree with. Texts are as typed, never corrected. */
export const Form = z.strictObject({
  name: z.string(),
  sex: z.enum(['male', 'female']),
  birthDate: CalendarDate,
  ethnicity: z.string(),
  idType: z.enum(ID_TYPES),
  idNumber: z.string(),
  /** Validity of the ID as typed from its back; `null` as end means 长期. */
  idValidFrom: CalendarDate,
  idValidTo: CalendarDate.nullable(),
  address: z.string(),
  level: z.enum(LEVELS_APPLIED),
  class: z.enum(CLASSES),
  /** 报考类别代码, three digits. */
  classCode: z.string(),
  paths: z.array(z.enum(PATHS)).min(1),
  education: z.enum(EDUCATION_LEVELS),
  school: z.string(),
  major: z.string(),
  graduationDate: CalendarDate.nullable(),
  diplomaNumber: z.string(),
  employer: z.string(),
  /** 统一社会信用代码 of the employer. */
  employerCode: z.string(),
  /** Probation (direct entry) or internship, one entry an employer. */
  probation: z.array(Period),
  /** Practice as an assistant (助理升执业). */
  practice: z.array(Period),
  assistantCertificate: z.string().optional(),
  assistantLicence: z.string().optional(),
  firstRegistered: CalendarDate.optional(),
  apprenticeCertificate: z.string().optional(),
  foreignDegreeCertificate: z.string().optional(),
});
export type Form = z.infer<typeof Form>;
export type FormField = keyof Form;
export type PathFlag = (typeof PATHS)[number];
