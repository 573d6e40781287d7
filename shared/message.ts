import { MATERIALS } from './catalogue/materials.ts';
import { type ReasonCode, reasonText } from './catalogue/reasons.ts';
import type { Act, Return } from './decision.ts';
import { indexOf, type MaterialCode, materialOf, type Slot } from './ids.ts';
import type { Policy } from './policy.ts';

/** One numbered point of the message to the candidate. */
export type MessagePoint = {
  /** The picture concerned; absent for a missing material or the form. */
  readonly slot?: Slot;
  readonly material?: MaterialCode;
  readonly title: string;
  /** The sentences of the reasons, then the reviewer's own words. */
  readonly sentences: readonly string[];
};

/** What the candidate reads after a return or refusal, always in Chinese. */
export type Message = {
  readonly opening: string;
  readonly points: readonly MessagePoint[];
  readonly closing: string;
};

/** Each sentence once: a comment that repeats a reason word for word adds nothing. */
const sentences = (point: { reasons: readonly ReasonCode[]; comment: string }): string[] => {
  const comment = point.comment.trim();
  const all = [...point.reasons.map((code) => reasonText(code).zh), ...(comment === '' ? [] : [comment])];
  return [...new Set(all)];
};

/** Name of a picture to the candidate: the material, and which of its pictures. */
export function slotTitle(slot: Slot): string {
  const material = materialOf(slot);
  const index = indexOf(slot);
  if (material === 'M01') return index === 1 ? '身份证明（人像面）' : '身份证明（国徽面）';
  return `${MATERIALS[material].zh}（第${index}张）`;
}

function returnPoints(act: Return): MessagePoint[] {
  const images = act.images.map((image) => ({
    slot: image.slot,
    material: materialOf(image.slot),
    // The places are drawn on the picture itself, on the candidate's page.
    title: image.marks?.length ? `${slotTitle(image.slot)}（见图中标注）` : slotTitle(image.slot),
    sentences: sentences(image),
  }));
  const materials = act.materials.map((point) => ({
    material: point.material,
    title: MATERIALS[point.material].zh,
    sentences: sentences(point),
  }));
  const inOrder = [
    ...images.sort((a, b) => a.material.localeCompare(b.material) || indexOf(a.slot) - indexOf(b.slot)),
    ...materials,
  ].sort((a, b) => a.material.localeCompare(b.material));
  const form = sentences(act.form);
  return form.length === 0 ? inOrder : [...inOrder, { title: '报名信息', sentences: form }];
}

/** The message of a return or refusal, all points in one (行政许可法 Art. 32); `null` for other decisions. */
export function compose(act: Act, policy: Policy): Message | null {
  if (act.kind === 'submission.return') {
    return {
      opening: '您的报名材料需要补正，请按以下意见修改后重新提交：',
      points: returnPoints(act),
      closing: `请在收到本通知后${policy.reuploadHours}小时内重新提交，逾期视为放弃。未列出的材料无需重新上传。`,
    };
  }
  if (act.kind === 'submission.refuse') {
    return {
      opening: '您的报名未通过审核，原因如下：',
      points: [{ title: '审核意见', sentences: sentences(act) }],
      closing: '如有疑问，请与考点联系。',
    };
  }
  return null;
}

/** One line of the text: sentences divided by semicolons, ended by a full stop unless the last one ends itself. */
function line(said: readonly string[]): string {
  const parts = said.map((text) => text.replace(/\s+/g, ' ').replace(/[\s。；;，,、]+$/, ''));
  const text = parts.filter((part) => part !== '').join('；');
  return /[.!?！？…]$/.test(text) ? text : `${text}。`;
}

/** The message as plain text, one point a line: what is recorded and shown. */
export function messageText(message: Message): string {
  const points = message.points.map(({ title, sentences: said }, index) => `${index + 1}. ${title}：${line(said)}`);
  return [message.opening, ...points, message.closing].join('\n');
}
