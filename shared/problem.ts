import { z } from 'zod';

type Text = readonly [title: string, nextStep: string];
type Entry = { readonly status: number; readonly zh: Text; readonly en: Text };
const entry = (status: number, zh: Text, en: Text): Entry => ({ status, zh, en });

/** The closed list of what can go wrong in sight of a user: HTTP status, what happened, what to do next. */
export const PROBLEMS = {
  'request.invalid': entry(
    400,
    ['请求内容不符合要求', '请更新到最新版本后重试'],
    ['The request is not valid', 'Update to the newest version and try again'],
  ),
  'request.too_large': entry(
    413,
    ['文件过大', '请压缩到 200 KB 以内再上传'],
    ['The file is too large', 'Compress it to at most 200 KB'],
  ),
  'request.not_found': entry(404, ['没有找到', '请刷新后重试'], ['Not found', 'Refresh and try again']),
  'request.too_many': entry(
    429,
    ['尝试次数过多', '请 15 分钟后再试'],
    ['Too many attempts', 'Try again in 15 minutes'],
  ),
  'session.credentials': entry(
    401,
    ['账号或密码不正确', '请检查大小写后重新输入'],
    ['Account or password is wrong', 'Check upper and lower case and type them again'],
  ),
  'session.expired': entry(
    401,
    ['登录已过期', '请重新登录，未发送的决定都已保存在本机'],
    ['The session has expired', 'Sign in again; unsent decisions are kept on this computer'],
  ),
  'session.role': entry(
    403,
    ['该账号不能使用审核工作台', '请使用审核员或督查员账号登录'],
    ['This account cannot use the review desk', "Sign in with a reviewer's or supervisor's account"],
  ),
  'session.offline_unknown': entry(
    0,
    ['离线时无法验证该账号', '该账号需先在本机联网登录一次'],
    ['This account cannot be verified offline', 'Sign in once on this computer with the network on'],
  ),
  'account.not_allowed': entry(
    403,
    ['您没有此项权限', '如确需办理，请联系考点管理员'],
    ['You are not allowed to do this', 'Ask the administrator of the test centre if you need to'],
  ),
  'decision.stale_revision': entry(
    409,
    ['考生已重新提交，您看到的是旧版本', '请按新材料重新审核'],
    ['The candidate has submitted again since', 'Review the new materials'],
  ),
  'decision.stale_image': entry(
    409,
    ['图片已更换，与审核时看到的不同', '请查看新图片后重新决定'],
    ['A picture was replaced since it was judged', 'Look at the new picture and decide again'],
  ),
  'decision.status': entry(
    409,
    ['报名状态已变化，不能再作此决定', '请刷新后查看当前状态'],
    ["The submission's state has changed", 'Look at its present state'],
  ),
  'decision.not_approvable': entry(
    409,
    ['还有材料缺少或未锁定，不能通过', '请先补齐并锁定所列材料'],
    ['Materials are missing or not locked yet', 'Lock what is listed first'],
  ),
  'decision.no_reason': entry(
    400,
    ['退回或拒绝必须写明原因', '请选择原因或填写说明'],
    ['A return or refusal needs a reason', 'Choose a reason or write a comment'],
  ),
  'decision.id_reused': entry(
    409,
    ['决定编号重复且内容不同', '该决定未被采用，请重新作出'],
    ["The decision's id was used for another", 'It was not applied; decide again'],
  ),
  'decision.signature': entry(
    400,
    ['决定的签名不符，未被采用', '请重新作出该决定；如反复出现，请联系考区管理员'],
    ["The decision's signature does not fit; it was not applied", 'Decide again; tell the administrator if it repeats'],
  ),
  'decision.chain': entry(
    409,
    ['决定的顺序与服务端记录不符，未被采用', '本机资料可能曾被复制或恢复；请核对后重新作出该决定'],
    [
      "The decision does not follow the service's record of this workstation; it was not applied",
      'The data on this computer may have been copied or restored; look again and decide anew',
    ],
  ),
  'device.unknown': entry(
    403,
    ['服务端不认识本机，决定未被采用', '请退出后重新登录，再重新作出该决定'],
    ['The service does not know this workstation; the decision was not applied', 'Sign in again and decide anew'],
  ),
  'device.taken': entry(
    409,
    ['本机编号已被使用', '将自动改用新的编号'],
    ["This workstation's number is used by another", 'It takes a new one by itself'],
  ),
  'service.key': entry(
    0,
    ['服务端签名与本机记录不符，决定暂不发送', '决定都已保存在本机；请联系考区管理员核对服务端'],
    [
      "The service's signature is not the one known here; decisions are not sent",
      "They are kept on this computer; ask the district's administrator to check the service",
    ],
  ),
  'decision.sent': entry(
    409,
    ['该决定已发送，不能撤销', '请重新打开图片后再作决定'],
    ['The decision has been sent and cannot be undone', 'Reopen the image and decide again'],
  ),
  'decision.nothing_to_undo': entry(
    409,
    ['没有可以撤销的决定', '已发送的决定不能撤销'],
    ['There is nothing to undo', 'Decisions that were sent cannot be undone'],
  ),
  'image.locked': entry(
    409,
    ['图片已锁定，不能更换', '只能更换被退回的图片'],
    ['The picture is locked', 'Only returned pictures can be replaced'],
  ),
  'image.not_wanted': entry(
    409,
    ['当前不能上传此材料', '请按审核意见上传'],
    ['This material cannot be uploaded now', 'Upload what the message asks for'],
  ),
  'image.format': entry(
    415,
    ['文件不是 jpg、jpeg 或 png 图片', '请选择图片文件'],
    ['The file is not a jpg, jpeg or png picture', 'Choose a picture'],
  ),
  'image.corrupt': entry(
    422,
    ['图片损坏，无法打开', '请重新拍摄后上传'],
    ['The picture is damaged', 'Take it again and upload it'],
  ),
  'image.damaged_transfer': entry(
    0,
    ['图片传输有误，已丢弃', '将自动重新下载'],
    ['A picture arrived damaged and was dropped', 'It is fetched again by itself'],
  ),
  'submission.points_open': entry(
    409,
    ['还有退回的材料没有重新上传', '请先上传所有被退回的材料'],
    ['Some returned materials were not uploaded again', 'Upload all of them first'],
  ),
  'submission.status': entry(
    409,
    ['当前状态不能提交', '请查看报名状态和审核意见'],
    ['The submission cannot be handed in now', 'Look at its state and the message'],
  ),
  'feed.epoch': entry(
    410,
    ['服务端数据已恢复到另一时间点', '正在重新同步'],
    ['The service was restored', 'Synchronising anew'],
  ),
  'network.address': entry(
    0,
    ['找不到服务器', '请检查服务地址是否正确、网络是否连通'],
    ['The service cannot be found', 'Check the address and the network'],
  ),
  'network.refused': entry(
    0,
    ['服务器没有响应', '请检查地址与端口，或稍后再试'],
    ['The service does not answer', 'Check address and port, or try again later'],
  ),
  'network.timeout': entry(
    0,
    ['连接超时', '网络较慢或中断，请稍后再试'],
    ['The connection timed out', 'The network is slow or down; try again later'],
  ),
  'network.certificate': entry(
    0,
    ['服务器证书无效', '请勿继续；请联系考区管理员核对服务地址和证书'],
    [
      "The service's certificate is not valid",
      "Do not go on; ask the district's administrator to check address and certificate",
    ],
  ),
  'network.insecure': entry(
    0,
    ['服务地址必须以 https:// 开头', '请向考区管理员索取正确的服务地址'],
    ["The service's address must begin with https://", "Ask the district's administrator for the right address"],
  ),
  'network.clock': entry(
    0,
    ['本机时间不正确，无法验证证书', '请校准电脑日期和时间后重试'],
    ["This computer's clock is wrong", 'Set date and time, then try again'],
  ),
  'network.not_service': entry(
    0,
    ['该地址不是审核服务', '请核对服务地址；网络可能需要先登录认证'],
    ['This address is not the review service', 'Check the address; the network may ask you to log in first'],
  ),
  'store.locked': entry(
    0,
    ['密码与本机资料不符', '若密码刚被重置，请输入旧密码打开本机资料'],
    ['The password does not open the data on this computer', 'If it was just changed, type the old one'],
  ),
  'store.damaged': entry(
    0,
    ['本机资料文件有损坏，刚才的操作未保存', '请退出登录后重新登录，工作台会自动恢复资料；损坏的文件会保留'],
    [
      'The data on this computer is damaged; what you just did was not saved',
      'Sign out and in again: the desk recovers the data and keeps the damaged file',
    ],
  ),
  'store.foreign': entry(
    0,
    ['本机资料不属于此账号，或已无法辨认', '文件保持原样，未作任何改动；请联系考区管理员，勿自行删除'],
    [
      'The data on this computer does not belong to this account, or cannot be recognised',
      "Nothing was changed or deleted; ask the district's administrator, and delete nothing",
    ],
  ),
  'store.key': entry(
    0,
    ['本机资料的密钥文件损坏或丢失', '资料保持原样，未作任何改动；请联系考区管理员，勿自行删除'],
    [
      'The key file of the data on this computer is damaged or missing',
      "Nothing was changed or deleted; ask the district's administrator, and delete nothing",
    ],
  ),
  'decision.recovered': entry(
    0,
    ['从损坏的文件中恢复，不能确定是否已撤回或已送达', '未自动发送；请核对该考生的现状，必要时重新作出决定'],
    [
      'Recovered from a damaged file; it may have been withdrawn or have arrived',
      'It was not sent; look at the submission and decide again if needed',
    ],
  ),
  'store.in_use': entry(
    0,
    ['本机资料正被另一个窗口使用', '请关闭另一个审核工作台'],
    ['The data is in use by another window', 'Close the other review desk'],
  ),
  'store.newer': entry(
    0,
    ['本机资料由更新的版本建立', '请更新审核工作台'],
    ['The data was made by a newer version', 'Update the review desk'],
  ),
  'store.write': entry(
    0,
    ['无法写入硬盘，决定未保存', '请检查磁盘空间，然后重新启动'],
    ['The disk cannot be written; the decision was not saved', 'Free some space, then start again'],
  ),
  'store.space': entry(
    0,
    ['磁盘空间不足，已暂停下载图片', '请清理磁盘，之后自动继续；决定照常保存和发送'],
    [
      'The disk is nearly full; no further pictures are fetched',
      'Free some space and it goes on by itself; decisions are saved and sent as always',
    ],
  ),
  'store.budget': entry(
    0,
    ['本机图片已达空间上限，已暂停下载', '请管理员调高本机的图片空间上限；决定照常保存和发送'],
    [
      'The pictures on this computer have reached their limit; no further ones are fetched',
      'Ask the administrator to raise the limit for pictures; decisions are saved and sent as always',
    ],
  ),
  'service.failed': entry(
    500,
    ['服务器出错', '请稍后再试；决定已保存在本机'],
    ['The service failed', 'Try again later; decisions are kept on this computer'],
  ),
  'desk.failed': entry(
    0,
    ['工作台内部出错', '请重试；如反复出现，请重新启动'],
    ['The review desk failed', 'Try again; restart it if this repeats'],
  ),
} as const satisfies Record<string, Entry>;

export type ProblemCode = keyof typeof PROBLEMS;
const CODES = Object.keys(PROBLEMS) as [ProblemCode, ...ProblemCode[]];
export const ProblemCode = z.enum(CODES);

/** A problem as sent over HTTP (RFC 9457; `code` and `next` are extension members) and over IPC. */
export const Problem = z.object({
  type: z.string().optional(),
  code: ProblemCode,
  status: z.number().int(),
  title: z.string(),
  /** What to do next, in the language of the request. */
  next: z.string(),
  /** Further facts without personal data, for the log. */
  detail: z.string().optional(),
});
export type Problem = z.infer<typeof Problem>;

/** Language of a text for the user. */
export type Language = 'zh-CN' | 'en';

/** What a problem says to the user, and the step that helps. */
export function problemText(code: ProblemCode, language: Language): { title: string; next: string } {
  const [title, next] = language === 'en' ? PROBLEMS[code].en : PROBLEMS[code].zh;
  return { title, next };
}

/** Builds the problem to a code. `detail` must not hold personal data. */
export function problem(code: ProblemCode, language: Language = 'zh-CN', detail?: string): Problem {
  return {
    type: `urn:review-desk:problem:${code}`,
    code,
    status: PROBLEMS[code].status,
    ...problemText(code, language),
    ...(detail === undefined ? {} : { detail }),
  };
}
