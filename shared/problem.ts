import { z } from 'zod';
import { Claim } from './claim.ts';

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
  'password.current': entry(
    403,
    ['原密码不正确', '请重新输入；如刚才已提交过修改，请退出后用新密码登录'],
    ['The present password is wrong', 'Type it again; if you have just changed it, sign out and in with the new one'],
  ),
  'password.weak': entry(
    400,
    ['新密码过于简单或与原密码相同', '请用至少 10 位，包含大写字母、小写字母、数字、符号中的三种'],
    [
      'The new password is too simple or the same as before',
      'Use at least 10 characters of three kinds: upper case, lower case, digits, signs',
    ],
  ),
  'recovery.not_allowed': entry(
    403,
    ['本机资料的恢复尚未开放', '请联系考区管理员开放恢复，再重新登录'],
    ['The data on this computer may not be recovered yet', 'Ask the administrator to allow it, then sign in again'],
  ),
  'recovery.key': entry(
    409,
    ['服务端没有能打开本机资料的恢复密钥', '资料保持原样，未作任何改动；请输入旧密码，或请考区管理员找回恢复密钥'],
    [
      'The service has no recovery key that opens the data on this computer',
      'Nothing was changed or deleted; type the old password, or ask the administrator to bring the recovery key back',
    ],
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
  'decision.unanswered': entry(
    409,
    ['按考区规定，锁定前须逐项核对', '请先核对清单中标明必答的要点，再锁定图片'],
    ['Points of the checklist are still open', 'Answer the required points of the checklist, then lock the picture'],
  ),
  'decision.refuser': entry(
    409,
    ['按考区规定，本级不能拒绝报名', '请退回考生补正，或通过后由上一级审核决定'],
    ['This level may not refuse', 'Return it to the candidate, or pass it on with a comment for the next level'],
  ),
  'decision.first_level': entry(
    409,
    ['本级是第一级审核，没有可退回的下级', '请退回考生'],
    ['There is no level before this one', 'Return it to the candidate'],
  ),
  'duty.other_level': entry(
    409,
    ['您已在另一级审核过该报名，不能再审', '请由本级其他审核员审核'],
    ['You have decided on this submission at another level', 'Leave it to another reviewer of this level'],
  ),
  'duty.own_decision': entry(
    409,
    ['该报名由您审核过，不能由您抽查', '请由未参与该报名审核的人员抽查'],
    ['You had a part in this submission and cannot check it', 'Leave it to somebody who had no part in it'],
  ),
  'spot.judged': entry(
    409,
    ['该抽查已有您的结论，或已经办结', '请刷新后查看'],
    ['You have judged this item already, or it is settled', 'Refresh and look at it'],
  ),
  'decision.not_seen': entry(
    409,
    ['该图片尚未以可看清的大小显示，不能锁定', '请打开图片看清后再锁定'],
    ['The picture was not yet on screen at a size at which it can be read', 'Look at the picture, then lock it'],
  ),
  'duty.supervisor': entry(
    403,
    ['督查员只能查看，不能更改', '如需更改，请联系有权限的审核员'],
    ['Supervisors read and change nothing', 'Ask a reviewer who may do it'],
  ),
  'claim.held': entry(
    409,
    ['该报名正由其他审核员审核，您的决定不能采用', '您可以查看；如应由您审核，请联系督查员改派'],
    [
      'Another reviewer has this submission; your decision cannot be applied',
      'You may look at it; ask the supervisor if it should be yours',
    ],
  ),
  'claim.lost': entry(
    409,
    ['审核人已变更，您此前作出的决定未被采用', '请与现审核人核对；如应继续由您审核，请联系督查员改派'],
    [
      'The submission passed to another reviewer before your decision arrived; it was not applied',
      'Talk to the present reviewer; ask the supervisor if it should come back to you',
    ],
  ),
  'claim.closed': entry(
    409,
    ['该报名当前不在审核中，不能改派', '请刷新后查看当前状态'],
    ['The submission is not under review now', 'Look at its present state'],
  ),
  'claim.reviewer': entry(
    409,
    ['所选审核员不能审核该报名', '请从列表中另选一人'],
    ['This reviewer cannot review the submission', 'Choose another one of the list'],
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
    ['服务端签名与本机记录不符，决定暂不发送', '决定都已保存在本机；请联系考区管理员核对服务端及其签名密钥'],
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
  'decision.nothing_to_redo': entry(
    0,
    ['没有可重做的操作', '撤销之后作出新的决定，就不能再重做'],
    ['There is nothing to do again', 'After a new decision, what was undone before it cannot be done again'],
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
  'network.offline': entry(
    0,
    ['本机没有连接网络', '请检查网线或无线网络；可继续审核，联网后自动发送'],
    ['This computer is not connected to a network', 'Check cable or Wi-Fi; go on reviewing, it is sent afterwards'],
  ),
  'network.address': entry(
    0,
    ['找不到服务器', '请检查服务地址是否正确、网络是否连通'],
    ['The service cannot be found', 'Check the address and the network'],
  ),
  'network.refused': entry(
    0,
    ['服务器拒绝连接，审核服务可能未启动', '请核对地址与端口，或稍后再试；如持续不通，请联系考区管理员'],
    [
      'The server refuses the connection; the service may not be running',
      "Check address and port, or try later; tell the district's administrator if it stays so",
    ],
  ),
  'network.timeout': entry(
    0,
    ['连不上服务器', '将自动重试；请检查网络，或联系单位网络管理员确认防火墙已放行'],
    [
      'The server cannot be reached',
      'It is tried again by itself; check the network, or ask whether a firewall blocks it',
    ],
  ),
  'network.stalled': entry(
    0,
    ['连接停滞，收不到数据', '将自动重试；如反复出现，请检查网络，或请考区管理员检查服务'],
    [
      'The connection has stalled; nothing arrives',
      'It is tried again by itself; if this repeats, have the network or the service checked',
    ],
  ),
  'network.slow': entry(
    0,
    ['网络过慢，未能在时限内传完', '将自动重试；可继续审核，或换一个网络'],
    [
      'The network is too slow to finish in time',
      'It is tried again by itself; go on reviewing, or use another network',
    ],
  ),
  'network.broken': entry(
    0,
    ['连接中途断开', '将自动重试；如反复出现，请检查网线、路由器或防火墙'],
    ['The connection broke off', 'It is tried again by itself; if this repeats, check cable, router or firewall'],
  ),
  'network.gateway': entry(
    0,
    ['审核服务暂停或正在维护', '网络正常；服务恢复后自动发送，可继续审核'],
    ['The service is paused or under maintenance', 'The network is fine; it is sent when the service is back'],
  ),
  'network.portal': entry(
    0,
    ['网络要求先登录认证', '请用浏览器完成上网认证，之后自动继续；未向认证页发送任何资料'],
    [
      'This network asks you to log in first',
      'Log in to it with a browser, the rest follows by itself; nothing was sent to the login page',
    ],
  ),
  'network.proxy_unreachable': entry(
    0,
    ['连不上代理服务器', '请检查系统的代理设置，或联系单位网络管理员'],
    ['The proxy cannot be reached', "Check the system's proxy settings, or ask the network administrator"],
  ),
  'network.proxy_auth': entry(
    0,
    ['代理服务器要求账号和密码', '请联系单位网络管理员，对审核服务的地址免认证放行'],
    ['The proxy demands a name and password', 'Ask the network administrator to let the service pass without them'],
  ),
  'network.proxy_refused': entry(
    0,
    ['代理服务器不允许访问审核服务', '请联系单位网络管理员，放行审核服务的地址和端口'],
    [
      'The proxy does not let the service pass',
      "Ask the network administrator to allow the service's address and port",
    ],
  ),
  'network.proxy_kind': entry(
    0,
    ['系统设置的代理类型不受支持', '请联系单位网络管理员，改用 HTTP 代理或直接连接'],
    [
      'The kind of proxy that is set is not supported',
      'Ask the network administrator for an HTTP proxy or a direct way',
    ],
  ),
  'network.certificate': entry(
    0,
    ['服务器证书无效', '请勿继续；请联系考区管理员核对服务地址和证书'],
    [
      "The service's certificate is not valid",
      "Do not go on; ask the district's administrator to check address and certificate",
    ],
  ),
  'network.certificate_unknown': entry(
    0,
    ['服务器证书由未知机构签发', '请联系考区管理员；若由本单位机构签发，请管理员在本机安装其根证书'],
    [
      "The service's certificate is from an unknown authority",
      "Ask the district's administrator; an authority of your own has to be installed on this computer",
    ],
  ),
  'network.certificate_self_signed': entry(
    0,
    ['服务器证书是自签名的，无法确认身份', '请勿继续；请考区管理员更换证书，或在本机安装该证书'],
    [
      "The service's certificate is signed by itself, so nobody vouches for it",
      "Do not go on; ask the district's administrator to replace it, or to install it on this computer",
    ],
  ),
  'network.certificate_host': entry(
    0,
    ['服务器证书属于另一个地址', '请核对服务地址；地址无误则请勿继续，联系考区管理员'],
    [
      "The service's certificate belongs to another address",
      "Check the address; if it is right, do not go on and tell the district's administrator",
    ],
  ),
  'network.certificate_expired': entry(
    0,
    ['服务器证书不在有效期内', '请先核对本机日期；日期正确则请考区管理员更新证书'],
    [
      "The service's certificate is not valid at this date",
      "Check this computer's date first; if it is right, the district's administrator has to renew the certificate",
    ],
  ),
  'network.intercepted': entry(
    0,
    ['单位的安全设备替换了服务器证书', '请联系单位网络管理员，对审核服务不解密，或在本机安装其根证书'],
    [
      "A filter of this network has replaced the service's certificate",
      'Ask the network administrator to exempt the service, or to install its root certificate on this computer',
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
    ['该地址不是审核服务', '请核对服务地址与端口，或联系考区管理员'],
    ['This address is not the review service', "Check address and port, or ask the district's administrator"],
  ),
  'store.locked': entry(
    0,
    ['密码与本机资料不符', '若密码已更改，请输入旧密码；忘记旧密码请考区管理员开放资料恢复，再用新密码登录'],
    [
      'The password does not open the data on this computer',
      'If it was changed, type the old one; if that is forgotten, ask the administrator to allow recovery, then sign in with the new one',
    ],
  ),
  'store.sealed': entry(
    0,
    [
      '本机系统密钥不可用或已更换，资料打不开',
      '请用原来的电脑账户登录系统；如已重装系统，请考区管理员开放资料恢复后联网登录。资料保持原样，未作任何改动',
    ],
    [
      "This computer's system key is gone or another one, so the data cannot be opened",
      'Use the same account of the computer as before; after a reinstallation ask the administrator to allow recovery and sign in online. Nothing was changed or deleted',
    ],
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
  'keys.file': entry(
    0,
    ['不是可用的快捷键文件', '请选择由本软件导出的文件；快捷键没有改变'],
    ['This is not a usable file of keys', 'Choose a file that this app exported; no key has changed'],
  ),
  'export.unwritten': entry(
    0,
    ['文件无法写入，导出未完成', '请换一个位置，或关闭正打开该文件的程序，再导出一次'],
    [
      'The file could not be written; nothing was exported',
      'Choose another place, or close what has the file open, and export again',
    ],
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

/** Facts that a text can name: of the network and its certificates, never of persons. */
export const ProblemFacts = z
  .strictObject({
    /** This computer's clock minus the true time, ms. */
    clockOff: z.number(),
    /** The certificate's period and who signed it. */
    validFrom: z.iso.datetime(),
    validTo: z.iso.datetime(),
    issuer: z.string().max(200),
    /** The proxy, without name and password. */
    proxy: z.string().max(300),
    /** So long nothing came, ms. */
    waited: z.number(),
    /** Meanwhile. */
    stage: z.enum(['connect', 'answer', 'content']),
  })
  .partial();
export type ProblemFacts = z.infer<typeof ProblemFacts>;

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
  facts: ProblemFacts.optional(),
  /** With `claim.*`: who reviews the submission instead, null for nobody. For the screen, never for a log. */
  claim: Claim.nullable().optional(),
});
export type Problem = z.infer<typeof Problem>;

/** Language of a text for the user. */
export type Language = 'zh-CN' | 'en';

/** What a problem says to the user, and the step that helps. */
export function problemText(code: ProblemCode, language: Language): { title: string; next: string } {
  const [title, next] = language === 'en' ? PROBLEMS[code].en : PROBLEMS[code].zh;
  return { title, next };
}

/** Builds the problem to a code. `detail` and `facts` must not hold personal data. */
export function problem(
  code: ProblemCode,
  language: Language = 'zh-CN',
  detail?: string,
  facts?: ProblemFacts,
): Problem {
  return {
    type: `urn:review-desk:problem:${code}`,
    code,
    status: PROBLEMS[code].status,
    ...problemText(code, language),
    ...(detail === undefined ? {} : { detail }),
    ...(facts === undefined ? {} : { facts }),
  };
}
