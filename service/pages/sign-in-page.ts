import { html } from './html.ts';
import { alert, page } from './layout.ts';
import type { Notice } from './words.ts';

/** The candidate's sign-in; what was typed as 报名号 stays after a failure. */
export function signInPage(notice: Notice | null, registrationNumber = ''): string {
  return page(
    '考生登录',
    html`<section class="card narrow">
<h1>考生登录</h1>
<p class="hint">登录后可查看审核意见、重新上传被退回的材料。</p>
${alert(notice)}
<form method="post" action="/candidate/sign-in" class="stack">
<label>报名号
<input name="registrationNumber" value="${registrationNumber}" autocomplete="username" autocapitalize="characters" spellcheck="false" maxlength="64" required data-testid="registration-number">
</label>
<label>密码
<input name="password" type="password" autocomplete="current-password" maxlength="256" required data-testid="password">
</label>
<button class="primary wide" data-testid="sign-in">登录</button>
</form>
<p class="hint">忘记密码请联系报名所在考点。请勿把密码告诉他人。</p>
</section>`,
  );
}
