import { App, ConfigProvider } from 'antd';
import enControls from 'antd/locale/en_US';
import zhControls from 'antd/locale/zh_CN';
import type { ReactNode } from 'react';
import { controlTheme } from '../control-theme.ts';
import { useSettings } from '../query.ts';
import { useDark } from '../theme.ts';

const nonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? '';
const overlays = document.getElementById('overlays') ?? document.body;

/** Language and theme of the controls of the library inside. The sign-in does without them, to be there at once. */
export function Controls({ children }: { readonly children: ReactNode }) {
  const settings = useSettings();
  const dark = useDark(settings.data?.theme ?? 'system');
  return (
    <ConfigProvider
      csp={{ nonce }}
      // Not the body: for that the dialogs would add a style element, which the content policy refuses.
      getPopupContainer={() => overlays}
      locale={settings.data?.language === 'en' ? enControls : zhControls}
      theme={controlTheme(dark)}
      button={{ autoInsertSpace: false }}
      wave={{ disabled: true }}
    >
      <App component={false}>{children}</App>
    </ConfigProvider>
  );
}
