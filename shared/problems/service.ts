import { type Entry, entry } from './entry.ts';

/** What the service refuses, and what its answers give cause for. */
export const SERVICE_PROBLEMS = {
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
} as const satisfies Record<string, Entry>;
