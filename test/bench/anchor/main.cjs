// The other side of the comparisons: a window of the same size in the same Electron, with the plainest page.
const { app, BrowserWindow, Menu } = require('electron');
const { join } = require('node:path');

app.setPath('userData', process.env.REVIEW_DESK_USER_DATA ?? app.getPath('userData'));
Menu.setApplicationMenu(null);
app.whenReady().then(() => {
  const window = new BrowserWindow({
    x: Number(process.env.REVIEW_DESK_BENCH_X ?? 0),
    y: 0,
    width: 1366,
    height: 768,
    webPreferences: { sandbox: true, contextIsolation: true, nodeIntegration: false },
  });
  window.loadFile(join(__dirname, `${process.env.REVIEW_DESK_BENCH_PAGE ?? 'hello'}.html`));
});
