/** The pages' look: calm and official, made for 375 px first; every colour pair has at least AA contrast. */
export const STYLE = `:root {
  color-scheme: light;
  --ink: #1c2733; --soft: #5a6876; --line: #dbe2ea; --ground: #f3f5f8; --paper: #fff;
  --blue: #1a4f8b; --blue-deep: #123a69; --blue-wash: #eaf1f9;
  --amber: #8a4b00; --amber-line: #e3a548; --amber-wash: #fff6e5;
  --green: #146c3f; --green-wash: #e8f5ee; --red: #a3261d; --red-wash: #fdeeec; --grey-wash: #eef1f4;
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; scroll-padding-top: 72px; }
body {
  margin: 0; background: var(--ground); color: var(--ink);
  font: 16px/1.65 system-ui, "PingFang SC", "HarmonyOS Sans SC", "Microsoft YaHei", "Noto Sans CJK SC", "Source Han Sans SC", sans-serif;
  font-variant-numeric: tabular-nums; overflow-wrap: anywhere;
}
h1, h2, h3, p, ul { margin: 0; padding: 0; }
ul { list-style: none; }
.column { width: 100%; max-width: 760px; margin: 0 auto; padding: 0 16px; }
main.column { padding-top: 16px; padding-bottom: 112px; display: grid; gap: 12px; }
main.column > * { min-width: 0; }

.top { background: var(--blue-deep); color: #fff; }
.top .column { display: flex; align-items: center; justify-content: space-between; min-height: 56px; }
.brand { font-weight: 600; font-size: 17px; letter-spacing: .02em; line-height: 1.25; padding: 8px 0; }
.brand small { display: block; font-weight: 400; font-size: 12px; color: #c9d8ea; letter-spacing: .06em; }

.card { background: var(--paper); border: 1px solid var(--line); border-radius: 10px; padding: 16px; }
.card h2, .card summary { font-size: 17px; font-weight: 600; line-height: 1.4; }
.card h2 { display: flex; align-items: baseline; justify-content: space-between; gap: 12px; flex-wrap: wrap; }
.card h2 time, .card summary time, .count { font-size: 13px; font-weight: 400; color: var(--soft); }
.card summary { cursor: pointer; }
.card summary time { margin-left: 10px; }
.hint { color: var(--soft); font-size: 14px; line-height: 1.6; }
.card > h2 + .hint { margin-top: 4px; }
.narrow { max-width: 420px; width: 100%; margin: 24px auto 0; padding: 24px 20px; }
.narrow h1 { font-size: 22px; line-height: 1.35; }
.narrow .hint + .stack, .narrow .alert { margin-top: 16px; }
.narrow form + .hint { margin-top: 20px; border-top: 1px solid var(--line); padding-top: 14px; font-size: 13px; }
.center { text-align: center; padding: 40px 20px; }
.center h1 { font-size: 22px; }
.center p { margin-top: 12px; }
.stack { display: grid; gap: 16px; margin-top: 16px; }
.stack label { display: grid; gap: 6px; font-size: 14px; font-weight: 600; }
.stack input {
  font: inherit; font-size: 17px; font-weight: 400; width: 100%; min-height: 46px; padding: 8px 12px;
  border: 1px solid #93a1b0; border-radius: 8px; background: #fff; color: var(--ink);
}

button, .button {
  font: inherit; font-size: 16px; font-weight: 600; line-height: 1.3; cursor: pointer;
  display: inline-flex; align-items: center; justify-content: center; min-height: 44px; padding: 8px 20px;
  border: 1px solid var(--blue); border-radius: 8px; background: #fff; color: var(--blue); text-decoration: none;
}
button.primary, .button.primary { background: var(--blue); color: #fff; }
button.primary:hover, .button.primary:hover { background: var(--blue-deep); }
button:disabled { background: #e2e7ed; border-color: #e2e7ed; color: #5f6b78; cursor: not-allowed; }
button:disabled:hover { background: #e2e7ed; }
button.wide { width: 100%; min-height: 48px; }
button.quiet { min-height: 36px; padding: 4px 14px; border-color: #8fa9c6; background: transparent; color: #fff; font-size: 14px; font-weight: 400; }
:focus-visible, .button:focus-within { outline: 3px solid #f0b429; outline-offset: 2px; }
.busy button, .busy .button { opacity: .6; pointer-events: none; }

.alert { display: grid; gap: 2px; border: 1px solid #e2a39d; border-left: 4px solid var(--red); border-radius: 8px; background: var(--red-wash); padding: 12px 14px; }
.alert strong { color: var(--red); }
.alert span { font-size: 15px; }

.status { border-top: 4px solid #6b7a89; }
.status.pending { border-top-color: var(--blue); }
.status.returned { border-top-color: var(--amber-line); }
.status.point_approved, .status.site_approved, .status.approved { border-top-color: var(--green); }
.status.refused, .status.lapsed { border-top-color: var(--red); }
.who { display: flex; flex-wrap: wrap; justify-content: space-between; gap: 2px 16px; font-size: 14px; color: var(--soft); }
.who span:first-child { color: var(--ink); font-weight: 600; }
.status h1 { display: flex; align-items: baseline; gap: 12px; font-size: 28px; line-height: 1.3; margin: 10px 0 6px; }
.status h1 small { font-size: 14px; font-weight: 400; color: var(--soft); }
.status.returned .word { color: var(--amber); }
.status.pending .word { color: var(--blue); }
.status.point_approved .word, .status.site_approved .word, .status.approved .word { color: var(--green); }
.status.refused .word, .status.lapsed .word { color: var(--red); }
.deadline { margin-top: 12px; padding: 10px 12px; border-radius: 8px; background: var(--amber-wash); color: var(--amber); font-size: 15px; display: flex; flex-wrap: wrap; justify-content: space-between; gap: 0 16px; }
.deadline .left { font-weight: 600; }

.opinion .message { white-space: pre-line; margin-top: 10px; padding: 12px 14px; border-left: 3px solid var(--blue); background: var(--blue-wash); border-radius: 0 8px 8px 0; line-height: 1.75; }

.tasks { display: grid; margin-top: 14px; }
.task { display: grid; grid-template-columns: 104px minmax(0, 1fr); gap: 14px; padding: 16px 0; border-top: 1px solid var(--line); }
.task:last-child { padding-bottom: 0; }
.task h3 { font-size: 16px; line-height: 1.4; }
.thumb { display: block; aspect-ratio: 4 / 3; border: 1px solid var(--line); border-radius: 6px; background: #e6eaee; overflow: hidden; color: var(--soft); font-size: 12px; text-decoration: none; }
.thumb img { display: block; width: 100%; height: 100%; object-fit: contain; }
.thumb.empty { display: flex; align-items: center; justify-content: center; border-style: dashed; border-color: #9aa7b4; background: #fff; font-size: 28px; }
.task .thumb { align-self: start; }
.mark { display: inline-block; font-size: 13px; line-height: 1.5; padding: 1px 9px; border-radius: 999px; background: var(--grey-wash); color: #44515e; }
.mark.locked { background: var(--green-wash); color: var(--green); }
.mark.returned { background: var(--amber-wash); color: var(--amber); }
.mark.fresh { background: var(--blue-wash); color: var(--blue); }
.task .mark { margin-top: 4px; }
.reasons { margin-top: 8px; font-size: 15px; line-height: 1.6; }
.reasons li { position: relative; padding-left: 14px; }
.reasons li::before { content: ""; position: absolute; left: 2px; top: .68em; width: 5px; height: 5px; border-radius: 50%; background: var(--amber-line); }
.task.with-marks { grid-template-columns: minmax(0, 1fr); }
.marked { margin: 10px 0 0; }
.marked a { position: relative; display: block; width: fit-content; max-width: 100%; margin: 0 auto; border: 1px solid var(--line); border-radius: 6px; overflow: hidden; background: #e6eaee; }
.marked img { display: block; max-width: 100%; max-height: 70vh; min-height: 60px; height: auto; }
.marked svg { position: absolute; inset: 0; width: 100%; height: 100%; overflow: hidden; }
.marked svg svg { overflow: visible; }
.marked rect { fill: none; stroke: #c2410c; stroke-width: 2.5px; }
.marked rect.halo { stroke: #fff; stroke-width: 5px; }
.marked circle { fill: #c2410c; }
.marked circle.halo { fill: #fff; }
.marked text { fill: #fff; font-size: 15px; font-weight: 700; text-anchor: middle; }
.marked ol { list-style: none; margin: 10px 0 0; padding: 0; display: grid; gap: 6px; font-size: 15px; line-height: 1.6; }
.marked li { display: grid; grid-template-columns: 24px minmax(0, 1fr); gap: 10px; }
.marked li b { width: 24px; height: 24px; border-radius: 50%; background: #c2410c; color: #fff; font-size: 14px; line-height: 24px; text-align: center; }
.marked .where { color: var(--soft); }
.upload { margin-top: 12px; display: flex; flex-wrap: wrap; align-items: center; gap: 8px 12px; }
.upload label { display: grid; gap: 6px; width: 100%; min-width: 0; font-size: 15px; font-weight: 600; }
.upload input { font: inherit; font-size: 14px; font-weight: 400; width: 100%; min-width: 0; }
.scripted .upload label { position: relative; display: inline-flex; width: auto; font-size: 16px; }
html:not(.scripted) .with-script { display: none; }
.scripted .upload input { position: absolute; inset: 0; width: 100%; height: 100%; opacity: 0; cursor: pointer; }
.scripted .upload .plain { display: none; }
.progress { font-size: 14px; color: var(--soft); }
.progress:empty { display: none; }

.grid { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 16px 12px; margin-top: 14px; }
.grid h3 { font-size: 14px; font-weight: 500; line-height: 1.45; margin: 8px 0 4px; }
.grid .mark { font-size: 12px; }

.bar { position: fixed; inset: auto 0 0; background: #fff; border-top: 1px solid var(--line); padding: 10px 0 calc(10px + env(safe-area-inset-bottom)); }
.bar .column { display: flex; align-items: center; justify-content: space-between; gap: 16px; }
.bar p { font-size: 14px; line-height: 1.45; color: var(--soft); }
.bar strong { color: var(--amber); }
.bar button { flex: none; min-width: 128px; }

/* A phone with text twice as large. */
@media (max-width: 280px) {
  .column { padding: 0 12px; }
  .card { padding: 12px; }
  .status h1 { flex-wrap: wrap; font-size: 24px; gap: 0 12px; }
  button.quiet { padding: 4px 10px; white-space: nowrap; }
  .bar .column { flex-direction: column; align-items: stretch; gap: 6px; }
  .bar button { min-width: 0; }
  .task { grid-template-columns: minmax(0, 1fr); }
}
@media (min-width: 640px) {
  main.column { padding-top: 24px; gap: 16px; }
  .card { padding: 20px 24px; }
  .task { grid-template-columns: 168px minmax(0, 1fr); gap: 20px; }
  .grid { grid-template-columns: repeat(4, minmax(0, 1fr)); }
  .narrow { padding: 32px; }
}
`;
