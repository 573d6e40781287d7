import { type MaterialCode, materialOf, type Slot } from '../../../shared/ids.ts';
import type { Dossier } from '../dossier.ts';
import type { PaperFlaws } from '../order.ts';
import { application, previousRecord, slip } from './exam.ts';
import { holding, identity } from './identity.ts';
import type { Subject } from './layout.ts';
import {
  firstRegistration,
  formerName,
  graduatePledge,
  militaryConsent,
  other,
  pledge,
  schoolRecord,
  studentCard,
} from './letter.ts';
import { apprenticeship, courseCertificate, institution, licence, qualification } from './licence.ts';
import { collegeDiploma, diplomaPaper, recognition, replacement, verification } from './study.ts';
import type { Drawing } from './svg.ts';
import { internship, practice, probation, ruralWork } from './work.ts';

const PAPERS: Readonly<Record<MaterialCode, (subject: Subject) => Drawing>> = {
  M01: identity,
  M02: holding,
  M03: diplomaPaper,
  M04: verification,
  M05: probation,
  M06: practice,
  M07: qualification,
  M08: licence,
  M09: firstRegistration,
  M10: institution,
  M11: graduatePledge,
  M12: pledge,
  M13: apprenticeship,
  M14: militaryConsent,
  M15: recognition,
  M16: internship,
  M17: collegeDiploma,
  M18: studentCard,
  M19: schoolRecord,
  M20: formerName,
  M21: replacement,
  M22: ruralWork,
  M23: courseCertificate,
  M24: previousRecord,
  M25: slip,
  M26: application,
  M99: other,
};

/** Draws the paper of a slot for a candidate, with the flaws that it is to have. */
export function draw(of: Dossier, slot: Slot, flaws: PaperFlaws): Drawing {
  return PAPERS[materialOf(slot)]({ of, flaws, page: Number(slot.slice(4)) });
}
