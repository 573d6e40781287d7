/** Group of a return reason: Quality, Rotation, Need (missing), Information, Eligibility, Time, Seal, Other. */
export const REASON_GROUPS = ['Q', 'R', 'N', 'I', 'E', 'T', 'S', 'O'] as const;
export type ReasonGroup = (typeof REASON_GROUPS)[number];

/** One reason of the return catalogue; `zh` is the sentence that the candidate reads. */
export type ReasonText = { readonly zh: string; readonly en: string };

const ENTRIES = {
  Q01: ['图片不清晰，请重新上传', 'The picture is blurred; please upload it again'],
  Q02: ['图片反光或有阴影，请重新拍摄', 'Glare or shadow in the picture; please take it again'],
  Q03: ['图片显示不全，请上传完整图片', 'Part of the picture is missing; please upload all of it'],
  Q04: ['请上传原件彩色图片', 'Please upload a colour picture of the original'],
  Q05: ['图片无法打开，请重新上传', 'The file cannot be opened; please upload it again'],
  Q06: ['格式不符，请使用jpg/jpeg/png', 'Wrong format; please use jpg, jpeg or png'],
  Q07: ['图片超过200K，请压缩后上传', 'The file is over 200K; please compress it'],
  Q08: ['图片变形，请重新上传', 'The picture is distorted; please upload it again'],
  Q09: ['不得使用截图、翻拍或拼接图片', 'Screenshots, photos of photos and collages are not accepted'],
  R01: ['图片方向不正，请保持正向', 'The picture is turned; please keep it upright'],
  R02: ['图片镜像翻转，请更正', 'The picture is mirrored; please correct it'],
  R03: ['图片不端正，请重新上传', 'The picture is tilted; please upload it again'],
  N01: ['身份证缺一面，请补传', 'One side of the ID card is missing; please add it'],
  N02: ['请补传手持证件照', 'Please add the photo holding the ID'],
  N03: ['请补传毕业证书', 'Please add the diploma'],
  N04: ['请补传学历备案表或认证报告', 'Please add the degree verification'],
  N05: ['请补传试用期考核证明', 'Please add the probation certificate'],
  N06: ['缺部分试用单位考核证明', 'The certificate of one probation employer is missing'],
  N07: ['请补传助理资格证书、执业证书', 'Please add the assistant qualification and licence'],
  N08: ['请补传执业期考核证明', 'Please add the practice-period certificate'],
  N09: ['请补传首次执业注册证明', 'Please add the first-registration proof'],
  N10: ['请补传机构执业许可证副本', 'Please add the institution licence'],
  N11: ['应届生请补传报考承诺书', 'Please add the graduate pledge'],
  N12: ['请补传出师证书或专长证书', 'Please add the apprenticeship or expertise certificate'],
  N13: ['请补传境外学历认证书', 'Please add the foreign-degree certificate'],
  N14: ['请补传实习申请审核表', 'Please add the internship form'],
  N15: ['专升本请补传专科毕业证书', 'Please add the college diploma'],
  N16: ['材料上传错误，请按类别重新上传', 'This is another material; please upload it in its own place'],
  I01: ['姓名与身份证不一致，请更正', 'The name differs from the ID card; please correct it'],
  I02: ['毕业证与身份证姓名不一致，请提供派出所证明', 'Diploma and ID card name differ; please add the police proof'],
  I03: ['证件号码填写有误', 'The ID number is wrong'],
  I04: ['学历信息与毕业证书不一致', 'The education data differ from the diploma'],
  I05: ['工作单位与证明材料不一致', 'The employer differs from the certificate'],
  I06: ['试用岗位与报考类别不一致', 'The probation post does not fit the class applied for'],
  I07: ['带教老师专业与报考类别不符', "The tutor's field does not fit the class applied for"],
  I08: ['试用起止时间填写有误', 'The probation dates are wrong'],
  I09: ['报名照片不合格，请更换', 'The headshot is not acceptable; please replace it'],
  I10: ['报考类别已改，请同步更新材料', 'The class was changed; please update the materials'],
  I11: ['证书编码与证书不符', 'The code differs from the certificate'],
  E01: ['学历层次不符合报考条件', 'The level of education does not qualify'],
  E02: ['所学专业不符合报考条件', 'The major does not qualify'],
  E03: ['成人学历不作为报考依据', 'Adult education is not accepted'],
  E04: ['试用期不满一年', 'The probation is shorter than a year'],
  E05: ['助理执业年限不足', 'Too few years of practice as an assistant'],
  E06: ['请到试用机构所在地考点报名', 'Please register at the test centre of the probation employer'],
  E07: ['试用机构诊疗科目与类别不符', "The institution's departments do not fit the class"],
  E08: ['不符合乡村全科报考条件', 'The conditions for rural general practice are not met'],
  T01: ['身份证已过期，请提供有效证件或临时身份证', 'The ID card has expired; please add a valid or temporary one'],
  T02: ['学历备案表已过有效期', 'The degree verification has expired'],
  T03: ['考核证明非本年度', 'The certificate is not of this year'],
  S01: ['未加盖单位公章', 'The seal of the institution is missing'],
  S02: ['部门章无效，请加盖单位公章', 'A department seal is not valid; please add that of the institution'],
  S03: ['法定代表人未签字或盖章', 'The legal representative has not signed or sealed'],
  S04: ['带教老师未签字', 'The tutor has not signed'],
  S05: ['承诺书未签名', 'The pledge is not signed'],
  S06: ['材料有涂改，请重新出具', 'The paper was altered; please have it issued again'],
  O01: ['学历无法查验，请提供学籍证明', 'The education cannot be verified; please add school records'],
  O02: ['涉嫌虚假材料，转考区核查', 'Suspected forgery; passed to the district'],
  O03: ['现役军人请到现场审核', 'Soldiers are asked to come for review on site'],
  O04: ['逾期未补充，视为放弃', 'Not completed in time; counts as withdrawn'],
} as const satisfies Record<string, readonly [zh: string, en: string]>;

export type ReasonCode = keyof typeof ENTRIES;

/** All codes in the order of the catalogue. */
export const REASON_CODES = Object.keys(ENTRIES) as [ReasonCode, ...ReasonCode[]];

/** The two wordings of a reason. */
export function reasonText(code: ReasonCode): ReasonText {
  const [zh, en] = ENTRIES[code];
  return { zh, en };
}

/** The group of a reason, its first letter. */
export function groupOf(code: ReasonCode): ReasonGroup {
  return code[0] as ReasonGroup;
}
