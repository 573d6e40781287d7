import type { Form, Period } from '../../shared/form.ts';
import type { Dossier, Stint } from './dossier.ts';

const period = ({ unit, post, tutor, from, to }: Stint): Period => ({ unit: unit.name, post, tutor, from, to });

/** What an honest and careful candidate types. */
export function formOf(dossier: Dossier): Form {
  const { studies, employer } = dossier;
  return {
    name: dossier.name,
    sex: dossier.sex,
    birthDate: dossier.birthDate,
    ethnicity: dossier.ethnicity === '' ? '外国血统' : `${dossier.ethnicity}族`,
    idType: dossier.idType,
    idNumber: dossier.idNumber,
    idValidFrom: dossier.idValidFrom,
    idValidTo: dossier.idValidTo,
    address: dossier.address,
    level: dossier.level,
    class: dossier.class,
    classCode: dossier.classCode,
    paths: [...dossier.paths],
    education: dossier.education,
    school: studies.school?.name ?? '',
    major: studies.major,
    graduationDate: studies.graduated,
    diplomaNumber: studies.diplomaNumber,
    employer: employer.name,
    employerCode: employer.code,
    probation: dossier.probation.map(period),
    practice: dossier.practice.map(period),
    ...(dossier.assistantCertificate ? { assistantCertificate: dossier.assistantCertificate } : {}),
    ...(dossier.assistantLicence ? { assistantLicence: dossier.assistantLicence } : {}),
    ...(dossier.firstRegistered ? { firstRegistered: dossier.firstRegistered } : {}),
    ...(dossier.apprenticeCertificate ? { apprenticeCertificate: dossier.apprenticeCertificate } : {}),
    ...(dossier.foreignDegreeCertificate ? { foreignDegreeCertificate: dossier.foreignDegreeCertificate } : {}),
  };
}
