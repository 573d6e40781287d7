import { type Entry, entry } from './entry.ts';

/** What goes wrong at the workstation itself. */
export const WORKSTATION_PROBLEMS = {
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
