import { type Html, html } from './html.ts';
import type { Notice } from './words.ts';

/** A failure at the top of a page: what happened, and the next step. */
export function alert(notice: Notice | null): Html | null {
  if (!notice) return null;
  return html`<div class="alert" role="alert" data-testid="alert"><strong>${notice.title}</strong><span>${notice.next}</span></div>`;
}

/** A whole page around its content. */
export function page(title: string, content: Html, options: { readonly signOut?: boolean } = {}): string {
  const signOut = options.signOut
    ? html`<form method="post" action="/candidate/sign-out"><button class="quiet" data-testid="sign-out">退出</button></form>`
    : null;
  return html`<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="format-detection" content="telephone=no">
<meta name="robots" content="noindex">
<title>${title} - 医师资格考试报名材料</title>
<link rel="stylesheet" href="/candidate/style.css">
<script src="/candidate/page.js" defer></script>
</head>
<body>
<header class="top"><div class="column"><span class="brand">医师资格考试<small>报名材料上传与审核</small></span>${signOut}</div></header>
<main class="column">${content}</main>
</body>
</html>
`.text;
}

/** A page with nothing but what happened and a way back. */
export function noticePage(notice: Notice): string {
  return page(
    notice.title,
    html`<section class="card center"><h1>${notice.title}</h1><p>${notice.next}</p><p><a class="button" href="/candidate/submission">返回我的报名材料</a></p></section>`,
  );
}
