import { type ProblemCode, problemText } from '../../shared/problem.ts';
import type { Status } from '../../shared/submission.ts';

/** What happened and what to do next, as the candidate reads it. */
export type Notice = { readonly title: string; readonly next: string };

/** Where the words for reviewers would not fit a candidate. */
const OWN: Partial<Record<ProblemCode, Notice>> = {
  'session.credentials': { title: '报名号或密码不正确', next: '请核对后重新输入；连续输错 5 次将锁定 15 分钟' },
  'session.expired': { title: '登录已过期', next: '请重新登录，已上传的图片不会丢失' },
  'account.not_allowed': { title: '无法完成此操作', next: '请回到本页面重试' },
  'request.invalid': { title: '提交的内容不完整', next: '请返回后重试' },
  'service.failed': { title: '服务暂时出错', next: '请稍后再试；已上传的图片不会丢失' },
};

/** The notice for a problem. */
export function noticeOf(code: ProblemCode): Notice {
  return OWN[code] ?? problemText(code, 'zh-CN');
}

/** What a state means for the candidate, in one sentence. */
export const STATUS_MEANING: Readonly<Record<Status, string>> = {
  draft: '您的报名材料尚未提交。',
  pending: '材料已提交，正在审核。已审核的图片不能更改，请留意审核结果。',
  returned: '材料需要补正。请按审核意见重新上传，全部完成后点击“重新提交”。',
  point_approved: '报名点已审核通过，等待上一级审核。',
  site_approved: '考点已审核通过，等待考区审核。',
  approved: '您的报名材料已全部审核通过。',
  refused: '您的报名未通过审核，原因见审核意见。',
  lapsed: '未在规定时间内重新提交，视为放弃本次报名。',
};

const LONG = new Intl.DateTimeFormat('zh-CN', {
  timeZone: 'Asia/Shanghai',
  year: 'numeric',
  month: 'long',
  day: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
});

/** An instant in Beijing time, to the minute. */
export function beijingTime(instant: string): string {
  return LONG.format(new Date(instant));
}

/** The time left until an instant: days and hours, at the end hours and minutes; empty when it is over. */
export function timeLeft(until: string, now: string): string {
  const minutes = Math.floor((Date.parse(until) - Date.parse(now)) / 60_000);
  if (minutes <= 0) return '';
  const hours = Math.floor(minutes / 60);
  if (hours >= 24) return `还剩 ${Math.floor(hours / 24)} 天 ${hours % 24} 小时`;
  return hours > 0 ? `还剩 ${hours} 小时 ${minutes % 60} 分钟` : `还剩 ${minutes} 分钟`;
}
