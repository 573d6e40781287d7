// A plain browser window of a phone's size, so that candidates' pages can be used where no browser is installed.
const { app, BrowserWindow } = require('electron');

app.setPath('userData', process.env.REVIEW_DESK_USER_DATA ?? app.getPath('userData'));
app.whenReady().then(() => {
  const window = new BrowserWindow({
    width: 390,
    height: 844,
    useContentSize: true,
    webPreferences: { sandbox: true, contextIsolation: true, nodeIntegration: false },
  });
  window.loadURL('about:blank');
});
