/** Codes of the material catalogue in its order. */
export const MATERIAL_CODES = [
  'M01',
  'M02',
  'M03',
  'M04',
  'M05',
  'M06',
  'M07',
  'M08',
  'M09',
  'M10',
  'M11',
  'M12',
  'M13',
  'M14',
  'M15',
  'M16',
  'M17',
  'M18',
  'M19',
  'M20',
  'M21',
  'M22',
  'M23',
  'M24',
  'M25',
  'M26',
  'M99',
] as const;

type Code = (typeof MATERIAL_CODES)[number];

/** Name and short name (for strips and table heads) of a material in both languages. */
export type MaterialText = {
  readonly zh: string;
  readonly en: string;
  readonly zhShort: string;
  readonly enShort: string;
};

const text = (zh: string, zhShort: string, en: string, enShort: string): MaterialText => ({
  zh,
  en,
  zhShort,
  enShort,
});

/** Official names of the materials; the Chinese ones are those that candidates read. */
export const MATERIALS: Readonly<Record<Code, MaterialText>> = {
  M01: text('身份证明', '身份证', 'ID card, both sides', 'ID card'),
  M02: text('手持证件照', '手持证件', 'Photo holding the ID', 'Holding ID'),
  M03: text('毕业证书', '毕业证', 'Diploma', 'Diploma'),
  M04: text('学历证书电子注册备案表', '备案表', 'Degree verification', 'Degree check'),
  M05: text('试用期考核证明', '试用期', 'Probation certificate', 'Probation'),
  M06: text('执业期考核证明', '执业期', 'Practice-period certificate', 'Practice'),
  M07: text('助理医师资格证书', '助理资格', 'Assistant qualification', 'Asst. qual.'),
  M08: text('助理医师执业证书', '助理执业', 'Assistant licence', 'Asst. licence'),
  M09: text('首次执业注册证明', '首次注册', 'First-registration proof', 'First reg.'),
  M10: text('医疗机构执业许可证副本', '机构许可', 'Institution licence', 'Institution'),
  M11: text('应届毕业生报考承诺书', '应届承诺', 'Graduate pledge', 'Grad. pledge'),
  M12: text('个人承诺书', '承诺书', 'Pledge', 'Pledge'),
  M13: text('师承出师证书/确有专长证书', '师承专长', 'Apprenticeship or expertise certificate', 'Apprentice'),
  M14: text('团级以上政治部门同意报考证明', '部队同意', 'Military consent', 'Military'),
  M15: text('国外学历学位认证书', '境外认证', 'Foreign-degree certificate', 'Foreign degree'),
  M16: text('实习申请审核表', '实习审核', 'Internship form', 'Internship'),
  M17: text('专科毕业证书', '专科毕业', 'College diploma', 'College'),
  M18: text('学生证/实习证明', '学生实习', 'Student or practice proof', 'Student'),
  M19: text('中专学籍证明', '中专学籍', 'School-record proof', 'School rec.'),
  M20: text('曾用名证明', '曾用名', 'Former-name proof', 'Former name'),
  M21: text('毕业证明书/学籍档案', '毕业证明', 'Replacement proof of graduation', 'Replacement'),
  M22: text('乡镇卫生院/村卫生室工作证明', '乡村工作', 'Rural work proof', 'Rural work'),
  M23: text('西学中证书', '西学中', 'TCM training certificate', 'TCM course'),
  M24: text('往年准考证/成绩单', '往年成绩', 'Previous record', 'Prev. record'),
  M25: text('报名成功通知单', '通知单', 'Registration slip', 'Slip'),
  M26: text('报名暨授予医师资格申请表', '申请表', 'Signed application', 'Application'),
  M99: text('其他材料', '其他', 'Other', 'Other'),
};
