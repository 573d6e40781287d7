import type { Slot } from '../../shared/ids.ts';
import type { Status } from '../../shared/submission.ts';
import type { CandidateView } from '../../shared/wire.ts';
import { type Html, html } from './html.ts';
import { alert, page } from './layout.ts';
import { markedPicture } from './marked-picture.ts';
import { beijingTime, type Notice, STATUS_MEANING, timeLeft } from './words.ts';

type Picture = CandidateView['images'][number];

/** What the page shows: the candidate's view, and what the wire doesn't need. */
export type Shown = {
  readonly view: CandidateView;
  readonly status: Status;
  readonly round: number;
  /** When the message was recorded. */
  readonly messageAt: string | null;
  readonly imageBytes: number;
  readonly now: string;
};

const KILOBYTE = 1024;

function statusCard({ view, status, round, now }: Shown): Html {
  const deadline = status === 'returned' ? view.deadline : null;
  return html`<section class="card status ${status}">
<p class="who"><span>${view.name}</span><span class="number">报名号 ${view.registrationNumber}</span></p>
<h1><span class="word" data-testid="status">${view.statusText}</span><small>第 ${round} 次提交</small></h1>
<p>${STATUS_MEANING[status]}</p>
${deadline && html`<p class="deadline" data-testid="deadline"><span>请于 <strong>${beijingTime(deadline)}</strong> 前重新提交</span><span class="left">${timeLeft(deadline, now)}</span></p>`}
</section>`;
}

function messageCard({ view, status, messageAt }: Shown): Html | null {
  if (view.message === null) return null;
  const time = messageAt && html`<time datetime="${messageAt}">${beijingTime(messageAt)}</time>`;
  const text = html`<div class="message" data-testid="message">${view.message}</div>`;
  return status === 'returned' || status === 'refused' || status === 'lapsed'
    ? html`<section class="card opinion"><h2>审核意见${time}</h2>${text}</section>`
    : html`<details class="card opinion"><summary>上次审核意见${time}</summary>${text}</details>`;
}

function uploadForm(slot: Slot, imageBytes: number, words: { choose: string; again: boolean }): Html {
  return html`<form class="upload" method="post" action="/candidate/images/${slot}" enctype="multipart/form-data" data-limit="${imageBytes}">
<label data-kind="${words.again ? 'button' : 'button primary'}"><span>${words.choose}</span>
<input type="file" name="image" accept="image/jpeg,image/png" required data-testid="upload-${slot}"></label>
<button class="plain">上传</button>
<output class="progress" aria-live="polite"></output>
</form>`;
}

const pictureUrl = ({ slot, sha256 }: Picture): string => `/candidate/images/${slot}?v=${sha256.slice(0, 16)}`;

function picture(image: Picture): Html {
  return html`<a class="thumb" href="${pictureUrl(image)}" target="_blank" rel="noopener"><img src="${pictureUrl(image)}" alt="${image.title}" loading="lazy" decoding="async"></a>`;
}

type Mark = { readonly kind: string; readonly sign: string; readonly word: string };

function markOf(image: Picture, status: Status): Mark | null {
  if (image.state === 'locked') return { kind: 'locked', sign: '✓', word: '已锁定' };
  if (image.state === 'returned') return { kind: 'returned', sign: '↩', word: '已退回 需重新上传' };
  if (image.unlocked && status === 'returned') return { kind: 'fresh', sign: '↑', word: '已重新上传，待提交' };
  const open =
    status === 'returned' || status === 'pending' || status === 'point_approved' || status === 'site_approved';
  return open ? { kind: 'review', sign: '●', word: '审核中' } : null;
}

function mark(image: Picture, status: Status): Html | null {
  const shown = markOf(image, status);
  return (
    shown &&
    html`<p class="mark ${shown.kind}" data-testid="state-${image.slot}"><span aria-hidden="true">${shown.sign}</span> ${shown.word}</p>`
  );
}

function task(image: Picture, { status, imageBytes }: Shown): Html {
  const returned = image.state === 'returned';
  const marked = image.marks.length > 0;
  // What a mark says is said beside its number, once.
  const drawn = new Set(image.marks.map(({ text }) => text));
  const sentences = image.sentences.filter((text) => !drawn.has(text));
  return html`<li class="task ${returned ? 'returned' : 'fresh'}${marked ? ' with-marks' : ''}" id="${image.slot}" data-testid="image-${image.slot}">
${!marked && picture(image)}
<div class="text"><h3>${image.title}</h3>${mark(image, status)}
${marked && markedPicture(image, pictureUrl(image))}
${sentences.length > 0 && html`<ul class="reasons">${sentences.map((text) => html`<li>${text}</li>`)}</ul>`}
${uploadForm(image.slot, imageBytes, { choose: returned ? '重新上传' : '更换图片', again: !returned })}</div></li>`;
}

function wantedTask({ slot, title }: CandidateView['wanted'][number], { imageBytes }: Shown): Html {
  return html`<li class="task returned" id="${slot}" data-testid="wanted-${slot}">
<span class="thumb empty" aria-hidden="true">＋</span>
<div class="text"><h3>${title}</h3><p class="mark returned" data-testid="state-${slot}"><span aria-hidden="true">＋</span> 缺少 需补传</p>
${uploadForm(slot, imageBytes, { choose: '上传图片', again: false })}</div></li>`;
}

/** Where each picture locks when it is reviewed: those that nobody has judged yet may still be changed. */
function replaceable(own: readonly Picture[], shown: Shown): Html | null {
  if (own.length === 0) return null;
  return html`<section class="card"><h2>还可以更换的材料<span class="count">${own.length} 张</span></h2>
<p class="hint">审核之前可以更换，换上即提交，无需再次点击；已审核的图片不能更改。</p>
<ul class="tasks">${own.map((image) => task(image, shown))}</ul></section>`;
}

function tasks(shown: Shown): Html | null {
  const { view, imageBytes, status } = shown;
  const own = view.images.filter(({ unlocked }) => unlocked);
  if (status === 'pending') return replaceable(own, shown);
  const total = own.length + view.wanted.length;
  if (total === 0) return null;
  const done = own.filter(({ state }) => state !== 'returned').length;
  return html`<section class="card"><h2>需要处理的材料<span class="count">已完成 ${done} / ${total}</span></h2>
<p class="hint">请上传清晰、完整、方向正确的原件彩色图片，jpg 或 png，每张不超过 ${Math.floor(imageBytes / KILOBYTE)} KB。<span class="with-script">较大的照片会自动压缩。</span></p>
<ul class="tasks">${own.map((image) => task(image, shown))}${view.wanted.map((place) => wantedTask(place, shown))}</ul></section>`;
}

function others({ view, status }: Shown): Html | null {
  const rest = view.images.filter(({ unlocked }) => !unlocked);
  if (rest.length === 0) return null;
  const heading = view.images.length === rest.length ? '报名材料' : '其他材料';
  return html`<section class="card"><h2>${heading}<span class="count">${rest.length} 张</span></h2>
${status === 'returned' && html`<p class="hint">以下材料无需重新上传。</p>`}
<ul class="grid">${rest.map(
    (image) =>
      html`<li id="${image.slot}" data-testid="image-${image.slot}">${picture(image)}<h3>${image.title}</h3>${mark(image, status)}</li>`,
  )}</ul></section>`;
}

function submitBar({ view, status }: Shown): Html | null {
  if (status !== 'returned') return null;
  const open = view.images.filter(({ state }) => state === 'returned').length + view.wanted.length;
  return html`<form class="bar" method="post" action="/candidate/submit"><div class="column">
<p>${view.maySubmit ? '材料已齐，提交后不能再更改。' : html`还有 <strong>${open}</strong> 项材料没有上传`}</p>
<button class="primary" data-testid="submit" ${view.maySubmit ? null : html`disabled`}>重新提交</button></div></form>`;
}

/** The candidate's submission: state, message as recorded, what to do, everything else. */
export function submissionPage(shown: Shown, notice: Notice | null): string {
  return page(
    shown.view.statusText,
    html`${alert(notice)}${statusCard(shown)}${messageCard(shown)}${tasks(shown)}${others(shown)}${submitBar(shown)}`,
    { signOut: true },
  );
}
